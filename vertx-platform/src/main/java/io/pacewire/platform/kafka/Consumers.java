package io.pacewire.platform.kafka;

import static java.util.Map.entry;

import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers of a group, as {@link KafkaBatchLoop} reads with them. */
final class Consumers {
  private Consumers() {}

  /** @param begun hears, on the consumer's thread, from where partitions are read that became its own */
  static KafkaReadStream<String, byte[]> create(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      int maxRecords,
      DoneOffsets done,
      Consumer<Map<TopicPartition, Long>> begun) {
    Map<String, Object> config = new HashMap<>(Map.ofEntries(
        entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
        entry(ConsumerConfig.GROUP_ID_CONFIG, group),
        entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName()),
        entry(
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
        entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
        entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        // The same partitions of both lanes belong to one consumer.
        entry(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            "org.apache.kafka.clients.consumer.RangeAssignor"),
        entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(maxRecords)),
        entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100"),
        // Whatever asks the broker and waits keeps this consumer from polling, and so the whole
        // group from sharing the partitions anew.
        entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000"),
        entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000"),
        entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1500"),
        entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000"),
        entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")));
    if (!settings.node().isEmpty()) {
      config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.node());
    }
    return KafkaReadStream.create(vertx, new GroupConsumer(config, done, begun));
  }
}
