package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
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
  private boolean again;
  private int looks;

  /**
   * @param good is told whose token it is, which may be another device's
   * @param bad runs where it is no token that lets anybody in
   */
  TokenRenewal(DeviceTokens tokens, BiConsumer<Device, String> good, Runnable bad) {
    this.tokens = tokens;
    this.good = good;
    this.bad = bad;
  }

  /** Whether one that was brought just now is looked at: another one may take the place only of one that was put off. */
  boolean isUnderWay() {
    return underWay && !again;
  }

  /** One at a time: else the answer that comes last would hold, whichever token it is about. */
  void verify(String token) {
    again = false;
    look(token, tokens.verify(token));
  }

  /** To be called every second. */
  void again() {
    String token = unverified;
    if (token != null && !underWay) {
      again = true;
      look(token, tokens.verifyAgain(token));
    }
  }

  private void look(String token, Future<Device> verified) {
    int mine = ++looks;
    underWay = true;
    unverified = null;
    verified.onComplete(done -> {
      if (mine == looks) {
        underWay = false;
        looked(token, done);
      }
    });
  }

  private void looked(String token, AsyncResult<Device> verified) {
    if (verified.succeeded()) {
      good.accept(verified.result(), token);
      return;
    }
    LOG.log(DEBUG, "renewal refused: {0}", verified.cause().getMessage());
    if (DeviceTokens.isRefused(verified.cause())) {
      bad.run();
    } else {
      unverified = token;
    }
  }
}
