package io.pacewire.ingest;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.redis.RedisSettings;
import io.pacewire.platform.web.TokenSettings;
import io.pacewire.wire.WireLimits;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param tls whether the doors speak TLS; without it they listen on this machine alone
 * @param loops event loops for MQTT, and as many for the web doors
 * @param maxBatchBytes largest batch taken, envelope and all
 * @param maxBodyBytes largest body of an HTTP request with batches, packed and unpacked
 * @param managementHost plain HTTP: health and metrics
 * @param window batches a device may have on the way at once, as it is told
 * @param inFlightBytes what may be on its way to Kafka, all event loops together
 * @param unfinishedBytes what may be held of packets and frames that have begun and are not whole
 * @param heldBytes what may be held of connections that are not read on for now, beyond a little of each
 * @param packetWithinS so long one of them may take
 * @param redis null where nothing is kept for devices that are away
 */
public record IngestConfig(
    String host,
    MqttConfig mqtt,
    int streamPort,
    boolean tls,
    Path certificateFile,
    Path keyFile,
    String trainingUrl,
    int loops,
    int maxBatchBytes,
    int maxBodyBytes,
    int window,
    long inFlightBytes,
    long unfinishedBytes,
    long heldBytes,
    int packetWithinS,
    int idleTimeoutS,
    int connectTimeoutS,
    String managementHost,
    int managementPort,
    LimitSettings limits,
    KafkaSettings kafka,
    @Nullable RedisSettings redis,
    TokenSettings tokens) {
  /** What a record may have beyond its batch: key, headers, and Kafka's own. */
  public static final int RECORD_BYTES = 4_096;

  /** Topics that take any batch ingest may be set to take have it as {@code max.message.bytes}. */
  public static final int MOST_RECORD_BYTES = 1_048_576 + RECORD_BYTES;

  private static final int HEAP_PARTS = 8;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  public IngestConfig {
    if (!tls && !LOOPBACK.contains(host)) {
      throw new ConfigException(
          "ingest.tls.enabled may be false on this machine's own address alone, ingest.host was "
              + host);
    }
  }

  /**
   * Longer than a batch may be, and than any that keeps to the wire's bound, so that one that is too
   * large can be named in its refusal: who only sees the connection end would send it for ever.
   */
  int maxMessageBytes() {
    return 4 * Math.max(maxBatchBytes, WireLimits.MAX_BATCH_BYTES);
  }

  /** An athlete's part of it holds the longest message. */
  long roomBytes(long setBytes) {
    return Math.max(setBytes, (long) ReadAheadBytes.PARTS * 2 * maxMessageBytes());
  }

  /** The other half of the cores has Kafka's client, TLS of the web doors, and the collector. */
  private static int loops(int set) {
    return set > 0 ? set : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /** So much that all of it together is no danger to the heap. */
  private static long readAheadBytes(int set) {
    return set > 0 ? set : Runtime.getRuntime().maxMemory() / HEAP_PARTS;
  }

  public static IngestConfig from(JsonObject root) {
    ConfigSection all = ConfigSection.root(root);
    ConfigSection ingest = all.section("ingest");
    ConfigSection tls = ingest.section("tls");
    boolean remembers = all.section("redis").has("passwordFile");
    return new IngestConfig(
        ingest.string("host", "127.0.0.1"),
        MqttConfig.from(ingest, remembers),
        ingest.section("stream").port("port", 8884),
        tls.flag("enabled", true),
        tls.path("certificateFile"),
        tls.path("keyFile"),
        ingest.string("trainingUrl"),
        loops(ingest.integer("loops", 0, 0, 64)),
        ingest.integer("maxBatchBytes", 65_536, 4_096, MOST_RECORD_BYTES - RECORD_BYTES),
        ingest.integer("maxBodyBytes", 1_048_576, 65_536, 16_777_216),
        ingest.integer("window", 256, 1, 65_536),
        ingest.integer("inFlightBytes", 16_777_216, 1_048_576, 1_073_741_824),
        readAheadBytes(ingest.integer("unfinishedBytes", 0, 0, 1_073_741_824)),
        readAheadBytes(ingest.integer("heldBytes", 0, 0, 1_073_741_824)),
        ingest.integer("packetWithinS", 60, 1, 3_600),
        ingest.integer("idleTimeoutS", 90, 5, 3_600),
        ingest.integer("connectTimeoutS", 10, 1, 120),
        ingest.section("management").string("host", "127.0.0.1"),
        ingest.section("management").port("port", 0),
        LimitSettings.from(ingest),
        KafkaSettings.from(root),
        remembers ? RedisSettings.from(root) : null,
        TokenSettings.from(root));
  }
}
