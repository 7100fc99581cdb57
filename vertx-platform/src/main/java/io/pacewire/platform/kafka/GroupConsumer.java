package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/**
 * Tells the group what is done before it gives partitions back: who has them next, and be it this
 * consumer again, goes on where it was. Here, since Vert.x tells of it when they are gone already.
 */
final class GroupConsumer extends KafkaConsumer<String, byte[]> {
  private static final System.Logger LOG = System.getLogger(GroupConsumer.class.getName());
  private static final Duration WITHIN = Duration.ofSeconds(3);

  private final Map<String, Object> config;
  private final DoneOffsets done;
  private boolean fenced;

  GroupConsumer(Map<String, Object> config, DoneOffsets done) {
    super(config);
    this.config = Map.copyOf(config);
    this.done = done;
  }

  @Override
  public ConsumerRecords<String, byte[]> poll(Duration timeout) {
    try {
      return super.poll(timeout);
    } catch (FencedInstanceIdException e) {
      fenced = true;
      throw e;
    }
  }

  /**
   * Who has a name keeps its partitions until it is missed, and so has it again at once if it was
   * killed. Who goes of its own accord must say so.
   */
  @Override
  public void close() {
    super.close();
    Object name = config.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    if (name != null && !fenced) { // else somebody else has the name now
      leave(name.toString());
    }
  }

  private void leave(String name) {
    String group = String.valueOf(config.get(ConsumerConfig.GROUP_ID_CONFIG));
    Map<String, Object> brokers = Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        String.valueOf(config.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)),
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        (int) WITHIN.toMillis(),
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) WITHIN.toMillis());
    try (Admin admin = Admin.create(brokers)) {
      Void unused = admin
          .removeMembersFromConsumerGroup(
              group, new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(name))))
          .all()
          .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.log(INFO, "{0} is missed by its group {1} in some seconds", name, group);
    }
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
        listener.onPartitionsAssigned(assigned);
      }
    });
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
