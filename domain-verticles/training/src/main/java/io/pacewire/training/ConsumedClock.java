package io.pacewire.training;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the time has been consumed: what ingest received before is stored. Ingest beats the time on
 * every partition, so it goes on where nobody trains, and stands still while ingest, Kafka or we do.
 */
final class ConsumedClock {
  private final Map<TopicPartition, Long> receivedAtMs = new HashMap<>();

  /** Everything of this partition up to this time is stored. */
  void consumed(TopicPartition partition, long atMs) {
    receivedAtMs.merge(partition, atMs, Math::max);
  }

  /** The time of the partition that is furthest behind; empty until each has shown one. */
  OptionalLong now(Set<TopicPartition> assigned) {
    receivedAtMs.keySet().retainAll(assigned);
    return receivedAtMs.size() < assigned.size()
        ? OptionalLong.empty()
        : receivedAtMs.values().stream().mapToLong(Long::longValue).min();
  }
}
