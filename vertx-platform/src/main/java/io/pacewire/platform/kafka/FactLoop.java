package io.pacewire.platform.kafka;

import io.pacewire.platform.events.EventCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** A {@link KafkaBatchLoop} over facts: decoded, in order, and what is none set aside. */
public final class FactLoop {
  private static final int RECORDS_A_BATCH = 200;

  private final KafkaBatchLoop loop;
  private final DeadLetters deadLetters;
  private final Handler handler;

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
    Future<Void> chain = Future.succeededFuture();
    for (ConsumerRecord<String, byte[]> record : batch) {
      chain = chain.compose(done -> apply(record));
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
          .map(handler::handle)
          .orElseGet(Future::succeededFuture);
    } catch (IllegalArgumentException e) {
      return deadLetters.put(record, String.valueOf(e.getMessage()));
    }
  }
}
