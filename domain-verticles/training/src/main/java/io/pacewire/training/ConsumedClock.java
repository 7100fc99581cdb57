package io.pacewire.training;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the time has been consumed: what ingest received before is stored. Ingest beats the time on
 * every partition, so it goes on where nobody trains, and stands still while ingest, Kafka or we do.
 * When it goes on again it has jumped: nobody could send meanwhile, so what anybody waited for before
 * does not count.
 */
final class ConsumedClock {
  /** Ingest beats six times in this; a longer silence is its own and not the athletes'. */
  static final long STILL_AFTER_MS = 60_000;

  private final Map<TopicPartition, Heard> partitions = new HashMap<>();

  /** @param sinceMs when the time began to go, without standing still since */
  private record Heard(long atMs, long sinceMs) {
    Heard and(long nextMs) {
      return nextMs > atMs + STILL_AFTER_MS
          ? new Heard(nextMs, nextMs)
          : new Heard(Math.max(atMs, nextMs), sinceMs);
    }
  }

  /** Everything of this partition up to this time is stored. */
  void consumed(TopicPartition partition, long atMs) {
    partitions.compute(
        partition, (same, heard) -> heard == null ? new Heard(atMs, atMs) : heard.and(atMs));
  }

  /** The time of the partition that is furthest ahead; 0 before any has shown one. */
  long latestMs() {
    return partitions.values().stream().mapToLong(Heard::atMs).max().orElse(0);
  }

  /** The time of the partition that is furthest behind; empty until each has shown one. */
  OptionalLong now(Set<TopicPartition> assigned) {
    partitions.keySet().retainAll(assigned);
    return partitions.size() < assigned.size()
        ? OptionalLong.empty()
        : partitions.values().stream().mapToLong(Heard::atMs).min();
  }

  /**
   * Since when the time has gone on everywhere; as far as is known here, so a consumer that begins has
   * heard of nothing before.
   */
  long goingSinceMs() {
    return partitions.values().stream().mapToLong(Heard::sinceMs).max().orElse(Long.MAX_VALUE);
  }
}
