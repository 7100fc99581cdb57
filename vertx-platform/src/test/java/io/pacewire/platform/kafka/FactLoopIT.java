package io.pacewire.platform.kafka;

import static io.pacewire.platform.stack.Await.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.events.AccountRegistered;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.stack.Consumed;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
class FactLoopIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final UUID ATHLETE = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  private final Vertx vertx = Vertx.vertx();
  private final List<String> names = new CopyOnWriteArrayList<>();
  private String topic;
  private EventPublisher publisher;
  private FactLoop loop;

  @BeforeEach
  void open() throws Exception {
    topic = "facts." + NUMBER.incrementAndGet();
    RealServers.createTopic(topic);
    publisher = EventPublisher.create(vertx, RealServers.kafka(), "test");
  }

  @AfterEach
  void close() throws Exception {
    get(loop.close());
    get(publisher.close());
    get(vertx.close());
  }

  @Test
  void whatIsNoFact_isSetAside_andWhatIsUnknown_isPassedOver() throws Exception {
    publish("account.registered", "{\"athleteId\":7}");
    publish("account.dreamt", "{}");
    publish("account.registered", "not json");
    publish(account("Maria"));
    start(fact -> note(fact));
    await().atMost(Duration.ofSeconds(60)).until(() -> names.contains("Maria"));
    List<ConsumerRecord<String, byte[]>> dead =
        Consumed.from(topic + ".dead", found -> found.size() >= 2);
    assertThat(dead).hasSize(2);
    assertThat(dead.get(0).key()).isEqualTo(ATHLETE.toString());
    assertThat(new String(dead.get(0).value(), UTF_8)).isEqualTo("{\"athleteId\":7}");
    assertThat(RecordHeaders.text(dead.get(0), "ce_type")).isEqualTo("account.registered");
    assertThat(RecordHeaders.text(dead.get(0), "reason"))
        .isEqualTo("no AccountRegistered: athleteId is malformed");
    assertThat(RecordHeaders.text(dead.get(1), "reason")).startsWith("no AccountRegistered");
    assertThat(names).containsExactly("Maria");
  }

  @Test
  void aFactThatNoTryMends_isSetAside_butABaseThatIsAway_isWaitedFor() throws Exception {
    AtomicInteger away = new AtomicInteger();
    publish(account("Anna"));
    publish(account("Poison"));
    publish(account("Bert"));
    start(fact -> {
      String name = ((AccountRegistered) fact).displayName();
      if (name.equals("Poison")) {
        throw new ArithmeticException("a defect of ours");
      }
      return name.equals("Bert") && away.incrementAndGet() <= 5
          ? Future.failedFuture(new java.net.ConnectException("away"))
          : note(fact);
    });
    await().atMost(Duration.ofSeconds(60)).until(() -> names.contains("Bert"));
    assertThat(away.get()).isEqualTo(6);
    List<ConsumerRecord<String, byte[]>> dead =
        Consumed.from(topic + ".dead", found -> !found.isEmpty());
    assertThat(dead).hasSize(1);
    assertThat(RecordHeaders.text(dead.get(0), "reason"))
        .isEqualTo("not handled: ArithmeticException");
    assertThat(names.stream().distinct()).containsExactly("Anna", "Bert");
  }

  private void start(FactLoop.Handler handler) throws Exception {
    loop = FactLoop.create(vertx, RealServers.kafka(), "group-of-" + topic, Set.of(topic), handler);
    get(loop.start());
  }

  private Future<Void> note(Record fact) {
    names.add(((AccountRegistered) fact).displayName());
    return Future.succeededFuture();
  }

  private void publish(AccountRegistered fact) throws Exception {
    get(publisher.publish(
        EventEnvelope.of(topic, ATHLETE, "account/" + fact.displayName(), 1, fact)));
  }

  private void publish(String type, String json) throws Exception {
    get(publisher.publish(new EventEnvelope(
        UUID.randomUUID(), type, "/test", 1, topic, ATHLETE.toString(), json.getBytes(UTF_8))));
  }

  private static AccountRegistered account(String name) {
    return new AccountRegistered(ATHLETE, name, "UTC", "en", 1);
  }
}
