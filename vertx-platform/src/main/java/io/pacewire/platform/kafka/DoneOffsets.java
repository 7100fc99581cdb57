package io.pacewire.platform.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer's partitions are done, as long as the group has not been told. Thread-safe. */
final class DoneOffsets {
  private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
  private final Set<TopicPartition> owned = new HashSet<>();

  /** Without what was given back since they were copied. */
  synchronized Map<TopicPartition, OffsetAndMetadata> owned(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> ours = new HashMap<>(offsets);
    ours.keySet().retainAll(owned);
    return ours;
  }

  synchronized void own(Collection<TopicPartition> partitions) {
    owned.addAll(partitions);
  }

  /** What is done of a partition that is somebody else's by now is done too late to be told. */
  synchronized void done(ConsumerRecords<String, byte[]> batch) {
    for (TopicPartition partition : batch.partitions()) {
      if (!owned.contains(partition)) {
        continue;
      }
      List<ConsumerRecord<String, byte[]>> records = batch.records(partition);
      long last = records.get(records.size() - 1).offset();
      untold.put(partition, new OffsetAndMetadata(last + 1));
    }
  }

  synchronized boolean isEmpty() {
    return untold.isEmpty();
  }

  /** Stays here until it is {@link #told}. */
  synchronized Map<TopicPartition, OffsetAndMetadata> untold() {
    return Map.copyOf(untold);
  }

  /** But for what was done since. */
  synchronized void told(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(untold::remove);
  }

  /** Of partitions that are somebody else's an older offset must not be said after theirs. */
  synchronized void forget(Collection<TopicPartition> partitions) {
    owned.removeAll(partitions);
    untold.keySet().removeAll(partitions);
  }

  synchronized void forgetAll() {
    untold.clear();
  }
}
