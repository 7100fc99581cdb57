package io.pacewire.ingest;

import io.vertx.core.Vertx;
import java.time.InstantSource;

/** Watches how long a connection's token holds: warns ahead, ends the connection after a grace time. */
final class TokenLife {
  private static final long WARN_AHEAD_MS = 60_000;
  private static final long GRACE_MS = 30_000;

  private final Vertx vertx;
  private final InstantSource clock;
  private final Runnable warn;
  private final Runnable end;
  private long warnTimer = -1;
  private long endTimer = -1;

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
    warnTimer = vertx.setTimer(Math.max(1, left - WARN_AHEAD_MS), timer -> warn.run());
    endTimer = vertx.setTimer(Math.max(1, left + GRACE_MS), timer -> end.run());
  }

  void stop() {
    if (warnTimer >= 0) {
      vertx.cancelTimer(warnTimer);
      vertx.cancelTimer(endTimer);
    }
  }
}
