package io.pacewire.platform.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds back what a poll brought of the second lane, and adds little of it to each batch of the first:
 * a consumer hands over what it fetched of one partition before anything of the next, so that a backlog
 * would fill whole polls while live records wait for their end. Order within a partition stays, and nothing is
 * left out, not even of partitions that are somebody else's by now: what was read behind it may be done before
 * that is known, and the offset that is committed then says that all before it is done, too. Pure but for its
 * state; thread-safe.
 */
final class LaneSlices {
  /** A long record of the second lane is as much work as so many short ones as it has of these. */
  static final int SHORT_BYTES = 1_024;

  /** Short records of the second lane that a batch may have however few it has of the first. */
  static final int BESIDE = 16;

  /** Where it has more, one for so many of the first. */
  static final int FIRST_FOR_ONE = 8;

  /** In a batch without any of the first, while that flows. */
  static final int BETWEEN = 64;

  private static final long FLOWING_NANOS = 1_000_000_000;

  /** Where what is done takes so much longer than it might, the first lane, which waits meanwhile, is in a hurry. */
  static final long HURRY_NANOS = 30_000_000;

  /** However long the hurry lasts, what was read of the second lane has a short slice that often; more is read when that is all done while the brake holds. */
  private static final long STARVED_NANOS = 1_000_000_000;

  private final LaneWait wait = new LaneWait();
  private final String second;
  private final int most;
  private final Queue<ConsumerRecord<String, byte[]>> held = new ArrayDeque<>();
  private int heldWeight;
  private boolean isSlow;
  private boolean isLagging;
  private boolean heard;
  private long heardNanos;
  private long slicedNanos;

  /** @param most records of a batch while nothing of the first lane flows */
  LaneSlices(String second, int most) {
    this.second = second;
    this.most = most;
  }

  synchronized boolean isEmpty() {
    return held.isEmpty();
  }

  /** So much is held that no more should be read. */
  synchronized boolean isFull() {
    return heldWeight >= BETWEEN;
  }

  /** Of which partitions something is held back. */
  synchronized Set<TopicPartition> partitions() {
    Map<TopicPartition, Boolean> found = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : held) {
      found.put(partition(record), true);
    }
    return Set.copyOf(found.keySet());
  }

  /** What to do now: all of the first lane, and a slice of what was held and what came of the second. */
  synchronized ConsumerRecords<String, byte[]> next(
      ConsumerRecords<String, byte[]> polled, long nowNanos) {
    Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> batch = new LinkedHashMap<>();
    int first = 0;
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<String, byte[]>> records = polled.records(partition);
      if (partition.topic().equals(second)) {
        held.addAll(records);
        records.forEach(record -> heldWeight += weight(record));
      } else {
        batch.put(partition, records);
        first += records.size();
      }
    }
    boolean isHurried = isLagging;
    if (first > 0) {
      heard = true;
      heardNanos = nowNanos;
      isHurried |= isSlow || (polled.count() >= most && first >= most / 2); // more waits behind it
    }
    if (isLagging || (heard && nowNanos - heardNanos < FLOWING_NANOS)) {
      for (int weight = slice(first, isHurried, nowNanos); weight > 0 && !held.isEmpty(); ) {
        weight -= move(batch);
        slicedNanos = nowNanos;
      }
    } else {
      for (int weight = most; weight > 0 && !held.isEmpty(); ) {
        weight -= move(batch);
      }
    }
    return new ConsumerRecords<>(batch);
  }

  /** What was given last is done. */
  synchronized void took(long tookNanos, long nowNanos) {
    isSlow = wait.beyondLeastNanos(tookNanos, nowNanos) > HURRY_NANOS;
  }

  /** Whether more of the first lane waits than may, read or not. */
  synchronized void lag(boolean isLagging) {
    this.isLagging = isLagging;
  }

  private int slice(int first, boolean isHurried, long nowNanos) {
    if (isHurried) {
      return nowNanos - slicedNanos < STARVED_NANOS ? 0 : BESIDE;
    }
    return first > 0 ? Math.max(BESIDE, first / FIRST_FOR_ONE) : BETWEEN;
  }

  private int move(Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> batch) {
    ConsumerRecord<String, byte[]> record = held.remove();
    batch.computeIfAbsent(partition(record), made -> new ArrayList<>()).add(record);
    int weight = weight(record);
    heldWeight -= weight;
    return weight;
  }

  /** What is empty only says how late it is. */
  private static int weight(ConsumerRecord<String, byte[]> record) {
    int bytes = record.value() == null ? 0 : record.value().length;
    return bytes == 0 ? 0 : 1 + bytes / SHORT_BYTES;
  }

  private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
