package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.Await;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchProducerTest {

  /**
   * The broker takes connections and says nothing, so nobody knows the topic's partitions. A thread that
   * is interrupted cannot wait: who tries fails for that, with another error.
   */
  @Test
  void aSendOnTheEventLoop_waitsForNoMetadata_andItsDoorFails() throws Exception {
    Vertx vertx = Vertx.vertx();
    Producer<String, byte[]> producer;
    Promise<@Nullable Exception> answered = Promise.promise();
    Promise<String> failed = Promise.promise();
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      producer = BatchProducer.create(config(silent.getLocalPort()));
      Context context = vertx.getOrCreateContext();
      PublishLoop loop = new PublishLoop(context, producer, 1 << 20);
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(EventTopics.TELEMETRY_LIVE, "key", new byte[9]);
      context.runOnContext(turn -> {
        Thread.currentThread().interrupt();
        try {
          var unused = producer.send(record, (taken, cause) -> answered.complete(cause));
        } catch (RuntimeException e) {
          answered.complete(e);
        } finally {
          boolean unused = Thread.interrupted();
        }
        loop.send(record, new FailingDoor(failed), () -> failed.complete("acknowledged"));
      });
      assertThat(Await.get(answered.future()))
          .as("no metadata, not: disturbed while it waited for them")
          .isInstanceOf(TimeoutException.class);
      assertThat(Await.get(failed.future())).isEqualTo("broker-unavailable");
    }
    producer.close(Duration.ZERO); // after the broker, which it would wait for
    Await.get(vertx.close());
  }

  /** Else the first one after a silence would be refused, as it must not wait either. */
  @Test
  void metadata_areKept_longerThanANodeLives() {
    assertThat((long)
            BatchProducer.settings(config(9_092)).get(ProducerConfig.METADATA_MAX_IDLE_CONFIG))
        .isGreaterThan(Duration.ofDays(365).toMillis())
        .as("Kafka adds it to the time of day")
        .isLessThan(Long.MAX_VALUE - Long.MAX_VALUE / 4);
  }

  private static IngestConfig config(int port) {
    return IngestConfig.from(new JsonObject()
        .put("kafka", JsonObject.of("bootstrapServers", "127.0.0.1:" + port))
        .put("tokens", JsonObject.of("jwksUrl", "http://127.0.0.1:1"))
        .put(
            "ingest",
            new JsonObject()
                .put("trainingUrl", "http://127.0.0.1:1")
                .put("tls", JsonObject.of("certificateFile", "none", "keyFile", "none"))));
  }

  private record FailingDoor(Promise<String> failed) implements Door {
    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void flush() {}

    @Override
    public void fail(String reason) {
      failed.complete(reason);
    }
  }
}
