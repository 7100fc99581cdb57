package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.kafka.KafkaBatchLoop.Effect;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Applies an effect until it succeeds: later and later, and with some chance in it, so that many that
 * failed together do not try together. One batch at a time; thread-safe.
 */
final class RetriedEffect {
  private static final System.Logger LOG = System.getLogger(RetriedEffect.class.getName());
  private static final long FIRST_RETRY_MS = 100;
  private static final long LONGEST_RETRY_MS = 10_000;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Effect effect;
  private @Nullable Promise<Void> waiting;
  private long timer = NO_TIMER;
  private boolean stopped;

  RetriedEffect(Vertx vertx, Effect effect) {
    this.vertx = vertx;
    this.effect = effect;
  }

  /** Completes when it succeeded; fails only where it did not and nothing is tried any more. */
  Future<Void> apply(ConsumerRecords<String, byte[]> batch) {
    Promise<Void> done = Promise.promise(); // one, however often: a chain would grow with each try
    attempt(batch, FIRST_RETRY_MS, done);
    return done.future();
  }

  /** Nothing is tried again. What is under way goes on. */
  void stop() {
    Promise<Void> given = null;
    synchronized (this) {
      stopped = true;
      if (timer != NO_TIMER && vertx.cancelTimer(timer)) {
        given = waiting;
      }
    }
    if (given != null) {
      given.fail("not tried again");
    }
  }

  private void attempt(ConsumerRecords<String, byte[]> batch, long retryMs, Promise<Void> done) {
    Future.succeededFuture(batch) // compose: an effect that throws has failed as well
        .compose(effect::apply)
        .onSuccess(applied -> done.complete())
        .onFailure(cause -> again(batch, retryMs, cause, done));
  }

  private void again(
      ConsumerRecords<String, byte[]> batch, long retryMs, Throwable cause, Promise<Void> done) {
    LOG.log(WARNING, "batch of " + batch.count() + " again in " + retryMs + " ms", cause);
    long jitter = ThreadLocalRandom.current().nextLong(retryMs / 2 + 1);
    long nextMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    synchronized (this) {
      if (!stopped) {
        waiting = done;
        timer = vertx.setTimer(retryMs / 2 + jitter, due -> {
          synchronized (this) {
            timer = NO_TIMER;
          }
          attempt(batch, nextMs, done);
        });
        return;
      }
    }
    done.fail(cause);
  }
}
