package io.pacewire.platform.kafka;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The brake on a consumer that is asked where it is, and told what to pause. */
class LaneBrakeTest {
  private static final int PARTITIONS = 8;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private volatile int beatAtLook = Integer.MAX_VALUE;
  private volatile boolean taking = true;
  private final LaneBrake brake = new LaneBrake(
      vertx,
      stream(),
      new Lanes("live", "backfill", Duration.ofMillis(500)),
      new LaneSlices("backfill", 100));

  @AfterEach
  void close() throws Exception {
    get(brake.stop());
    get(vertx.close());
  }

  @Test
  void aBeatOnEachPartition_thatTheNextPollTakes_pausesNothing() {
    brake.start();
    await().until(() -> looks.get() >= 2);
    beatAtLook = looks.get() + 1;
    await().until(() -> looks.get() >= beatAtLook + 3);
    assertThat(pauses).hasValue(0);
    assertThat(brake.isHeld()).isFalse();
  }

  @Test
  void aBeatThatNobodyTakes_pauses() {
    brake.start();
    await().until(() -> looks.get() >= 1);
    taking = false;
    beatAtLook = looks.get() + 1;
    await().until(() -> pauses.get() > 0);
    assertThat(brake.isHeld()).isTrue();
    taking = true;
    await().until(() -> !brake.isHeld());
  }

  /** One record on each partition is there from one look on, and has been read at the next. */
  private KafkaReadStream<String, byte[]> stream() {
    Object stream = Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {KafkaReadStream.class},
        (proxy, method, given) -> switch (method.getName()) {
          case "assignment" -> Future.succeededFuture(partitions("live", "backfill"));
          case "endOffsets" -> {
            long end = looks.incrementAndGet() >= beatAtLook ? 1 : 0;
            Map<TopicPartition, Long> ends = new HashMap<>();
            partitions("live").forEach(one -> ends.put(one, end));
            yield Future.succeededFuture(ends);
          }
          case "position" -> Future.succeededFuture(taking && looks.get() > beatAtLook ? 1L : 0L);
          case "pause" -> {
            pauses.incrementAndGet();
            yield Future.succeededFuture();
          }
          case "resume" -> Future.succeededFuture();
          default -> throw new UnsupportedOperationException(method.getName());
        });
    return cast(stream);
  }

  @SuppressWarnings("unchecked")
  private static KafkaReadStream<String, byte[]> cast(Object stream) {
    return (KafkaReadStream<String, byte[]>) stream;
  }

  private static Set<TopicPartition> partitions(String... topics) {
    Set<TopicPartition> partitions = new HashSet<>();
    for (String topic : topics) {
      for (int i = 0; i < PARTITIONS; i++) {
        partitions.add(new TopicPartition(topic, i));
      }
    }
    return partitions;
  }
}
