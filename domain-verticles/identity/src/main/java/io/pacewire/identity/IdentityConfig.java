package io.pacewire.identity;

import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.PgSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * @param signingKeyFile PEM of the EC key that signs tokens, PKCS#8
 * @param hashThreads passwords that are hashed at the same time; each takes 19 MiB for a moment
 */
public record IdentityConfig(
    String host,
    int port,
    Path signingKeyFile,
    int hashThreads,
    String issuer,
    String audience,
    KafkaSettings kafka,
    PgSettings postgres) {

  public static IdentityConfig from(JsonObject root) {
    ConfigSection all = ConfigSection.root(root);
    ConfigSection identity = all.section("identity");
    ConfigSection tokens = all.section("tokens");
    return new IdentityConfig(
        identity.string("host", "127.0.0.1"),
        identity.port("port", 0),
        identity.path("signingKeyFile"),
        identity.integer("hashThreads", 2, 1, 64),
        tokens.string("issuer", "pacewire"),
        tokens.string("audience", "pacewire"),
        KafkaSettings.from(root),
        PgSettings.from(root, "identity"));
  }
}
