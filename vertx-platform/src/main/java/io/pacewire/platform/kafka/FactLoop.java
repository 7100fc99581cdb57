package io.pacewire.platform.kafka;

import io.pacewire.platform.events.EventCodec;
import io.pacewire.platform.pg.PgFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KafkaBatchLoop} over facts: decoded, in order, and set aside where one is none or can
 * never be handled. A failure that may pass (a base that is away) is waited out, however long.
 */
public final class FactLoop {
  private static final int RECORDS_A_BATCH = 200;
  private static final int TRIES = 3;

  private final KafkaBatchLoop loop;
  private final DeadLetters deadLetters;
  private final Handler handler;
  private @Nullable ConsumerRecords<String, byte[]> current;
  private int done;
  private int failures;

  /** What a context does with a fact. It may come twice and late. */
  public interface Handler {
    Future<Void> handle(Record fact);
  }

  private FactLoop(
      Vertx vertx, KafkaSettings settings, String group, Set<String> topics, Handler handler) {
    this.deadLetters = DeadLetters.create(vertx, settings, group);
    this.handler = handler;
    this.loop = KafkaBatchLoop.create(vertx, settings, group, topics, RECORDS_A_BATCH, this::apply);
  }

  public static FactLoop create(
      Vertx vertx, KafkaSettings settings, String group, Set<String> topics, Handler handler) {
    return new FactLoop(vertx, settings, group, topics, handler);
  }

  public Future<Void> start() {
    return loop.start();
  }

  public Future<Void> close() {
    return loop.close().eventually(deadLetters::close);
  }

  private Future<Void> apply(ConsumerRecords<String, byte[]> batch) {
    if (batch != current) { // else the loop tries it again: what is handled or set aside stays so
      current = batch;
      done = 0;
    }
    Future<Void> chain = Future.succeededFuture();
    int index = 0;
    for (ConsumerRecord<String, byte[]> record : batch) {
      if (index++ >= done) {
        chain = chain.compose(before -> apply(record)).onSuccess(handled -> done++);
      }
    }
    return chain;
  }

  private Future<Void> apply(ConsumerRecord<String, byte[]> record) {
    String type = RecordHeaders.text(record, "ce_type");
    if (type == null || record.value() == null) {
      return deadLetters.put(record, "no CloudEvent");
    }
    try {
      // A type that this version does not know is none of its business.
      return EventCodec.decode(type, record.value())
          .map(fact -> handle(record, fact))
          .orElseGet(Future::succeededFuture);
    } catch (IllegalArgumentException e) {
      return deadLetters.put(record, String.valueOf(e.getMessage()));
    }
  }

  private Future<Void> handle(ConsumerRecord<String, byte[]> record, Record fact) {
    return Future.succeededFuture(fact)
        .compose(handler::handle) // compose, so that a handler may throw
        .onSuccess(handled -> failures = 0)
        .recover(cause -> isHopeless(cause)
            ? deadLetters.put(record, "not handled: " + cause.getClass().getSimpleName())
            : Future.failedFuture(cause));
  }

  /** A fault of the fact or of the code, several times: it would hold up the partition for ever. */
  private boolean isHopeless(Throwable cause) {
    boolean ofContent = PgFaults.isOfContent(cause)
        || cause instanceof IllegalArgumentException
        || cause instanceof NullPointerException
        || cause instanceof ClassCastException
        || cause instanceof ArithmeticException
        || cause instanceof IndexOutOfBoundsException;
    failures = ofContent ? failures + 1 : 0;
    return failures >= TRIES;
  }
}
