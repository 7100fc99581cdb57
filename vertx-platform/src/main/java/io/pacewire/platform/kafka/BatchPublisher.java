package io.pacewire.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.Map;

/**
 * Puts batches on Kafka that did not come by ingest, in the same form. Who sends waits for what is on
 * its way before more: beyond a few megabytes it is refused.
 */
public final class BatchPublisher {
  private static final long MAX_BYTES_IN_FLIGHT = 4 << 20;

  private final KafkaProducer<String, byte[]> producer;
  private long bytesInFlight;

  private BatchPublisher(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  public static BatchPublisher create(Vertx vertx, KafkaSettings settings, String clientId) {
    return new BatchPublisher(Producers.create(vertx, settings, clientId));
  }

  /** Completes once every in-sync replica has it. From any thread. */
  public Future<Void> publish(String topic, String key, byte[] batch, Map<String, String> headers) {
    synchronized (this) {
      if (bytesInFlight > MAX_BYTES_IN_FLIGHT) {
        return Future.failedFuture(new IllegalStateException("too many batches on their way"));
      }
      bytesInFlight += batch.length;
    }
    KafkaProducerRecord<String, byte[]> record = KafkaProducerRecord.create(topic, key, batch);
    headers.forEach((name, value) -> record.addHeader(name, Buffer.buffer(value.getBytes(UTF_8))));
    return producer
        .send(record)
        .onComplete(done -> {
          synchronized (this) {
            bytesInFlight -= batch.length;
          }
        })
        .mapEmpty();
  }

  /** Waits a few seconds for what is on its way. */
  public Future<Void> close() {
    return producer.close(Producers.CLOSE_MS);
  }
}
