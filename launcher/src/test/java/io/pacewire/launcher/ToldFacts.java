package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What {@code training.v1} says of each training, in its order; what was said again counts once. */
final class ToldFacts {
  private final Map<UUID, Map<String, Fact>> byTraining = new HashMap<>();
  private int repeated;

  /** @param revision 0 where the fact has none */
  record Fact(String id, String type, int revision, JsonObject body) {}

  static ToldFacts read(String brokers) {
    ToldFacts told = new ToldFacts();
    all(brokers, EventTopics.TRAINING).forEach(told::add);
    return told;
  }

  /** Every record of a topic, partition by partition. */
  static List<ConsumerRecord<String, byte[]>> all(String brokers, String topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
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
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private void add(ConsumerRecord<String, byte[]> record) {
    JsonObject body = new JsonObject(Buffer.buffer(record.value()));
    Fact fact = new Fact(
        header(record, "ce_id"), header(record, "ce_type"), body.getInteger("revision", 0), body);
    UUID training = UUID.fromString(body.getString("trainingId"));
    Fact before = byTraining
        .computeIfAbsent(training, first -> new LinkedHashMap<>())
        .putIfAbsent(fact.id(), fact);
    if (before != null) {
      repeated++;
      if (!before.equals(fact)) {
        throw new AssertionError("one id, two facts: " + before + " and " + fact);
      }
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  List<Fact> of(UUID training) {
    return List.copyOf(byTraining.getOrDefault(training, Map.of()).values());
  }

  /** How many were said more than once, as who is killed between telling and forgetting does. */
  int repeated() {
    return repeated;
  }
}
