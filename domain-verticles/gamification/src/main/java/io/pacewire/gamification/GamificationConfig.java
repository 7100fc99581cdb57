package io.pacewire.gamification;

import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.redis.RedisSettings;
import io.pacewire.platform.web.TokenSettings;
import io.vertx.core.json.JsonObject;

/** What the gamification role needs to know. */
public record GamificationConfig(
    String host,
    int port,
    KafkaSettings kafka,
    PgSettings postgres,
    RedisSettings redis,
    TokenSettings tokens) {

  public static GamificationConfig from(JsonObject root) {
    ConfigSection gamification = ConfigSection.root(root).section("gamification");
    return new GamificationConfig(
        gamification.string("host", "127.0.0.1"),
        gamification.port("port", 0),
        KafkaSettings.from(root),
        PgSettings.from(root, "gamification"),
        RedisSettings.from(root),
        TokenSettings.from(root));
  }
}
