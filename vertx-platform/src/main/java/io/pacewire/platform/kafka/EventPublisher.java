package io.pacewire.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.platform.events.EventEnvelope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.time.Instant;

/** Puts facts on Kafka as CloudEvents in binary mode (Kafka protocol binding 1.0.2, 3.2). */
public final class EventPublisher {
  private static final int MAX_IN_FLIGHT = 2_000;

  private final KafkaProducer<String, byte[]> producer;
  private int inFlight;

  private EventPublisher(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  public static EventPublisher create(Vertx vertx, KafkaSettings settings, String clientId) {
    return new EventPublisher(Producers.create(vertx, settings, clientId));
  }

  /** Completes once every in-sync replica has it. Fails at once where too many are on their way. */
  public Future<Void> publish(EventEnvelope event) {
    synchronized (this) {
      if (inFlight >= MAX_IN_FLIGHT) {
        return Future.failedFuture(new IllegalStateException("too many facts on their way"));
      }
      inFlight++;
    }
    KafkaProducerRecord<String, byte[]> record =
        KafkaProducerRecord.create(event.topic(), event.key(), event.payload());
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", event.id().toString());
    header(record, "ce_type", event.type());
    header(record, "ce_source", event.source());
    header(record, "ce_time", Instant.ofEpochMilli(event.atMs()).toString());
    header(record, "content-type", "application/json");
    return producer
        .send(record)
        .onComplete(done -> {
          synchronized (this) {
            inFlight--;
          }
        })
        .mapEmpty();
  }

  /** Waits a few seconds for what is on its way. */
  public Future<Void> close() {
    return producer.close(Producers.CLOSE_MS);
  }

  private static void header(
      KafkaProducerRecord<String, byte[]> record, String name, String value) {
    record.addHeader(name, Buffer.buffer(value.getBytes(UTF_8)));
  }
}
