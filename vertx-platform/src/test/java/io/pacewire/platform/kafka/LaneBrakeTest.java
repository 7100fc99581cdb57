package io.pacewire.platform.kafka;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The brake on a consumer that is asked where it is, and told what to pause. */
class LaneBrakeTest {
  private static final int PARTITIONS = 8;
  private static final byte[] ONE = {1};

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private final AtomicInteger resumes = new AtomicInteger();
  private volatile int beatAtLook = Integer.MAX_VALUE;
  private volatile boolean taking = true;
  private final LaneSlices slices = new LaneSlices("backfill", 100);
  private final LaneBrake brake =
      new LaneBrake(vertx, stream(), new Lanes("live", "backfill", Duration.ofMillis(500)), slices);

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
  void aBeatThatNobodyTakes_pauses_untilNothingIsHeldBack() {
    hold(2);
    brake.start();
    await().until(() -> looks.get() >= 1);
    taking = false;
    beatAtLook = looks.get() + 1;
    await().until(() -> pauses.get() > 0);
    assertThat(brake.isHeld()).isTrue();
    int before = resumes.get();
    ConsumerRecords<String, byte[]> unused =
        slices.next(ConsumerRecords.empty(), Duration.ofSeconds(2).toNanos());
    assertThat(slices.isEmpty()).isTrue();
    brake.look();
    assertThat(resumes.get()).as("or it would never say how late it is").isGreaterThan(before);
    int paused = pauses.get();
    hold(1);
    brake.look(); // unless it looked by itself
    assertThat(pauses.get()).isGreaterThan(paused);
    assertThat(brake.isHeld()).isTrue();
    taking = true;
    await().until(() -> !brake.isHeld());
  }

  /** More than goes with a live record at once, and less than is too much. */
  private void hold(int more) {
    Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> polled = new HashMap<>();
    polled.put(new TopicPartition("live", 0), List.of(new ConsumerRecord<>("live", 0, 0, "", ONE)));
    List<ConsumerRecord<String, byte[]>> backlog = new ArrayList<>();
    for (int i = 0; i < LaneSlices.BESIDE + more; i++) {
      backlog.add(new ConsumerRecord<>("backfill", 0, i, "", ONE));
    }
    polled.put(new TopicPartition("backfill", 0), backlog);
    ConsumerRecords<String, byte[]> unused = slices.next(new ConsumerRecords<>(polled), 0);
    assertThat(slices.isEmpty()).isFalse();
    assertThat(slices.isFull()).isFalse();
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
          case "resume" -> {
            resumes.incrementAndGet();
            yield Future.succeededFuture();
          }
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
