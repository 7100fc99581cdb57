package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeBeatTest {
  private static final Node BROKER = new Node(0, "localhost", 1);
  private static final Duration RECENT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanos = new AtomicLong();
  private final MockProducer<String, byte[]> producer = new MockProducer<>(
      new Cluster(
          "one",
          List.of(BROKER),
          List.of(partition(EventTopics.TELEMETRY_LIVE), partition(EventTopics.TELEMETRY_BACKFILL)),
          Set.of(),
          Set.of()),
      false,
      new RoundRobinPartitioner(),
      new StringSerializer(),
      new ByteArraySerializer());

  private static PartitionInfo partition(String topic) {
    Node[] all = {BROKER};
    return new PartitionInfo(topic, 0, BROKER, all, all);
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void kafkaHearsABeat_asLongAsItTookOneOfLate() {
    TimeBeat beat = TimeBeat.create(vertx, producer, nanos::get);
    beat.start();
    await().until(() -> producer.history().size() == 2);
    assertThat(beat.isHeard().succeeded()).as("sent is not taken").isFalse();
    assertThat(producer.errorNext(new TimeoutException("nobody there"))).isTrue();
    assertThat(beat.isHeard().succeeded()).as("refused is not taken").isFalse();
    assertThat(producer.completeNext()).isTrue();
    assertThat(beat.isHeard().succeeded()).isTrue();
    nanos.addAndGet(RECENT.toNanos());
    assertThat(beat.isHeard().succeeded()).isFalse();
    beat.stop();
  }
}
