package io.pacewire.platform.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Redis that is waited for a bounded time: one that hangs fails a request, it does not hold it. */
public final class RedisCommands {
  private static final long WITHIN_S = 3;

  private final Redis redis;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private volatile boolean closing;

  RedisCommands(Redis redis) {
    this.redis = redis;
  }

  /** Fails with a timeout where there is no answer; the command may have been carried out. */
  public Future<@Nullable Response> send(Request command) {
    underWay.incrementAndGet();
    return redis.send(command).timeout(WITHIN_S, TimeUnit.SECONDS).onComplete(done -> {
      if (underWay.decrementAndGet() == 0 && closing) {
        boolean unused = idle.tryComplete();
      }
    });
  }

  /** Fails where it does not answer. */
  public Future<Void> answers() {
    return send(Request.cmd(Command.PING)).mapEmpty();
  }

  /** Waits for what is under way, three seconds at most. */
  public Future<Void> close() {
    closing = true;
    if (underWay.get() == 0) {
      boolean unused = idle.tryComplete();
    }
    return idle.future().onComplete(done -> redis.close());
  }
}
