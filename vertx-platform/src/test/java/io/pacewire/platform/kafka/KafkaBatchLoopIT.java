package io.pacewire.platform.kafka;

import static io.pacewire.platform.stack.Await.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
class KafkaBatchLoopIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_MOST = 10;

  private final Vertx vertx = Vertx.vertx();
  private final List<KafkaBatchLoop> loops = new ArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private String topic;
  private KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void open() throws Exception {
    topic = "loop." + NUMBER.incrementAndGet();
    RealServers.createTopic(topic);
    producer = Producers.create(vertx, RealServers.kafka(), "test");
  }

  @AfterEach
  void close() throws Exception {
    for (KafkaBatchLoop loop : loops) {
      get(loop.close());
    }
    get(producer.close());
    get(vertx.close());
  }

  @Test
  void batches_comeInOrder_bounded_andOneAtATime() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    send(0, 95);
    start(batch -> {
      sizes.add(batch.count());
      assertThat(underWay.incrementAndGet()).isEqualTo(1);
      return vertx.timer(3).map(due -> {
        underWay.decrementAndGet();
        return note(batch);
      });
    });
    await().atMost(PATIENCE).until(() -> done.size() >= 95);
    assertThat(done).containsExactlyElementsOf(numbers(0, 95));
    assertThat(sizes).allMatch(size -> size <= AT_MOST);
  }

  @Test
  void aBatchWhoseEffectFailsOrThrows_isAppliedAgain_beforeAnyOther() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    List<String> first = new CopyOnWriteArrayList<>();
    send(0, 30);
    start(batch -> {
      first.add(values(batch).get(0));
      return switch (tries.incrementAndGet()) {
        case 1 -> Future.failedFuture("the base is away");
        case 2 -> throw new IllegalStateException("thrown, not failed");
        default -> Future.succeededFuture(note(batch));
      };
    });
    await().atMost(PATIENCE).until(() -> done.size() >= 30);
    assertThat(done).containsExactlyElementsOf(numbers(0, 30));
    assertThat(first).startsWith("0", "0", "0");
  }

  @Test
  void whatIsCommitted_isNotReadAgain_andWhatIsNot_isTheHeirs() throws Exception {
    send(0, 20);
    KafkaBatchLoop loop = start(batch -> values(batch).contains("20")
        ? Future.failedFuture("not yet")
        : Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> done.size() == 20);
    send(20, 25);
    get(loop.close());
    start(batch -> Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> done.size() >= 25);
    assertThat(done).containsExactlyElementsOf(numbers(0, 25));
  }

  @Test
  void offsetsFollowWhatIsDone_withoutHoldingItUp_andWithoutAnythingAfterIt() throws Exception {
    send(0, 35);
    start(batch -> Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> done.size() == 35);
    await().atMost(PATIENCE).until(() -> committed() == 35);
  }

  @Test
  void whatFails_isNotCommitted_byWhatWasDoneBefore() throws Exception {
    send(0, 15);
    start(batch -> values(batch).contains("12")
        ? Future.failedFuture("not yet")
        : Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> committed() > 0);
    assertThat(done).hasSize((int) committed()).doesNotContain("12");
  }

  /** Partitions that are given back and come again go on where they were: nothing of them is read anew. */
  @Test
  void whoComesToTheGroup_makesNobodyDoAnythingAgain() throws Exception {
    start(batch -> Future.succeededFuture(note(batch)));
    send(0, 5);
    await().atMost(PATIENCE).until(() -> done.size() == 5);
    start(batch -> Future.succeededFuture(note(batch)));
    for (int i = 5; i < 400; i++) {
      send(i, i + 1);
    }
    await().atMost(PATIENCE).until(() -> done.contains("399"));
    assertThat(done).containsExactlyElementsOf(numbers(0, 400));
  }

  /** The end of what its group committed, of all partitions; offsets begin at 0. */
  private long committed() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", RealServers.kafka().bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets("group-of-" + topic)
          .partitionsToOffsetAndMetadata()
          .get(30, TimeUnit.SECONDS)
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  @Test
  void closing_waitsForTheEffectUnderWay_andCommitsIt() throws Exception {
    Promise<Void> finish = Promise.promise();
    AtomicInteger begun = new AtomicInteger();
    send(0, 5);
    KafkaBatchLoop loop = start(batch -> {
      begun.incrementAndGet();
      return finish.future().map(now -> note(batch));
    });
    await().atMost(PATIENCE).until(() -> begun.get() == 1);
    Future<Void> closing = loop.close();
    assertThat(closing.isComplete()).isFalse();
    finish.complete();
    get(closing);
    send(100, 101);
    start(batch -> Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> done.contains("100"));
    assertThat(done).containsExactly("0", "1", "2", "3", "4", "100");
  }

  @Test
  void aBrokerThatDies_isWaitedFor_andNothingIsSkipped() throws Exception {
    send(0, 10);
    start(batch -> Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> done.size() == 10);
    RealServers.killKafka();
    send(10, 40);
    await().atMost(PATIENCE).until(() -> done.contains("39"));
    // The commit under way may have been lost with the broker: twice is allowed, out of order is
    // not.
    assertThat(done.stream().distinct()).containsExactlyElementsOf(numbers(0, 40));
  }

  /** Nobody waits until the one before is missed: it may have been killed a moment ago. */
  @Test
  void aNodeThatIsStartedAgain_hasItsPartitionsAtOnce_andWhoHadItsNameReadsNoMore()
      throws Exception {
    KafkaBatchLoop before = start("node-1", batch -> Future.succeededFuture());
    await().atMost(PATIENCE).until(() -> get(before.assignment()).size() == 4);
    KafkaBatchLoop again = start("node-1", batch -> Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> get(again.assignment()).size() == 4);
    send(0, 20);
    await().atMost(PATIENCE).until(() -> done.size() == 20);
    await().atMost(PATIENCE).until(() -> before.assignment().failed());
    assertThat(members()).containsExactly("node-1");
    send(20, 40);
    await().atMost(PATIENCE).until(() -> done.size() == 40);
    assertThat(done).containsExactlyElementsOf(numbers(0, 40));
  }

  @Test
  void aNodeWithANameThatCloses_isMissedByNobody() throws Exception {
    KafkaBatchLoop stays = start("node-1", batch -> Future.succeededFuture(note(batch)));
    KafkaBatchLoop goes = start("node-2", batch -> Future.succeededFuture(note(batch)));
    await().atMost(PATIENCE).until(() -> get(stays.assignment()).size() == 2);
    await().atMost(PATIENCE).until(() -> get(goes.assignment()).size() == 2);
    get(goes.close());
    assertThat(members()).containsExactly("node-1");
    await().atMost(PATIENCE).until(() -> get(stays.assignment()).size() == 4);
  }

  private List<String> members() throws Exception {
    String group = "group-of-" + topic;
    try (Admin admin = RealServers.admin()) {
      return admin
          .describeConsumerGroups(List.of(group))
          .all()
          .get(30, TimeUnit.SECONDS)
          .get(group)
          .members()
          .stream()
          .map(member -> member.groupInstanceId().orElse("nobody"))
          .toList();
    }
  }

  private KafkaBatchLoop start(KafkaBatchLoop.Effect effect) throws Exception {
    return start("", effect);
  }

  private KafkaBatchLoop start(String node, KafkaBatchLoop.Effect effect) throws Exception {
    KafkaSettings settings = new KafkaSettings(RealServers.kafka().bootstrapServers(), node);
    KafkaBatchLoop loop =
        KafkaBatchLoop.create(vertx, settings, "group-of-" + topic, Set.of(topic), AT_MOST, effect);
    loops.add(loop);
    get(loop.start());
    return loop;
  }

  private void send(int from, int until) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = from; i < until; i++) {
      sent.add(producer.send(
          KafkaProducerRecord.create(topic, "one athlete", Integer.toString(i).getBytes(UTF_8))));
    }
    get(Future.all(sent));
  }

  private Void note(ConsumerRecords<String, byte[]> batch) {
    done.addAll(values(batch));
    return null;
  }

  private static List<String> values(ConsumerRecords<String, byte[]> batch) {
    List<String> values = new ArrayList<>();
    batch.forEach(record -> values.add(new String(record.value(), UTF_8)));
    return values;
  }

  private static List<String> numbers(int from, int until) {
    return IntStream.range(from, until).mapToObj(Integer::toString).toList();
  }
}
