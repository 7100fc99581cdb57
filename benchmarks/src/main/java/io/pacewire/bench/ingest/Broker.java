package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.ServerFiles;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackMemory;
import io.pacewire.stack.StackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The embedded stack's Kafka, and what has come to lie in it. */
final class Broker implements AutoCloseable {
  private static final int PARTITIONS = 8;
  private static final int HEAP_MIB = 768;
  private static final long WITHIN_S = 30;
  private static final int MOST_OF_A_POLL = 10_000;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Map<String, String> SOON_GONE = Map.of(
      "segment.bytes", "134217728", "file.delete.delay.ms", "1000", "retention.ms", "604800000");

  private final EmbeddedStack stack;
  private final Path data;
  private final Admin admin;
  private final KafkaConsumer<String, byte[]> reader;

  private Broker(EmbeddedStack stack, Path data) {
    this.stack = stack;
    this.data = data;
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", address());
    this.admin = Admin.create(settings);
    Map<String, Object> reading = new HashMap<>(settings);
    reading.put("auto.offset.reset", "earliest");
    reading.put("max.poll.records", MOST_OF_A_POLL);
    this.reader =
        new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
  }

  static Broker start(Path data) throws Exception {
    StackConfig config = StackConfig.in(data)
        .withServers(Set.of(StackServer.KAFKA))
        .withMemory(new StackMemory(HEAP_MIB, 64, 32, 64));
    String home = System.getProperty("pacewire.home");
    if (home != null) {
      config =
          config.withServerFiles(ServerFiles.at(Path.of(home, "embedded-stack/target/servers")));
    }
    Broker broker = new Broker(EmbeddedStack.start(config, StackListener.SILENT), data);
    broker.createTopics();
    return broker;
  }

  String address() {
    return stack.endpoints().of(StackServer.KAFKA).address();
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readString(data.resolve("run/kafka.pid")).split(" ", -1)[0]);
  }

  private void createTopics() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String topic : EventTopics.all()) {
      topics.add(new NewTopic(topic, PARTITIONS, (short) 1).configs(SOON_GONE));
      topics.add(new NewTopic(EventTopics.dead(topic), 1, (short) 1));
    }
    var unused = admin.createTopics(topics).all().get(WITHIN_S, TimeUnit.SECONDS);
    reader.assign(IntStream.range(0, PARTITIONS)
        .mapToObj(one -> new TopicPartition(EventTopics.TELEMETRY_LIVE, one))
        .toList());
  }

  /** How many batches have come to the live topic since they were last counted. */
  long arrived() {
    return read(batch -> {});
  }

  /** Strikes from {@code acknowledged} every batch that has come since they were last counted. */
  void strike(Acknowledged acknowledged) {
    long unused = read(batch -> acknowledged.found(
        UUID.fromString(header(batch, "session")), Integer.parseInt(header(batch, "seq"))));
  }

  /** Beats of the time lie between batches, and have no key. */
  private long read(Consumer<ConsumerRecord<String, byte[]>> batches) {
    long count = 0;
    Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
        if (record.key() != null) {
          count++;
          batches.accept(record);
        }
      }
    }
    return count;
  }

  /** Makes room: what was counted is not needed any more. */
  void forget() throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    reader
        .endOffsets(reader.assignment())
        .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
    var unused = admin.deleteRecords(all).all().get(WITHIN_S, TimeUnit.SECONDS);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
    stack.close();
  }
}
