package io.pacewire.platform.pg;

import static io.pacewire.platform.stack.Await.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.RecordHeaders;
import io.pacewire.platform.stack.Consumed;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
class OutboxRelayIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Vertx vertx = Vertx.vertx();
  private final List<OutboxRelay> relays = new ArrayList<>();
  private String topic;
  private Pool pool;

  @BeforeEach
  void open() throws Exception {
    String name = "outbox_" + NUMBER.incrementAndGet();
    topic = name + ".v1";
    RealServers.createTopic(topic);
    PgSettings settings = RealServers.schema(name);
    get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
  }

  @AfterEach
  void close() throws Exception {
    for (OutboxRelay relay : relays) {
      get(relay.close());
    }
    get(vertx.close());
  }

  @Test
  void facts_areToldInOrder_asCloudEvents_andForgotten() throws Exception {
    for (int i = 0; i < 5; i++) {
      commit("anna", i);
    }
    startRelay();
    List<ConsumerRecord<String, byte[]>> told = told(5);
    assertThat(values(told)).containsExactly("0", "1", "2", "3", "4");
    ConsumerRecord<String, byte[]> first = told.get(0);
    assertThat(first.key()).isEqualTo("anna");
    assertThat(RecordHeaders.text(first, "ce_specversion")).isEqualTo("1.0");
    assertThat(RecordHeaders.text(first, "ce_type")).isEqualTo("test.told");
    assertThat(RecordHeaders.text(first, "ce_time")).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(RecordHeaders.text(first, "content-type")).isEqualTo("application/json");
    await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
  }

  @Test
  void aTransactionThatCommitsLate_isNeitherOvertakenNorSkipped() throws Exception {
    SqlConnection late = get(pool.getConnection());
    Transaction open = get(late.begin());
    get(Outbox.add(late, fact("anna", 1)));
    commit("anna", 2);
    commit("bert", 3);
    startRelay();
    await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(4)).until(() -> waiting() == 2);
    get(open.commit());
    get(late.close());
    Map<String, List<String>> told = byKey(told(3));
    assertThat(told.get("anna")).containsExactly("1", "2");
    assertThat(told.get("bert")).containsExactly("3");
  }

  @Test
  void manyWritersAndTwoRelays_tellEachFactOnce_inTheOrderOfItsAthlete() throws Exception {
    int writers = 6;
    int each = 40;
    startRelay();
    startRelay();
    List<Future<Void>> writing = IntStream.range(0, writers)
        .mapToObj(writer -> write("athlete-" + writer, 0, each))
        .toList();
    get(Future.all(writing));
    Map<String, List<String>> told = byKey(told(writers * each));
    List<String> inOrder = IntStream.range(0, each).mapToObj(Integer::toString).toList();
    assertThat(told)
        .hasSize(writers)
        .allSatisfy((key, values) -> assertThat(values).isEqualTo(inOrder));
    await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
  }

  @Test
  void aRelayThatIsFrozen_holdsTheOthersUpForABoundedTime() throws Exception {
    SqlConnection frozen = get(pool.getConnection());
    assertThat(get(frozen.query(OutboxRelay.lock(6_000)).execute())
            .iterator()
            .next()
            .getBoolean("mine"))
        .isTrue();
    startRelay();
    commit("anna", 1);
    await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(4)).until(() -> waiting() == 1);
    assertThat(values(told(1))).containsExactly("1");
  }

  @Test
  void aNudge_tellsAtOnce_alsoDuringATurn() throws Exception {
    OutboxRelay relay = startRelay();
    for (int i = 0; i < 50; i++) {
      commit("anna", i);
      relay.nudge();
    }
    assertThat(values(told(50))).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void whileKafkaIsAway_factsWait_andNoneIsSkipped() throws Exception {
    startRelay();
    commit("anna", 0);
    assertThat(values(told(1))).containsExactly("0");
    RealServers.killKafka();
    for (int i = 1; i <= 20; i++) {
      commit("anna", i);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
    List<String> told = values(told(21));
    assertThat(told.stream().distinct())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, 20).mapToObj(Integer::toString).toList());
    assertThat(told).endsWith("20");
  }

  private OutboxRelay startRelay() {
    OutboxRelay relay =
        new OutboxRelay(vertx, pool, EventPublisher.create(vertx, RealServers.kafka(), "relay"));
    relays.add(relay);
    relay.start();
    return relay;
  }

  /** One transaction a fact, some of them slow to commit. */
  private Future<Void> write(String key, int from, int until) {
    if (from == until) {
      return Future.succeededFuture();
    }
    double slowS = (from * 7 + key.hashCode()) % 5 == 0 ? 0.02 : 0;
    return pool.withTransaction(tx -> Outbox.add(tx, fact(key, from))
            .compose(added -> tx.preparedQuery("SELECT pg_sleep($1)").execute(Tuple.of(slowS))))
        .compose(done -> write(key, from + 1, until));
  }

  private void commit(String key, int value) throws Exception {
    get(pool.withTransaction(tx -> Outbox.add(tx, fact(key, value))));
  }

  private EventEnvelope fact(String key, int value) {
    return new EventEnvelope(
        UUID.randomUUID(),
        "test.told",
        "/test",
        1_000,
        topic,
        key,
        Integer.toString(value).getBytes(UTF_8));
  }

  private long waiting() throws Exception {
    return get(pool.query("SELECT count(*) AS n FROM outbox").execute())
        .iterator()
        .next()
        .getLong("n");
  }

  private List<ConsumerRecord<String, byte[]>> told(int atLeast) {
    return Consumed.from(topic, found -> found.size() >= atLeast);
  }

  private static List<String> values(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private static Map<String, List<String>> byKey(List<ConsumerRecord<String, byte[]>> records) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      found
          .computeIfAbsent(record.key(), created -> new ArrayList<>())
          .add(new String(record.value(), UTF_8));
    }
    return found;
  }
}
