package io.pacewire.identity;

import io.pacewire.identity.Logins.Tokens;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Proving who one is: by password or by one-time link. */
final class SignIn {
  static final Duration LINK_LIFE = Duration.ofMinutes(15);

  private final AccountRepository accounts;
  private final LinkRepository links;
  private final PasswordHash passwords;
  private final LoginThrottle throttle;
  private final Logins logins;
  private final InstantSource clock;

  SignIn(
      AccountRepository accounts,
      LinkRepository links,
      PasswordHash passwords,
      LoginThrottle throttle,
      Logins logins,
      InstantSource clock) {
    this.accounts = accounts;
    this.links = links;
    this.passwords = passwords;
    this.throttle = throttle;
    this.logins = logins;
    this.clock = clock;
  }

  /** @param address where the caller comes from, coarse */
  Future<Tokens> byPassword(String email, String password, String address) {
    return throttle
        .admit(email, address)
        .compose(free -> accounts.findByEmail(email))
        .compose(found -> matches(found, password)
            .compose(match -> match
                ? throttle
                    .right(email)
                    .compose(done -> logins.begin(found.orElseThrow().athleteId()))
                : throttle
                    .wrong(email, address)
                    .compose(left -> Future.failedFuture(wrongPassword(left)))));
  }

  Future<Tokens> byLink(String token) {
    return links
        .take(Secrets.hash(token), clock.millis())
        .compose(athlete -> athlete
            .map(logins::begin)
            .orElseGet(() -> Future.failedFuture(new ProblemException(Problem.of(
                401,
                "link-used",
                "This link does not work any more",
                "it was used or has run out")))));
  }

  /** A link that signs this athlete in once. */
  Future<String> link(UUID athleteId) {
    String token = Secrets.next();
    return links
        .insert(Secrets.hash(token), athleteId, clock.millis() + LINK_LIFE.toMillis())
        .map(token);
  }

  /** An address nobody has costs the same time as one that somebody has. */
  private Future<Boolean> matches(Optional<Account> found, String password) {
    return found
        .map(account -> passwords.matches(password, account.passwordHash()))
        .orElseGet(() -> passwords.matchesNobody(password));
  }

  private static ProblemException wrongPassword(int triesLeft) {
    return new ProblemException(Problem.of(
            401,
            "wrong-password",
            "This email and password do not match",
            "e-mail or password is wrong")
        .with("triesLeft", triesLeft));
  }
}
