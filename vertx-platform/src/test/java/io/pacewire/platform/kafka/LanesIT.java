package io.pacewire.platform.kafka;

import static io.pacewire.platform.stack.Await.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backlog waits while live records lag, and only then; against a real Kafka. */
@ExtendWith(RealServers.class)
class LanesIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_MOST = 20;
  private static final Duration LAG = Duration.ofMillis(500);

  private final Vertx vertx = Vertx.vertx();
  /** Those with anything live. */
  private final List<Batch> mixed = new CopyOnWriteArrayList<>();

  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final String live = "lanes.live." + NUMBER.incrementAndGet();
  private final String backfill = live.replace("live", "backfill");
  private KafkaProducer<String, byte[]> producer;
  private KafkaBatchLoop loop;
  private volatile long effectMs = 1;

  @BeforeEach
  void open() throws Exception {
    RealServers.createTopic(live);
    RealServers.createTopic(backfill);
    producer = Producers.create(vertx, RealServers.kafka(), "test");
    loop = loop(offsets -> {});
  }

  private KafkaBatchLoop loop(Consumer<Map<TopicPartition, Long>> begins) {
    return KafkaBatchLoop.create(
        vertx,
        RealServers.kafka(),
        "group-of-" + live,
        new Lanes(live, backfill, LAG),
        AT_MOST,
        begins,
        this::apply);
  }

  @AfterEach
  void close() throws Exception {
    get(loop.close());
    get(producer.close());
    get(vertx.close());
  }

  /** Of the lane of which nothing came, too: its first record may come long after those of the other. */
  @Test
  void whereBothLanesBegin_isTold_beforeAnythingOfThemIsRead() throws Exception {
    send(live, 5);
    get(loop.start());
    await().atMost(PATIENCE).until(() -> topics.size() == 5);
    get(loop.close());
    send(live, 3);
    Map<TopicPartition, Long> told = new ConcurrentHashMap<>();
    List<Integer> readBefore = new CopyOnWriteArrayList<>();
    loop = loop(offsets -> {
      told.putAll(offsets);
      readBefore.add(topics.size());
    });
    get(loop.start());
    await().atMost(PATIENCE).until(() -> topics.size() == 8);
    assertThat(readBefore.get(0)).isEqualTo(5);
    assertThat(told.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
    assertThat(told.keySet().stream().map(TopicPartition::topic).distinct())
        .containsExactlyInAnyOrder(live, backfill);
  }

  @Test
  void backlogIsRead_whileLiveDoesNotLag() throws Exception {
    send(backfill, 300);
    send(live, 20);
    get(loop.start());
    await().atMost(PATIENCE).until(() -> topics.size() >= 320);
    await().atMost(PATIENCE).until(() -> !loop.isSecondLaneHeld());
  }

  @Test
  void backlogWaits_whileLiveLags_andGoesOnAfterIt() throws Exception {
    effectMs = 25; // so that live takes a while
    send(backfill, 2_000);
    send(live, 1_500);
    get(loop.start());
    await().atMost(PATIENCE).until(loop::isSecondLaneHeld);
    int from = topics.size();
    await().atMost(PATIENCE).until(() -> count(topics, live) >= 1_400);
    List<String> read = List.copyOf(topics); // more come meanwhile
    int heldUntil = 0; // by what was read, whenever this looks
    for (int seen = 0; seen < 1_400; heldUntil++) {
      seen += read.get(heldUntil).equals(live) ? 1 : 0;
    }
    // What is between was read while live lagged far: one poll may have been under way.
    assertThat(count(read.subList(from, heldUntil), backfill)).isLessThanOrEqualTo(3 * AT_MOST);
    effectMs = 1;
    await().atMost(PATIENCE).until(() -> topics.size() == 3_500);
    await().atMost(PATIENCE).until(() -> !loop.isSecondLaneHeld());
  }

  /**
   * Deadlines go by the lane that is furthest behind: where it stood as long as the other lags, they would,
   * too. Of each partition so much is live that it is fetched in several parts.
   */
  @Test
  void littleOfTheBacklog_isReadHoweverLongLiveLags() throws Exception {
    effectMs = 40;
    send(live, 3_000, "a long one ".repeat(1_000));
    get(loop.start());
    await().atMost(PATIENCE).until(loop::isSecondLaneHeld);
    send(backfill, 3);
    await().atMost(PATIENCE).until(() -> count(topics, backfill) == 3);
    assertThat(count(topics, live)).isLessThan(3_000);
    assertThat(loop.isSecondLaneHeld()).isTrue();
  }

  @Test
  void aPausedBacklog_goesOn_whenNothingElseComes() throws Exception {
    send(live, 1_000);
    effectMs = 10;
    get(loop.start());
    await().atMost(PATIENCE).until(loop::isSecondLaneHeld);
    await().atMost(PATIENCE).until(() -> count(topics, live) == 1_000);
    send(backfill, 10);
    await().atMost(PATIENCE).until(() -> count(topics, backfill) == 10);
  }

  @Test
  void backlogBesideLive_isALittleOfEachBatch_andAllOfItComes() throws Exception {
    send(backfill, 2_000);
    get(loop.start());
    await().atMost(PATIENCE).until(() -> !topics.isEmpty());
    for (int i = 0; i < 20; i++) {
      send(live, 10);
    }
    await().atMost(PATIENCE).until(() -> topics.size() == 2_200);
    assertThat(mixed)
        .isNotEmpty()
        .allSatisfy(batch -> assertThat(batch.backfill())
            .isLessThanOrEqualTo(
                Math.max(LaneSlices.BESIDE, batch.live() / LaneSlices.FIRST_FOR_ONE)));
  }

  private record Batch(int live, int backfill) {}

  private Future<Void> apply(ConsumerRecords<String, byte[]> batch) {
    return vertx.timer(effectMs).map(due -> {
      int fresh =
          (int) StreamSupport.stream(batch.records(live).spliterator(), false).count();
      if (fresh > 0) {
        mixed.add(new Batch(fresh, batch.count() - fresh));
      }
      for (ConsumerRecord<String, byte[]> record : batch) {
        topics.add(record.topic());
      }
      return null;
    });
  }

  private static long count(List<String> topics, String topic) {
    return topics.stream().filter(topic::equals).count();
  }

  private void send(String topic, int records) throws Exception {
    send(topic, records, "short");
  }

  private void send(String topic, int records, String value) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      sent.add(producer.send(
          KafkaProducerRecord.create(topic, "athlete " + i % 40, value.getBytes(UTF_8))));
    }
    get(Future.all(sent));
  }
}
