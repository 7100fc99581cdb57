package io.pacewire.ingest;

/**
 * How long a connection's token holds: a warning ahead, and a grace time before the end. Has no timer,
 * since each would be a quarter of a kilobyte of an idle connection: whoever has it looks every second.
 */
final class TokenLife {
  private static final long WARN_AHEAD_MS = 60_000;
  private static final long GRACE_MS = 30_000;

  private long expiresAtMs;
  private boolean warned;
  private boolean ended;

  /** What is to be done now, each once for a token. */
  enum Due {
    NOTHING,
    WARNING,
    END
  }

  /** Starts again with a (new) token. */
  void until(long tokenExpiresAtMs) {
    expiresAtMs = tokenExpiresAtMs;
    warned = false;
    ended = false;
  }

  long expiresAtMs() {
    return expiresAtMs;
  }

  Due look(long nowMs) {
    if (!ended && nowMs >= expiresAtMs + GRACE_MS) {
      ended = true;
      return Due.END;
    }
    if (!warned && nowMs >= expiresAtMs - WARN_AHEAD_MS) {
      warned = true;
      return Due.WARNING;
    }
    return Due.NOTHING;
  }
}
