package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Looks into the servers behind the platform's back. */
final class Stores {
  private final Path data;
  private final JsonObject ports;

  Stores(ServerProcess server) {
    this.data = server.data();
    this.ports = server.endpoints().getJsonObject("ports");
  }

  /** Bodies of a session's chunks by sequence number, as they are stored. */
  SortedMap<Integer, byte[]> chunks(UUID sessionId) throws Exception {
    String url =
        "jdbc:postgresql://127.0.0.1:" + ports.getInteger("stack.postgres.port") + "/pacewire";
    String password =
        Files.readString(data.resolve("secrets/postgres-training.password")).strip();
    try (Connection connection = DriverManager.getConnection(url, "pw_training", password);
        PreparedStatement statement = connection.prepareStatement(
            "SELECT seq, body FROM training.chunk WHERE session_id = ? AND kind = 0")) {
      statement.setObject(1, sessionId);
      SortedMap<Integer, byte[]> chunks = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          assertThat(chunks.put(rows.getInt("seq"), rows.getBytes("body")))
              .as("once")
              .isNull();
        }
      }
      return chunks;
    }
  }

  /** Batches of a session on a topic, repeats included, as they lie there. */
  List<Batch> batches(String topic, UUID sessionId) {
    List<Batch> batches = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        "127.0.0.1:" + ports.getInteger("stack.kafka.port"),
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        StringDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class))) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key() == null) {
            continue; // a beat of the time, which nobody sent
          }
          if (header(record, "session").equals(sessionId.toString())) {
            batches.add(new Batch(Integer.parseInt(header(record, "seq")), record.value()));
          }
        }
      }
    }
    return batches;
  }

  record Batch(int seq, byte[] bytes) {}

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
