package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.ingest.MqttSession.Recording;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells one device its loss ledger. What the client cannot take now is merged; beyond a bound the oldest
 * is dropped, which under-reports, but no refusal that is not asked for again.
 */
final class LedgerDelivery {
  private static final System.Logger LOG = System.getLogger(LedgerDelivery.class.getName());

  private final LedgerQueries queries;
  private final RefusalStore refusals;
  private final MqttSession session;
  private final MqttOutbox outbox;
  private final Supplier<String> token;
  private final LedgerBacklog waiting = new LedgerBacklog();
  private final LedgerCatchUp missed;
  private boolean lostSome;
  private boolean catchingUp;
  private boolean again;

  /** @param token the one that holds now */
  LedgerDelivery(
      LedgerQueries queries,
      RefusalStore refusals,
      MqttSession session,
      MqttOutbox outbox,
      Supplier<String> token) {
    this.queries = queries;
    this.refusals = refusals;
    this.session = session;
    this.outbox = outbox;
    this.token = token;
    this.missed = new LedgerCatchUp(queries::pause, () -> outbox.hasRoom(0));
  }

  /** With the connection. */
  void close() {
    missed.close();
  }

  void tell(LedgerEntry entry) {
    if (session.ledgerQos() != MqttSession.NOT_SUBSCRIBED) {
      lostSome |= !waiting.add(entry);
      send();
    }
  }

  /** As much as the client takes now. */
  void send() {
    int qos = session.ledgerQos();
    if (qos == MqttSession.NOT_SUBSCRIBED || waiting.isEmpty()) {
      return;
    }
    String topic = DeviceTopics.ledger(session.deviceId());
    while (outbox.hasRoom(qos)) {
      LedgerEntry entry = waiting.take();
      if (entry == null) {
        break;
      }
      Buffer bytes = Buffer.buffer(entry.encode());
      if (outbox.isTooLarge(topic, bytes)) {
        waiting.halve(entry);
      } else {
        send(topic, bytes, qos, entry);
      }
    }
    if (lostSome && waiting.isEmpty()) {
      lostSome = false;
      catchUp();
    }
  }

  /** After a reconnect nothing is sent again: what is told then comes fresh from the database. */
  private void send(String topic, Buffer bytes, int qos, LedgerEntry entry) {
    if (qos == 0) {
      discard(outbox
          .publish(topic, bytes, MqttOutbox.NO_EXPIRY)
          .compose(written -> refusals.told(session.deviceId(), entry)));
      return;
    }
    discard(outbox.publish(
        topic,
        bytes,
        MqttOutbox.NO_EXPIRY,
        outbox.nextPacketId(Set.copyOf(session.sent().values())),
        false,
        () -> {
          discard(refusals.told(session.deviceId(), entry));
          send();
        }));
  }

  /**
   * What happened while the device was away: what was refused, and, asked of the database, one whole
   * entry a writer.
   */
  void catchUp() {
    if (catchingUp) {
      again = true; // once, however often it is asked for
      return;
    }
    catchingUp = true;
    List<Supplier<Future<?>>> questions = new ArrayList<>();
    questions.add(
        () -> refusals.list(session.deviceId()).onSuccess(all -> all.forEach(this::tell)));
    for (Recording one : Set.copyOf(session.recordings())) {
      questions.add(() -> find(one));
    }
    var unused = missed.ask(questions).onComplete(done -> {
      catchingUp = false;
      if (again) {
        again = false;
        catchUp();
      }
    });
  }

  /** With the token that holds when it is asked, which may be another one than at first. */
  private Future<?> find(Recording one) {
    return session.ledgerQos() == MqttSession.NOT_SUBSCRIBED
        ? Future.succeededFuture()
        : queries.find(one.sessionId(), one.writer(), token.get()).onSuccess(this::tell);
  }

  private static void discard(Future<Void> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "ledger not told: {0}", cause.getMessage()));
  }
}
