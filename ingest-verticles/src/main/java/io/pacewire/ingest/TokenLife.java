package io.pacewire.ingest;

import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * Watches how long a connection's token holds: warns ahead, ends the connection after a grace time. One
 * timer after the other, since each of an idle connection's is a quarter of a kilobyte.
 */
final class TokenLife {
  private static final long WARN_AHEAD_MS = 60_000;
  private static final long GRACE_MS = 30_000;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final InstantSource clock;
  private final Runnable warn;
  private final Runnable end;
  private long timer = NO_TIMER;

  TokenLife(Vertx vertx, InstantSource clock, Runnable warn, Runnable end) {
    this.vertx = vertx;
    this.clock = clock;
    this.warn = warn;
    this.end = end;
  }

  /** Starts again with a (new) token. */
  void until(long expiresAtMs) {
    stop();
    long left = expiresAtMs - clock.millis();
    timer = vertx.setTimer(Math.max(1, left - WARN_AHEAD_MS), due -> {
      long leftNow = expiresAtMs - clock.millis();
      timer = vertx.setTimer(Math.max(1, leftNow + GRACE_MS), over -> {
        timer = NO_TIMER;
        end.run();
      });
      warn.run();
    });
  }

  void stop() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }
}
