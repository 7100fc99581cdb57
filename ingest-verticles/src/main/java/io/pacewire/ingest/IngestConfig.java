package io.pacewire.ingest;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.web.TokenSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;

/**
 * @param tls whether the doors speak TLS; without it they listen on this machine alone
 * @param maxBatchBytes largest batch taken, envelope and all
 * @param maxBodyBytes largest body of an HTTP request with batches, packed and unpacked
 * @param managementPort plain HTTP on loopback: health and metrics
 * @param window batches a device may have on the way at once, as it is told
 * @param inFlightBytes what may be on its way to Kafka, all event loops together
 */
public record IngestConfig(
    String host,
    int mqttPort,
    int streamPort,
    boolean tls,
    Path certificateFile,
    Path keyFile,
    String trainingUrl,
    int maxBatchBytes,
    int maxBodyBytes,
    int window,
    long inFlightBytes,
    int idleTimeoutS,
    int connectTimeoutS,
    int managementPort,
    LimitSettings limits,
    KafkaSettings kafka,
    TokenSettings tokens) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  public IngestConfig {
    if (!tls && !LOOPBACK.contains(host)) {
      throw new ConfigException(
          "ingest.tls.enabled may be false on this machine's own address alone, ingest.host was "
              + host);
    }
  }

  /** Longer than a batch may be, so that one that is too large can be named in its refusal. */
  int maxMessageBytes() {
    return 4 * maxBatchBytes;
  }

  public static IngestConfig from(JsonObject root) {
    ConfigSection all = ConfigSection.root(root);
    ConfigSection ingest = all.section("ingest");
    ConfigSection tls = ingest.section("tls");
    return new IngestConfig(
        ingest.string("host", "127.0.0.1"),
        ingest.section("mqtt").port("port", 8883),
        ingest.section("stream").port("port", 8884),
        tls.flag("enabled", true),
        tls.path("certificateFile"),
        tls.path("keyFile"),
        ingest.string("trainingUrl"),
        ingest.integer("maxBatchBytes", 65_536, 4_096, 1_048_576),
        ingest.integer("maxBodyBytes", 1_048_576, 65_536, 16_777_216),
        ingest.integer("window", 256, 1, 65_536),
        ingest.integer("inFlightBytes", 16_777_216, 1_048_576, 1_073_741_824),
        ingest.integer("idleTimeoutS", 90, 5, 3_600),
        ingest.integer("connectTimeoutS", 10, 1, 120),
        ingest.section("management").port("port", 0),
        LimitSettings.from(ingest),
        KafkaSettings.from(root),
        TokenSettings.from(root));
  }
}
