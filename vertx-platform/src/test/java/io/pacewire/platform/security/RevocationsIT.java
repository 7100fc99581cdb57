package io.pacewire.platform.security;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccessRevoked;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationsIT {
  private static final Duration PROMISED = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> cut = new CopyOnWriteArrayList<>();
  private EventPublisher publisher;

  @BeforeAll
  void open() throws Exception {
    Revocations early = Revocations.create(vertx, RealServers.kafka());
    get(early.start()); // a topic that is not there holds up nobody
    get(early.close());
    RealServers.createTopic(EventTopics.REVOCATIONS);
    publisher = EventPublisher.create(vertx, RealServers.kafka(), "identity");
  }

  @AfterAll
  void close() throws Exception {
    get(publisher.close().eventually(vertx::close));
  }

  @Test
  void everyNode_cutsOffWithinFiveSeconds_andOneThatStartsLater_knows() throws Exception {
    UUID device = UUID.randomUUID();
    Revocations one = started();
    Revocations other = started();
    Revocations.Watch unused = one.watch(device, 1, () -> cut.add("one"));
    Revocations.Watch unusedToo = other.watch(device, 1, () -> cut.add("other"));
    revoke(device);
    Awaitility.await().atMost(PROMISED).until(() -> cut.size() == 2);
    assertThat(cut).containsExactlyInAnyOrder("one", "other");

    Revocations later = started();
    assertThat(later.covers(device, 1)).as("known when start() completes").isTrue();
    for (Revocations each : List.of(one, other, later)) {
      get(each.close());
    }
  }

  @Test
  void manyOnAllPartitions_areKnownWhenStarted() throws Exception {
    List<UUID> devices =
        IntStream.range(0, 300).mapToObj(i -> UUID.randomUUID()).toList();
    for (UUID device : devices) {
      revoke(device);
    }
    Revocations later = started();
    assertThat(devices).allMatch(device -> later.covers(device, 1));
    get(later.close());
  }

  @Test
  void aBrokerThatIsKilled_isReadOnWhenItIsBack() throws Exception {
    UUID device = UUID.randomUUID();
    Revocations node = started();
    Revocations.Watch unused = node.watch(device, 1, () -> cut.add("after the kill"));
    RealServers.killKafka();
    revoke(device);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cut.contains("after the kill"));
    get(node.close());
  }

  @Test
  void aBrokerThatIsAway_isWaitedFor() throws Exception {
    Revocations waiting = Revocations.create(vertx, new KafkaSettings("127.0.0.1:1"));
    assertThat(waiting.start().isComplete()).isFalse();
    get(waiting.close());
  }

  private Revocations started() throws Exception {
    Revocations revocations = Revocations.create(vertx, RealServers.kafka());
    get(revocations.start());
    return revocations;
  }

  private void revoke(UUID device) throws Exception {
    long now = System.currentTimeMillis();
    get(publisher.publish(EventEnvelope.of(
        EventTopics.REVOCATIONS,
        device,
        "access/device/" + device + "/revoked-" + now,
        now,
        new AccessRevoked(device, "device", now))));
  }
}
