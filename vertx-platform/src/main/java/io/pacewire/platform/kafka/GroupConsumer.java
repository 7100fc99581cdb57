package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Tells the group what is done before it gives partitions back: who has them next, and be it this
 * consumer again, goes on where it was. Here, since Vert.x tells of it when they are gone already.
 */
final class GroupConsumer extends KafkaConsumer<String, byte[]> {
  private static final System.Logger LOG = System.getLogger(GroupConsumer.class.getName());
  private static final Duration WITHIN = Duration.ofSeconds(3);

  private final DoneOffsets done;
  private final Consumer<Map<TopicPartition, Long>> begun;

  /** @param begun hears, on the consumer's thread, what is read next of partitions that became its own */
  GroupConsumer(
      Map<String, Object> config, DoneOffsets done, Consumer<Map<TopicPartition, Long>> begun) {
    super(config);
    this.done = done;
    this.begun = begun;
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        tell(revoked);
        listener.onPartitionsRevoked(revoked);
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> lost) {
        done.forget(lost);
        listener.onPartitionsLost(lost);
      }

      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        done.own(assigned);
        begun.accept(positions(assigned));
        listener.onPartitionsAssigned(assigned);
      }
    });
  }

  /** Asked for behind a poll, in which partitions may have been given back. */
  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    super.commitSync(done.owned(offsets));
  }

  /** Asked for once more by what reads them, which has the answer then. */
  private Map<TopicPartition, Long> positions(Collection<TopicPartition> assigned) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    try {
      for (TopicPartition partition : assigned) {
        positions.put(partition, position(partition, WITHIN));
      }
    } catch (WakeupException | InterruptException e) {
      throw e; // somebody closes it
    } catch (KafkaException e) {
      LOG.log(DEBUG, "begins where its first records show: {0}", e.getMessage());
    }
    return positions;
  }

  private void tell(Collection<TopicPartition> revoked) {
    Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(done.untold());
    last.keySet().retainAll(revoked);
    done.forget(revoked);
    if (last.isEmpty()) {
      return;
    }
    try {
      commitSync(last, WITHIN);
    } catch (KafkaException e) {
      LOG.log(WARNING, "done again by whoever comes next: {0}", e.getMessage());
    }
  }
}
