package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttEndpoint;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What one connection hears: its ledger and its commands, as far as it is subscribed to them. */
final class MqttListening implements MqttSubscriptions.Changes {
  private static final System.Logger LOG = System.getLogger(MqttListening.class.getName());

  private static final long KEEP_WITHIN_MS = 1_000;
  private static final long KEEP_EVERY_MS = MqttSessionStore.WHILE_CONNECTED_MS / 2;

  private final MqttSessionStore sessions;
  private final MqttSession session;
  private final MqttOutbox outbox;
  private final CommandDelivery commands;
  private final LedgerDelivery ledger;
  private final LedgerSubscription feed;
  private final Supplier<String> token;
  private final Vertx vertx;
  private final InstantSource clock;
  private long keptAtMs;
  private boolean keepsSoon;
  private boolean closed;

  /** @param token the one that holds now */
  MqttListening(
      MqttServices services, MqttSession session, MqttOutbox outbox, Supplier<String> token) {
    this.sessions = services.sessions();
    this.session = session;
    this.outbox = outbox;
    this.commands = new CommandDelivery(services, session, outbox);
    this.ledger = new LedgerDelivery(services.queries(), services.refusals(), session, outbox);
    this.feed = new LedgerSubscription(
        services.ledgers(),
        session.deviceId(),
        bytes -> ledger.tell(LedgerEntry.parse(bytes.getBytes())));
    this.token = token;
    this.vertx = services.vertx();
    this.clock = services.clock();
    this.keptAtMs = clock.millis();
  }

  void open(MqttEndpoint endpoint, MqttSocket socket) {
    MqttSubscriptions subscriptions = new MqttSubscriptions(endpoint, session, this);
    endpoint.publishAcknowledgeHandler(this::acknowledged);
    endpoint.subscribeHandler(subscriptions::subscribe);
    endpoint.unsubscribeHandler(subscriptions::unsubscribe);
    socket.socket().drainHandler(drained -> sendWaiting());
  }

  /** What a resumed session is subscribed to goes on by itself. */
  void goOn() {
    if (session.isPresent()) {
      if (session.ledgerQos() != MqttSession.NOT_SUBSCRIBED) {
        ledgerSubscribed();
      }
      commandsSubscribed();
    }
  }

  void closed() {
    closed = true;
    feed.close();
    commands.close();
  }

  /** Something changed that may change again with each message. */
  void keepSoon() {
    if (!keepsSoon) {
      keepsSoon = true;
      long unused = vertx.setTimer(KEEP_WITHIN_MS, timer -> {
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
    commands.send();
    ledger.send();
  }

  void tell(LedgerEntry entry) {
    ledger.tell(entry);
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
    keptAtMs = clock.millis();
    return session.isKept()
        ? sessions.save(session).recover(cause -> {
          LOG.log(DEBUG, "MQTT session not kept now: {0}", cause.getMessage());
          return Future.succeededFuture();
        })
        : Future.succeededFuture();
  }

  @Override
  public void commandsSubscribed() {
    commands.update();
  }

  @Override
  public void ledgerSubscribed() {
    feed.open();
    ledger.catchUp(token.get());
  }

  @Override
  public void unsubscribed() {
    commands.update();
    if (session.ledgerQos() == MqttSession.NOT_SUBSCRIBED) {
      feed.close();
    }
  }
}
