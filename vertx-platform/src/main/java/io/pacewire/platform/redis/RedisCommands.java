package io.pacewire.platform.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Redis that is waited for a bounded time: one that hangs fails a request, it does not hold it. */
public final class RedisCommands {
  private static final long WITHIN_S = 3;

  private final Redis redis;

  RedisCommands(Redis redis) {
    this.redis = redis;
  }

  /** Fails with a timeout where there is no answer; the command may have been carried out. */
  public Future<@Nullable Response> send(Request command) {
    return redis.send(command).timeout(WITHIN_S, TimeUnit.SECONDS);
  }

  public Future<Void> close() {
    redis.close();
    return Future.succeededFuture();
  }
}
