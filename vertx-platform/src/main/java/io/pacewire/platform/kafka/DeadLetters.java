package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.events.EventTopics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Keeps what can never succeed beside its topic, with the reason, so that it blocks nobody. */
public final class DeadLetters {
  private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

  private final KafkaProducer<String, byte[]> producer;

  private DeadLetters(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  public static DeadLetters create(Vertx vertx, KafkaSettings settings, String clientId) {
    return new DeadLetters(Producers.create(vertx, settings, clientId + "-dead"));
  }

  /** Completes once Kafka has it; then the record counts as done. */
  public Future<Void> put(ConsumerRecord<String, byte[]> record, String reason) {
    LOG.log(
        WARNING,
        "dead letter of {0}-{1} at {2}: {3}",
        record.topic(),
        record.partition(),
        Long.toString(record.offset()),
        reason);
    KafkaProducerRecord<String, byte[]> dead =
        KafkaProducerRecord.create(EventTopics.dead(record.topic()), record.key(), record.value());
    for (Header header : record.headers()) {
      byte[] value = header.value();
      dead.addHeader(header.key(), value == null ? Buffer.buffer() : Buffer.buffer(value));
    }
    dead.addHeader("reason", reason);
    dead.addHeader("origin", record.partition() + ":" + record.offset());
    return producer.send(dead).mapEmpty();
  }

  public Future<Void> close() {
    return producer.close(Producers.CLOSE_MS);
  }
}
