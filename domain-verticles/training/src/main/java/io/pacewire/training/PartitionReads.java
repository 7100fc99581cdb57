package io.pacewire.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells whether somebody else may have gone on with a partition's sessions since they were last read
 * here: then what memory holds of them is of the past. Known by the offsets, which a consumer that
 * slept can trust more than what its group tells it. Used from one event loop.
 */
final class PartitionReads {
  private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
  private final Map<Integer, Integer> terms = new HashMap<>();

  /**
   * Notes from where partitions are read that became this consumer's. So the first record of one lane,
   * which may come long after that of the other, begins no term behind which all is read once more.
   */
  void begin(Map<TopicPartition, Long> offsets) {
    offsets.forEach((partition, offset) -> {
      if (!offset.equals(nextOffsets.put(partition, offset))) {
        terms.merge(partition.partition(), 1, Integer::sum);
      }
    });
  }

  /** Notes what a poll brought; to be called before anything is done with it. */
  void read(ConsumerRecords<?, ?> batch) {
    for (TopicPartition partition : batch.partitions()) {
      List<? extends ConsumerRecord<?, ?>> records = batch.records(partition);
      Long expected = nextOffsets.get(partition);
      boolean follows = expected != null;
      long next = follows ? expected : 0;
      for (ConsumerRecord<?, ?> record :
          records) { // the last of before it was lost may be among them
        follows &= record.offset() == next;
        next = record.offset() + 1;
      }
      nextOffsets.put(partition, next);
      if (!follows) {
        terms.merge(partition.partition(), 1, Integer::sum);
      }
    }
  }

  /**
   * Of both lanes' partitions of this number: another one than before where what was read from either
   * does not follow on what was read before.
   */
  int term(int partition) {
    return terms.getOrDefault(partition, 0);
  }
}
