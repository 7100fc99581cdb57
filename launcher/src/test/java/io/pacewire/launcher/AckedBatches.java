package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.EventTopics;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.BatchHeader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What devices were told is durable, to be held against what Kafka has. Thread-safe. */
final class AckedBatches {
  private final Map<Place, Long> hashes = new ConcurrentHashMap<>();

  private record Place(UUID session, int writer, int seq) {}

  void add(byte[] batch) {
    BatchHeader header = BatchCodec.decodeHeader(batch, 0, batch.length);
    hashes.put(place(header), header.bodyHash());
  }

  int size() {
    return hashes.size();
  }

  /** Every one that was acknowledged lies on a topic, with the very content. */
  void assertAllIn(String brokers) {
    Map<Place, Set<Long>> stored = new HashMap<>();
    for (String topic : List.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL)) {
      read(brokers, topic, stored);
    }
    List<Place> lost = hashes.entrySet().stream()
        .filter(one -> !stored.getOrDefault(one.getKey(), Set.of()).contains(one.getValue()))
        .map(Map.Entry::getKey)
        .toList();
    assertThat(lost).as("acknowledged and lost, of " + hashes.size()).isEmpty();
  }

  private static void read(String brokers, String topic, Map<Place, Set<Long>> stored) {
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", brokers),
        new StringDeserializer(),
        new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(one -> new TopicPartition(topic, one.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key() != null) { // else a beat of the time
            BatchHeader header = BatchCodec.decodeHeader(record.value(), 0, record.value().length);
            stored.computeIfAbsent(place(header), place -> new HashSet<>()).add(header.bodyHash());
          }
        }
      }
    }
  }

  private static Place place(BatchHeader header) {
    return new Place(header.sessionId(), header.writer(), header.seq());
  }
}
