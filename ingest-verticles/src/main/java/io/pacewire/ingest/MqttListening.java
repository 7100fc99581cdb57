package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttEndpoint;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one connection hears: its ledger and its commands, as far as it is subscribed to them. */
final class MqttListening implements MqttSubscriptions.Changes {
  private static final System.Logger LOG = System.getLogger(MqttListening.class.getName());

  /** What a topic is taken to weigh, wherever it leads. */
  private static final int SUBSCRIPTION_BYTES = 64;

  private static final long KEEP_WITHIN_MS = 1_000;
  private static final long KEEP_EVERY_MS = MqttSessionStore.WHILE_CONNECTED_MS / 2;
  /** After it failed. */
  private static final long KEEP_AGAIN_MS = 60_000;

  private final MqttServices services;
  private final MqttSession session;
  private final MqttOutbox outbox;
  /** With the first subscription: most that only send have none. */
  private @Nullable CommandDelivery commands;

  private @Nullable LedgerDelivery ledger;
  private @Nullable LedgerSubscription feed;
  private final Supplier<String> token;
  private long keptAtMs;
  private boolean keepsSoon;
  private boolean closed;

  /** @param token the one that holds now */
  MqttListening(
      MqttServices services, MqttSession session, MqttOutbox outbox, Supplier<String> token) {
    this.services = services;
    this.session = session;
    this.outbox = outbox;
    this.token = token;
    this.keptAtMs = services.clock().millis();
    if (!session.isTaken()) {
      keepAgain(); // the store was away
    }
  }

  /** @param spend has the client pay for what it asks for, as for so many bytes of a batch */
  void open(MqttEndpoint endpoint, MqttSocket socket, IntConsumer spend) {
    MqttSubscriptions subscriptions = new MqttSubscriptions(endpoint, session, this);
    endpoint.publishAcknowledgeHandler(this::acknowledged);
    endpoint.subscribeHandler(message -> {
      spend.accept(SUBSCRIPTION_BYTES * message.topicSubscriptions().size());
      subscriptions.subscribe(message);
    });
    endpoint.unsubscribeHandler(message -> {
      spend.accept(SUBSCRIPTION_BYTES * message.topics().size());
      subscriptions.unsubscribe(message);
    });
    socket.socket().drainHandler(drained -> sendWaiting());
  }

  /** What a resumed session is subscribed to goes on by itself. */
  void goOn() {
    if (session.isPresent()) {
      if (session.ledgerQos() != MqttSession.NOT_SUBSCRIBED) {
        ledgerSubscribed();
      }
      if (session.commandsQos() != MqttSession.NOT_SUBSCRIBED) {
        commandsSubscribed();
      }
    }
  }

  void closed() {
    closed = true;
    if (feed != null) {
      feed.close();
    }
    if (ledger != null) {
      ledger.close();
    }
    if (commands != null) {
      commands.close();
    }
  }

  /** Something changed that may change again with each message. */
  void keepSoon() {
    if (!keepsSoon) {
      keepsSoon = true;
      long unused = services.vertx().setTimer(KEEP_WITHIN_MS, timer -> {
        keepsSoon = false;
        keepOnce();
      });
    }
  }

  /** A session that nobody saves ends, since its node may be dead. */
  void keepIfOld(long nowMs) {
    if (nowMs - keptAtMs > KEEP_EVERY_MS) {
      keepOnce();
    }
  }

  private void keepOnce() {
    if (!closed) { // then it was left, in its last form
      Future<Void> unused = keep();
    }
  }

  private void acknowledged(int packetId) {
    outbox.acknowledged(packetId);
    sendWaiting();
  }

  private void sendWaiting() {
    if (commands != null) {
      commands.send();
    }
    if (ledger != null) {
      ledger.send();
    }
  }

  void tell(LedgerEntry entry) {
    if (ledger != null) {
      ledger.tell(entry);
    }
  }

  /** Where the client listens for commands; 3.1.1 has no other way to hear of it. */
  void warn(long tokenExpiresAtMs) {
    if (session.commandsQos() != MqttSession.NOT_SUBSCRIBED && outbox.hasRoom(0)) {
      Buffer warning = new JsonObject()
          .put("type", "token-expires")
          .put("atEpochMs", tokenExpiresAtMs)
          .toBuffer();
      outbox
          .publish(DeviceTopics.commands(session.deviceId()), warning, MqttOutbox.NO_EXPIRY)
          .onFailure(cause -> LOG.log(DEBUG, "not warned: {0}", cause.getMessage()));
    }
  }

  @Override
  public Future<Void> keep() {
    keptAtMs = services.clock().millis();
    return session.isKept() || !session.isTaken()
        ? services.sessions().save(session).recover(cause -> {
          LOG.log(DEBUG, "MQTT session not kept now: {0}", cause.getMessage());
          keepAgain();
          return Future.succeededFuture();
        })
        : Future.succeededFuture();
  }

  private void keepAgain() {
    keptAtMs = services.clock().millis() - KEEP_EVERY_MS + KEEP_AGAIN_MS;
  }

  @Override
  public void commandsSubscribed() {
    CommandDelivery delivery = commands;
    if (delivery == null) {
      delivery = new CommandDelivery(services, session, outbox);
      commands = delivery;
    }
    delivery.update();
  }

  @Override
  public void ledgerSubscribed() {
    LedgerDelivery delivery = ledger;
    LedgerSubscription news = feed;
    if (delivery == null || news == null) {
      LedgerDelivery made =
          new LedgerDelivery(services.queries(), services.refusals(), session, outbox, token);
      news = new LedgerSubscription(
          services.ledgers(),
          session.deviceId(),
          bytes -> made.tell(LedgerEntry.parse(bytes.getBytes())));
      delivery = made;
      ledger = delivery;
      feed = news;
    }
    news.open();
    delivery.catchUp();
  }

  @Override
  public void unsubscribed() {
    if (commands != null) {
      commands.update();
    }
    if (feed != null && session.ledgerQos() == MqttSession.NOT_SUBSCRIBED) {
      feed.close();
    }
  }
}
