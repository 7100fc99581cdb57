package io.pacewire.ingest;

import java.util.concurrent.TimeUnit;

/**
 * How long a connection's token holds: a warning ahead, and a grace time before the end. By whichever
 * clock says so first: the wall clock may be set back, and the other stands still while a machine sleeps.
 * Has no timer, since each would be a quarter of a kilobyte of an idle connection: whoever has it looks
 * every second.
 */
final class TokenLife {
  private static final long WARN_AHEAD_MS = 60_000;
  private static final long GRACE_MS = 30_000;

  private long expiresAtMs;
  /** By the clock that nobody sets. */
  private long expiresMonotonicMs;

  private boolean warned;
  private boolean ended;

  /** What is to be done now, each once for a token. */
  enum Due {
    NOTHING,
    WARNING,
    END
  }

  /** Starts again with a (new) token. */
  void until(long tokenExpiresAtMs, long nowMs, long nowNanos) {
    expiresAtMs = tokenExpiresAtMs;
    expiresMonotonicMs = TimeUnit.NANOSECONDS.toMillis(nowNanos) + (tokenExpiresAtMs - nowMs);
    warned = false;
    ended = false;
  }

  long expiresAtMs() {
    return expiresAtMs;
  }

  Due look(long nowMs, long nowNanos) {
    long leftMs =
        Math.min(expiresAtMs - nowMs, expiresMonotonicMs - TimeUnit.NANOSECONDS.toMillis(nowNanos));
    if (!ended && leftMs <= -GRACE_MS) {
      ended = true;
      return Due.END;
    }
    if (!warned && leftMs <= WARN_AHEAD_MS) {
      warned = true;
      return Due.WARNING;
    }
    return Due.NOTHING;
  }
}
