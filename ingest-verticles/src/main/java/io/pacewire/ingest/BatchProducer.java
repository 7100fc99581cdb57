package io.pacewire.ingest;

import static java.lang.System.Logger.Level.INFO;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How ingest writes to Kafka: idempotent, acknowledged by all in-sync replicas, never blocking. */
final class BatchProducer {
  private static final System.Logger LOG = System.getLogger(BatchProducer.class.getName());

  /**
   * The lanes' topics must take so much: of several records that are refused together as too long Kafka's client
   * makes batches of this size again, without end (KAFKA-8350).
   */
  private static final int BATCH_BYTES = 131_072;

  /**
   * Both lanes of a large installation. Each partition with anything on its way holds a whole
   * batch's memory, however little is in it: without room for that a stalled broker refuses what
   * the budget allowed.
   */
  private static final long MOST_PARTITIONS = 256;

  /**
   * What comes so soon after another goes with it. Without it a broker that has time to spare is sent
   * a request for every few records, which costs the others on its processors more than these wait.
   */
  private static final int LINGER_MS = 2;

  /**
   * The linger that adapts itself: what comes while a request is under way to a broker goes with the
   * next, so batches are as long as the load makes them. A broker answers the requests of a connection
   * one after the other in any case; a second one under way would save a round trip of the network and
   * make batches half as long.
   */
  private static final int ONE = 1;

  /** What Kafka has by default. A request also carries the batches of many partitions. */
  private static final int LEAST_REQUEST_BYTES = 1_048_576;

  /**
   * Ten years. Nothing waits for the metadata of a topic that were forgotten: the first record after that
   * would be refused and its connection end, and hubs or dead letters may be silent for very long.
   */
  private static final long METADATA_MAX_IDLE_MS = 10L * 365 * 24 * 60 * 60 * 1_000;

  private static final String SNAPPY = "org.xerial.snappy.Snappy";

  private BatchProducer() {}

  /** One for all doors of a node. */
  static Producer<String, byte[]> create(IngestConfig config) {
    return new KafkaProducer<>(settings(config));
  }

  static Map<String, Object> settings(IngestConfig config) {
    return Map.ofEntries(
        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers()),
        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "pacewire-ingest"),
        Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class),
        Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        Map.entry(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS),
        Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, ONE),
        Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression()),
        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
        Map.entry(
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Math.max(LEAST_REQUEST_BYTES, config.maxBatchBytes() + IngestConfig.RECORD_BYTES)),
        Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_MAX_IDLE_MS),
        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000),
        Map.entry(
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            2 * config.inFlightBytes() + MOST_PARTITIONS * BATCH_BYTES));
  }

  /**
   * As small as LZ4, as fast where a request has much, and much faster where it has little: for each
   * batch Kafka's LZ4 stream clears 128 KiB of new memory first, which costs as much as a hundred
   * records. It has no implementation in Java, though: where its library cannot be loaded, LZ4 has one.
   */
  private static String compression() {
    try {
      Class<?> unused = Class.forName(SNAPPY);
      return "snappy";
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.log(INFO, "no Snappy here, LZ4 instead: {0}", e.toString());
      return "lz4";
    }
  }
}
