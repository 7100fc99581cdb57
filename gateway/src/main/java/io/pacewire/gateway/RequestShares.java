package io.pacewire.gateway;

import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.KeyCounts;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of each device and athlete are on their way to ingest: all share the connections
 * to it. Used from one event loop.
 */
final class RequestShares {
  static final int MOST_A_DEVICE = 4;
  static final int MOST_AN_ATHLETE = 16;

  private final KeyCounts<UUID> open = new KeyCounts<>();

  /** Fails with 429; what was entered is to be {@link #leave left}. */
  void enter(JwtPrincipal caller) {
    UUID device = caller.deviceId();
    if (isFull(device, MOST_A_DEVICE) || isFull(caller.subject(), MOST_AN_ATHLETE)) {
      throw new ProblemException(Problem.tooManyRequests(
          "at most " + MOST_A_DEVICE + " requests of a device and " + MOST_AN_ATHLETE
              + " of an athlete at once",
          1));
    }
    if (device != null) {
      open.more(device);
    }
    open.more(caller.subject());
  }

  void leave(JwtPrincipal caller) {
    UUID device = caller.deviceId();
    if (device != null) {
      open.less(device);
    }
    open.less(caller.subject());
  }

  private boolean isFull(@Nullable UUID of, int most) {
    return of != null && open.of(of) >= most;
  }
}
