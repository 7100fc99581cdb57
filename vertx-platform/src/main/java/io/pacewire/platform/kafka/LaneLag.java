package io.pacewire.platform.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How long what has not been taken of some partitions waits. What came a moment ago waits as well, and
 * says nothing: only what was there a while ago and still is shows that a consumer is behind. Pure but
 * for its state; not thread-safe.
 */
final class LaneLag {
  /** Ends are remembered so many times within the bound. */
  private static final int SEEN_EACH = 16;

  private final long atMostNanos;
  private final Map<TopicPartition, Deque<Seen>> seen = new HashMap<>();

  private record Seen(long nanos, long end) {}

  /** @param atMostNanos positive: so long may something wait */
  LaneLag(long atMostNanos) {
    this.atMostNanos = atMostNanos;
  }

  /**
   * Whether anything waits longer than it may, or, where that was so, longer than half of that. What
   * waits when a partition is seen for the first time may have done so for ever.
   *
   * @param ends of the partitions there are
   * @param positions of the next record of each that is to be taken
   * @param was what this said last
   */
  boolean isTooLong(
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> positions,
      long nowNanos,
      boolean was) {
    seen.keySet().retainAll(ends.keySet());
    long atMost = was ? atMostNanos / 2 : atMostNanos;
    boolean tooLong = false;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long position = positions.getOrDefault(end.getKey(), end.getValue());
      Deque<Seen> ours = seen.get(end.getKey());
      if (ours == null) {
        ours = new ArrayDeque<>();
        ours.add(new Seen(nowNanos - atMostNanos - 1, end.getValue()));
        seen.put(end.getKey(), ours);
      }
      look(ours, end.getValue(), nowNanos);
      tooLong |= waitedNanos(ours, position, nowNanos) > atMost;
    }
    return tooLong;
  }

  /** Of what is long overdue one is enough to tell, so that a consumer that stands fills no memory. */
  private void look(Deque<Seen> ours, long end, long nowNanos) {
    if (end < ours.getLast().end) { // a broker that lost records
      ours.clear();
    }
    Seen last = ours.peekLast();
    if (last == null || (end > last.end && nowNanos - last.nanos >= atMostNanos / SEEN_EACH)) {
      ours.add(new Seen(nowNanos, end));
    }
    boolean overdue = true;
    while (overdue && ours.size() > 1) {
      Seen first = ours.removeFirst();
      overdue = nowNanos - ours.getFirst().nanos > atMostNanos;
      if (!overdue) {
        ours.addFirst(first);
      }
    }
  }

  /** Of the oldest end that is not reached. Forgets what is reached, but for the last that was seen. */
  private static long waitedNanos(Deque<Seen> ours, long position, long nowNanos) {
    while (ours.size() > 1 && ours.getFirst().end <= position) {
      ours.removeFirst();
    }
    Seen oldest = ours.getFirst();
    return oldest.end <= position ? 0 : nowNanos - oldest.nanos;
  }
}
