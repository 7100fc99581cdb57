package io.pacewire.platform.redis;

import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/** Where Redis is. */
public record RedisSettings(String host, int port, String password) {

  public static RedisSettings from(JsonObject root) {
    ConfigSection redis = ConfigSection.root(root).section("redis");
    return new RedisSettings(
        redis.string("host", "127.0.0.1"), redis.port("port", 6379), redis.secret("passwordFile"));
  }

  /**
   * A pooled client: a connection that broke is replaced with the next command, one that says nothing
   * when a command had no answer in time.
   */
  public RedisCommands client(Vertx vertx) {
    return new RedisCommands(vertx, () -> Redis.createClient(vertx, options()));
  }

  private RedisOptions options() {
    RedisOptions options = new RedisOptions()
        .setConnectionString("redis://" + host + ":" + port)
        .setPassword(password)
        .setMaxPoolSize(4)
        .setMaxPoolWaiting(1_000)
        .setMaxWaitingHandlers(2_000);
    var unused = options.getNetClientOptions().setConnectTimeout(RedisCommands.WITHIN_MS);
    return options;
  }

  @Override
  public String toString() {
    return "RedisSettings[" + host + ":" + port + "]";
  }
}
