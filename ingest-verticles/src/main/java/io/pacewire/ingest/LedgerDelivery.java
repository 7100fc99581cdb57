package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.ingest.MqttSession.Recording;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells one device its loss ledger. What the client cannot take now is merged, one entry for each
 * writer of a session; beyond a bound the oldest is dropped, which under-reports.
 */
final class LedgerDelivery {
  private static final System.Logger LOG = System.getLogger(LedgerDelivery.class.getName());
  private static final int MOST_WAITING = 64;

  private final LedgerQueries queries;
  private final RefusalStore refusals;
  private final MqttSession session;
  private final MqttOutbox outbox;
  private final Map<Recording, LedgerEntry> waiting = new LinkedHashMap<>();
  private final LedgerCatchUp missed;
  private boolean catchingUp;
  private boolean again;

  LedgerDelivery(
      LedgerQueries queries, RefusalStore refusals, MqttSession session, MqttOutbox outbox) {
    this.queries = queries;
    this.refusals = refusals;
    this.session = session;
    this.outbox = outbox;
    this.missed = new LedgerCatchUp(queries::pause, () -> outbox.hasRoom(0));
  }

  void tell(LedgerEntry entry) {
    if (session.ledgerQos() == MqttSession.NOT_SUBSCRIBED) {
      return;
    }
    waiting.merge(new Recording(entry.sessionId(), entry.writer()), entry, LedgerDelivery::merged);
    if (waiting.size() > MOST_WAITING) {
      Iterator<LedgerEntry> oldest = waiting.values().iterator();
      LedgerEntry unused = oldest.next();
      oldest.remove();
    }
    send();
  }

  private static LedgerEntry merged(LedgerEntry known, LedgerEntry change) {
    known.acked().addAll(change.acked());
    known.stored().addAll(change.stored());
    change.refused().forEach(known::refuse);
    known.complete(known.isComplete() || change.isComplete());
    return known;
  }

  /** As much as the client takes now. */
  void send() {
    int qos = session.ledgerQos();
    if (qos == MqttSession.NOT_SUBSCRIBED) {
      return;
    }
    if (waiting.isEmpty()) {
      return;
    }
    String topic = DeviceTopics.ledger(session.deviceId());
    Iterator<LedgerEntry> entries = waiting.values().iterator();
    while (entries.hasNext() && outbox.hasRoom(qos)) {
      Buffer bytes = Buffer.buffer(entries.next().encode());
      entries.remove();
      if (!outbox.isTooLarge(topic, bytes)) {
        discard(send(topic, bytes, qos));
      }
    }
  }

  /** After a reconnect nothing is sent again: what is told then comes fresh from the database. */
  private Future<Void> send(String topic, Buffer bytes, int qos) {
    return qos == 0
        ? outbox.publish(topic, bytes, MqttOutbox.NO_EXPIRY)
        : outbox.publish(
            topic,
            bytes,
            MqttOutbox.NO_EXPIRY,
            outbox.nextPacketId(Set.copyOf(session.sent().values())),
            false,
            this::send);
  }

  /**
   * What happened while the device was away: what was refused, and, asked of the database, one whole
   * entry a writer.
   */
  void catchUp(String token) {
    if (catchingUp) {
      again = true; // once, however often it is asked for
      return;
    }
    catchingUp = true;
    List<Supplier<Future<?>>> questions = new ArrayList<>();
    questions.add(
        () -> refusals.list(session.deviceId()).onSuccess(all -> all.forEach(this::tell)));
    for (Recording one : Set.copyOf(session.recordings())) {
      questions.add(() -> find(one, token));
    }
    var unused = missed.ask(questions).onComplete(done -> {
      catchingUp = false;
      if (again) {
        again = false;
        catchUp(token);
      }
    });
  }

  private Future<?> find(Recording one, String token) {
    return session.ledgerQos() == MqttSession.NOT_SUBSCRIBED
        ? Future.succeededFuture()
        : queries.find(one.sessionId(), one.writer(), token).onSuccess(this::tell);
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "ledger not told: {0}", cause.getMessage()));
  }
}
