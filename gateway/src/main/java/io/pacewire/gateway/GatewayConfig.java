package io.pacewire.gateway;

import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.redis.RedisSettings;
import io.pacewire.platform.web.TokenSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * @param publicUrl as browsers and devices see it
 * @param managementHost plain HTTP: health and metrics, which the world does not see
 * @param maxStreams devices whose WebSocket is handed on to ingest at once
 * @param streamSilenceS such a WebSocket ends after so long without a sign of one of its ends
 * @param streamUrl where devices stream, as they see it; likewise {@code mqttUrl}
 */
public record GatewayConfig(
    String host,
    int port,
    Path certificateFile,
    Path keyFile,
    String publicUrl,
    String streamUrl,
    String mqttUrl,
    String identityUrl,
    String trainingUrl,
    String inventoryUrl,
    String gamificationUrl,
    IngestUpstream ingest,
    int maxStreams,
    int streamSilenceS,
    String managementHost,
    int managementPort,
    KafkaSettings kafka,
    RedisSettings redis,
    TokenSettings tokens) {

  public static GatewayConfig from(JsonObject root) {
    ConfigSection gateway = ConfigSection.root(root).section("gateway");
    ConfigSection tls = gateway.section("tls");
    return new GatewayConfig(
        gateway.string("host", "127.0.0.1"),
        gateway.port("port", 8443),
        tls.path("certificateFile"),
        tls.path("keyFile"),
        gateway.string("publicUrl"),
        gateway.string("streamUrl"),
        gateway.string("mqttUrl"),
        gateway.string("identityUrl"),
        gateway.string("trainingUrl"),
        gateway.string("inventoryUrl"),
        gateway.string("gamificationUrl"),
        IngestUpstream.from(gateway),
        gateway.integer("maxStreams", 10_000, 1, 1_000_000),
        gateway.integer("streamSilenceS", 150, 1, 7_200),
        gateway.section("management").string("host", "127.0.0.1"),
        gateway.section("management").port("port", 0),
        KafkaSettings.from(root),
        RedisSettings.from(root),
        TokenSettings.from(root));
  }
}
