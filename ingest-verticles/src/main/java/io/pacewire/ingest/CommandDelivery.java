package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.platform.live.DeviceCommands;
import io.pacewire.wire.DeviceTopics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings one device what is in its mailbox, for as long as its connection is subscribed to it. */
final class CommandDelivery {
  private static final System.Logger LOG = System.getLogger(CommandDelivery.class.getName());

  private static final long LOOK_MS = 60_000;

  private final Vertx vertx;
  private final DeviceCommands nodes;
  private final MailboxStore mailbox;
  private final MqttSessionStore sessions;
  private final MqttSession session;
  private final MqttOutbox outbox;
  private final InstantSource clock;
  private final Deque<DeviceCommand> waiting = new ArrayDeque<>(0); // as a rule there is none
  /** Sent on this connection and not acknowledged. */
  private final Set<String> underWay = new HashSet<>();

  private DeviceCommands.@Nullable Subscription arrivals;
  private long lookTimer;
  private boolean looking;
  private boolean lookAgain;
  private boolean waitsToLook;
  private int failures;

  CommandDelivery(MqttServices services, MqttSession session, MqttOutbox outbox) {
    this.vertx = services.vertx();
    this.nodes = services.commands();
    this.mailbox = services.mailbox();
    this.sessions = services.sessions();
    this.clock = services.clock();
    this.session = session;
    this.outbox = outbox;
  }

  /** As the session is subscribed or not: hears of what arrives, and looks what waits. */
  void update() {
    boolean wanted = session.commandsQos() != MqttSession.NOT_SUBSCRIBED;
    if (wanted && arrivals == null) {
      arrivals = nodes.receive(session.deviceId(), command -> {
        look(); // it waits in the mailbox, whatever the word said
        return Future.succeededFuture(true);
      });
      lookTimer = vertx.setPeriodic(LOOK_MS, timer -> look()); // a word may be lost
    }
    if (wanted) {
      look();
    } else {
      close();
    }
  }

  void close() {
    if (arrivals != null) {
      arrivals.close();
      arrivals = null;
      boolean unused = vertx.cancelTimer(lookTimer);
    }
  }

  /** Reads the mailbox and sends what is not under way. */
  private void look() {
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    mailbox
        .list(session.deviceId())
        .onSuccess(commands -> {
          failures = 0;
          found(commands);
        })
        .onFailure(cause -> {
          LOG.log(DEBUG, "mailbox not read: {0}", cause.getMessage());
          lookLater();
        })
        .onComplete(done -> {
          looking = false;
          if (lookAgain) {
            lookAgain = false;
            look();
          }
        });
  }

  /** Sooner than the minute's turn: what waits may be urgent, and a store that was away is soon back. */
  private void lookLater() {
    failures++;
    if (arrivals != null && !waitsToLook) {
      waitsToLook = true;
      long unused = vertx.setTimer(RetryPause.ms(failures), timer -> {
        waitsToLook = false;
        if (arrivals != null) {
          look();
        }
      });
    }
  }

  private void found(List<DeviceCommand> commands) {
    waiting.clear();
    commands.stream().filter(one -> !underWay.contains(one.id())).forEach(waiting::add);
    forgetOthers(commands);
    send();
  }

  /** Packet ids of commands that expired are free again. */
  private void forgetOthers(List<DeviceCommand> commands) {
    Set<String> there = new HashSet<>();
    commands.forEach(one -> there.add(one.id()));
    session.sent().keySet().removeIf(id -> !there.contains(id) && !underWay.contains(id));
  }

  /** As much as the client takes now. */
  void send() {
    int qos = session.commandsQos();
    while (qos != MqttSession.NOT_SUBSCRIBED && !waiting.isEmpty() && outbox.hasRoom(qos)) {
      send(waiting.remove(), qos);
    }
  }

  private void send(DeviceCommand command, int qos) {
    long leftS = (command.expiresAtMs() - clock.millis() + 999) / 1_000;
    if (leftS <= 0) {
      return;
    }
    String topic = DeviceTopics.commands(session.deviceId());
    if (outbox.isTooLarge(topic, command.payload())) {
      done(command);
      return;
    }
    underWay.add(command.id());
    if (qos == 0) {
      discard(outbox.publish(topic, command.payload(), leftS).onSuccess(sent -> done(command)));
      return;
    }
    Integer before = session.sent().get(command.id());
    int packetId =
        before == null ? outbox.nextPacketId(Set.copyOf(session.sent().values())) : before;
    discard(outbox.publish(
        topic, command.payload(), leftS, packetId, before != null, () -> done(command)));
    if (before == null) {
      session.sent().put(command.id(), packetId);
      save();
    }
  }

  private void done(DeviceCommand command) {
    // Where Redis does not hear of it, the device gets the command once more.
    discard(mailbox.remove(session.deviceId(), command.id()).onComplete(removed -> {
      underWay.remove(command.id());
      if (session.sent().remove(command.id()) != null) {
        save();
      }
      send();
    }));
  }

  private void save() {
    if (session.isKept()) {
      discard(sessions.save(session));
    }
  }

  private static void discard(Future<Void> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "command: {0}", cause.getMessage()));
  }
}
