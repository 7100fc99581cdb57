package io.pacewire.platform.redis;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Redis that is waited for a bounded time: one that hangs fails a request, it does not hold it. Its
 * connections are given up with it, those that were still greeting, too: TCP may take a quarter of an hour
 * to tell that a host is gone, and a new one may have its address long before. Thread-safe.
 */
public final class RedisCommands {
  private static final System.Logger LOG = System.getLogger(RedisCommands.class.getName());
  static final int WITHIN_MS = 3_000;

  private final Context context;
  private final Supplier<Redis> connections;
  private final Promise<Void> idle = Promise.promise();
  private Redis redis;
  private int underWay;
  private boolean closing;

  /** @param connections a client that has none yet */
  RedisCommands(Vertx vertx, Supplier<Redis> connections) {
    // Vert.x ends a client with the verticle that made it: all of them are to be this one's.
    this.context = vertx.getOrCreateContext();
    this.connections = connections;
    this.redis = connections.get();
  }

  /** Fails with a timeout where there is no answer; the command may have been carried out. */
  public Future<@Nullable Response> send(Request command) {
    Redis asked = begin();
    return asked
        .send(command)
        .timeout(WITHIN_MS, TimeUnit.MILLISECONDS)
        .onFailure(cause -> {
          if (cause instanceof TimeoutException) {
            context.runOnContext(turn -> giveUp(asked));
          }
        })
        .onComplete(done -> end());
  }

  private synchronized Redis begin() {
    underWay++;
    return redis;
  }

  private void end() {
    boolean last;
    synchronized (this) {
      underWay--;
      last = underWay == 0 && closing;
    }
    if (last) {
      boolean unused = idle.tryComplete();
    }
  }

  /** Which of its connections hang cannot be told. What others have asked of it has its time still. */
  private void giveUp(Redis silent) {
    synchronized (this) {
      if (closing || silent != redis) {
        return;
      }
      redis = connections.get();
    }
    LOG.log(WARNING, "Redis did not answer for {0} ms, it is connected to anew", WITHIN_MS);
    long unused = context.owner().setTimer(WITHIN_MS, later -> silent.close());
  }

  /** Fails where it does not answer. */
  public Future<Void> answers() {
    return send(Request.cmd(Command.PING)).mapEmpty();
  }

  /** Waits for what is under way, three seconds at most. */
  public Future<Void> close() {
    boolean none;
    synchronized (this) {
      closing = true;
      none = underWay == 0;
    }
    if (none) {
      boolean unused = idle.tryComplete();
    }
    return idle.future().onComplete(done -> current().close());
  }

  private synchronized Redis current() {
    return redis;
  }
}
