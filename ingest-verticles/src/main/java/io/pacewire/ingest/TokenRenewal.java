package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A new token of a connection on its way to be believed. One that cannot be looked at, since the issuer's keys are
 * away or too many wait, is looked at again as long as the one before holds: a device that is connected does not pay
 * for that with its connection. Used from the connection's event loop.
 */
final class TokenRenewal {
  private static final System.Logger LOG = System.getLogger(TokenRenewal.class.getName());

  private final DeviceTokens tokens;
  private final BiConsumer<Device, String> good;
  private final Runnable bad;
  private @Nullable String unverified;
  private boolean underWay;

  /**
   * @param good is told whose token it is, which may be another device's
   * @param bad runs where it is no token that lets anybody in
   */
  TokenRenewal(DeviceTokens tokens, BiConsumer<Device, String> good, Runnable bad) {
    this.tokens = tokens;
    this.good = good;
    this.bad = bad;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** One at a time: else the answer that comes last would hold, whichever token it is about. */
  void verify(String token) {
    underWay = true;
    unverified = null;
    tokens
        .verify(token)
        .onComplete(done -> underWay = false)
        .onSuccess(device -> good.accept(device, token))
        .onFailure(cause -> {
          LOG.log(DEBUG, "renewal refused: {0}", cause.getMessage());
          if (DeviceTokens.isRefused(cause)) {
            bad.run();
          } else {
            unverified = token;
          }
        });
  }

  /** To be called every second. */
  void again() {
    if (unverified != null && !underWay) {
      verify(unverified);
    }
  }
}
