package io.pacewire.platform.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a topic holds, read from its beginning by an observer of no group. */
public final class Consumed {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Consumed() {}

  /** Everything up to the moment at which {@code enough} holds, half a minute at most. */
  public static List<ConsumerRecord<String, byte[]>> from(
      String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", RealServers.kafka().bootstrapServers()),
        new StringDeserializer(),
        new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(one -> new TopicPartition(topic, one.partition()))
          .collect(Collectors.toCollection(HashSet::new));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long untilNs = System.nanoTime() + PATIENCE.toNanos();
      while (!enough.test(found) && System.nanoTime() < untilNs) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      consumer.poll(Duration.ofMillis(300)).forEach(found::add); // what should not be there
    }
    return found;
  }
}
