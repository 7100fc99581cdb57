package io.pacewire.launcher;

import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.TopicPartition;

/** What the broker knows of those who consume telemetry. */
final class TrainingGroup implements AutoCloseable {
  private static final String GROUP = "training";
  private static final long ANSWERED_WITHIN_S = 20;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Admin admin;
  private final Duration patience;

  /** @param patience with everything that is waited for */
  TrainingGroup(String brokers, Duration patience) {
    this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
    this.patience = patience;
  }

  /** Returns when so many share the partitions. */
  void untilReadBy(int members) {
    await().atMost(patience).pollInterval(LOOK).until(() -> {
      ConsumerGroupDescription now = describe();
      return now.members().size() == members && now.state() == ConsumerGroupState.STABLE;
    });
  }

  /** Returns when on every partition something more was consumed. */
  void untilGoneOnEverywhere() throws Exception {
    Map<TopicPartition, Long> before = committed();
    await().atMost(patience).pollInterval(LOOK).until(() -> {
      Map<TopicPartition, Long> now = committed();
      return before.entrySet().stream().allMatch(one -> now.get(one.getKey()) > one.getValue());
    });
  }

  /**
   * Returns when everything was consumed that is on the topics now. How long that takes is up to the machine; what
   * is waited for with patience is the next step.
   */
  void untilConsumed() throws Exception {
    Map<TopicPartition, Long> ends = ends();
    Map<TopicPartition, Long> now = committed();
    while (!reaches(now, ends)) {
      Map<TopicPartition, Long> before = now;
      now = await()
          .atMost(patience)
          .pollInterval(LOOK)
          .until(this::committed, later -> !later.equals(before));
    }
  }

  private static boolean reaches(Map<TopicPartition, Long> now, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(one -> now.get(one.getKey()) >= one.getValue());
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    committed().keySet().forEach(one -> asked.put(one, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get(ANSWERED_WITHIN_S, TimeUnit.SECONDS)
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> committed() throws Exception {
    Map<TopicPartition, Long> committed = new HashMap<>();
    admin
        .describeTopics(List.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL))
        .allTopicNames()
        .get(ANSWERED_WITHIN_S, TimeUnit.SECONDS)
        .forEach((topic, described) -> described
            .partitions()
            .forEach(one -> committed.put(new TopicPartition(topic, one.partition()), 0L)));
    admin
        .listConsumerGroupOffsets(GROUP)
        .partitionsToOffsetAndMetadata()
        .get(ANSWERED_WITHIN_S, TimeUnit.SECONDS)
        .forEach((partition, offset) -> committed.put(partition, offset.offset()));
    return committed;
  }

  private ConsumerGroupDescription describe() throws Exception {
    return admin
        .describeConsumerGroups(List.of(GROUP))
        .all()
        .get(ANSWERED_WITHIN_S, TimeUnit.SECONDS)
        .get(GROUP);
  }

  @Override
  public void close() {
    admin.close();
  }
}
