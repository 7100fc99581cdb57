package io.pacewire.identity;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How often a password may be tried, and what an old refresh token means. Pure. */
final class LoginRules {
  static final int TRIES_AN_ACCOUNT = 5;

  /** Coarse: a gym or a family shares an address. */
  static final int TRIES_AN_ADDRESS = 50;

  static final Duration PAUSE = Duration.ofMinutes(15);

  /** Two tabs of one browser may refresh at once; that is no theft. */
  static final Duration SAME_TIME = Duration.ofSeconds(10);

  private LoginRules() {}

  /** Wrong tries of one key, counted until they run out. */
  record Tries(int failed, long expiresAtMs) {
    static final Tries NONE = new Tries(0, 0);

    boolean pauses(int most, long nowMs) {
      return failed >= most && expiresAtMs > nowMs;
    }

    int left(int most) {
      return Math.max(0, most - failed);
    }

    long secondsLeft(long nowMs) {
      return Math.max(1, (expiresAtMs - nowMs + 999) / 1_000);
    }
  }

  /** What a sign-in knows of its refresh tokens. */
  record Refreshes(
      byte[] currentHash, byte @Nullable [] previousHash, long rotatedAtMs, boolean revoked) {}

  enum Shown {
    /** Somebody kept a token that was used before: one of two holders stole it. */
    STOLEN,
    /** The token before, at the moment of the change: the newer one is on its way. */
    CHANGED_JUST_NOW,
    /** Run out or signed out. */
    ENDED
  }

  /** What a token of this sign-in means that could not be used. */
  static Shown judge(Refreshes known, byte[] shownHash, long nowMs) {
    if (known.revoked() || Arrays.equals(known.currentHash(), shownHash)) {
      return Shown.ENDED;
    }
    boolean before = Arrays.equals(known.previousHash(), shownHash);
    return before && nowMs - known.rotatedAtMs() < SAME_TIME.toMillis()
        ? Shown.CHANGED_JUST_NOW
        : Shown.STOLEN;
  }
}
