package io.pacewire.identity;

import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.web.TokenSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * How the identity role is set.
 *
 * @param signingKeyFile PEM of the EC key that signs tokens, PKCS#8; or a folder of several
 * @param hashThreads passwords that are hashed at the same time; each takes 19 MiB for a moment
 * @param hashQueue passwords that are hashed or wait for it, before callers are told to come again
 */
public record IdentityConfig(
    String host,
    int port,
    Path signingKeyFile,
    int hashThreads,
    int hashQueue,
    TokenSettings tokens,
    KafkaSettings kafka,
    PgSettings postgres) {

  public static IdentityConfig from(JsonObject root) {
    ConfigSection all = ConfigSection.root(root);
    ConfigSection identity = all.section("identity");
    return new IdentityConfig(
        identity.string("host", "127.0.0.1"),
        identity.port("port", 0),
        identity.path("signingKeyFile"),
        identity.integer("hashThreads", 2, 1, 64),
        identity.integer("hashQueue", 100, 1, 10_000),
        tokens(all.section("tokens")),
        KafkaSettings.from(root),
        PgSettings.from(root, "identity"));
  }

  /** The role that publishes the keys need not be told where they are. */
  private static TokenSettings tokens(ConfigSection tokens) {
    return new TokenSettings(
        tokens.string("issuer", "pacewire"),
        tokens.string("audience", "pacewire"),
        tokens.string("jwksUrl", "http://localhost/.well-known/jwks.json"));
  }
}
