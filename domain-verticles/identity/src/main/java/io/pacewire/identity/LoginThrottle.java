package io.pacewire.identity;

import io.pacewire.identity.LoginRules.Tries;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Lets nobody guess passwords: a few tries an account, more an address, then a pause. An account that
 * does not exist is counted like one that does, so that the answers tell nothing.
 */
final class LoginThrottle {
  private final LoginTryRepository tries;
  private final InstantSource clock;

  LoginThrottle(LoginTryRepository tries, InstantSource clock) {
    this.tries = tries;
    this.clock = clock;
  }

  /** Fails while a pause runs for this account or this address. */
  Future<Void> admit(String email, String address) {
    return admit(accountKey(email), LoginRules.TRIES_AN_ACCOUNT)
        .compose(free -> admit(addressKey(address), LoginRules.TRIES_AN_ADDRESS));
  }

  /** How many tries the account has left after this wrong one. */
  Future<Integer> wrong(String email, String address) {
    long now = clock.millis();
    return tries
        .count(addressKey(address), LoginRules.TRIES_AN_ADDRESS, now)
        .compose(all -> tries.count(accountKey(email), LoginRules.TRIES_AN_ACCOUNT, now))
        .map(account -> account.left(LoginRules.TRIES_AN_ACCOUNT));
  }

  /**
   * Forgets what was wrong before. Looks again first: of many guesses sent at once, the right one may
   * not win after its fellows have used up the tries.
   */
  Future<Void> right(String email) {
    return admit(accountKey(email), LoginRules.TRIES_AN_ACCOUNT)
        .compose(free -> tries.clear(accountKey(email)));
  }

  private Future<Void> admit(String key, int most) {
    long now = clock.millis();
    return tries
        .find(key, now)
        .compose(
            known -> known.pauses(most, now) ? Future.failedFuture(paused(known, now)) : done());
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static ProblemException paused(Tries known, long nowMs) {
    return new ProblemException(
        Problem.tooManyRequests("too many wrong passwords", known.secondsLeft(nowMs))
            .with("triesLeft", 0));
  }

  private static String accountKey(String email) {
    return "account/" + HexFormat.of().formatHex(Secrets.hash(email));
  }

  private static String addressKey(String address) {
    return "address/" + HexFormat.of().formatHex(Secrets.hash(address));
  }
}
