package io.pacewire.identity;

import io.pacewire.identity.LoginRepository.Login;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Signing in, by password, refresh token or one-time link. */
final class Logins {
  static final Duration REFRESH_LIFE = Duration.ofDays(60);
  static final Duration LINK_LIFE = Duration.ofMinutes(15);

  private final AccountRepository accounts;
  private final LoginRepository logins;
  private final PasswordHash passwords;
  private final TokenIssuer tokens;
  private final InstantSource clock;

  Logins(
      AccountRepository accounts,
      LoginRepository logins,
      PasswordHash passwords,
      TokenIssuer tokens,
      InstantSource clock) {
    this.accounts = accounts;
    this.logins = logins;
    this.passwords = passwords;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** What a signed-in athlete holds. */
  record Tokens(UUID athleteId, String access, String refresh) {}

  Future<Tokens> byPassword(String email, String password) {
    return accounts
        .findByEmail(email)
        .compose(found -> found
            .map(account -> check(account, password))
            .orElseGet(() -> passwords
                .matchesNobody(password)
                .compose(never -> Future.failedFuture(wrong(AccountRules.TRIES - 1)))));
  }

  Future<Tokens> byRefresh(String refreshToken) {
    String next = Secrets.next();
    byte[] shown = Secrets.hash(refreshToken);
    return logins
        .rotate(shown, Secrets.hash(next), clock.millis() + REFRESH_LIFE.toMillis(), clock.millis())
        .compose(login -> login
            .map(one -> Future.succeededFuture(tokens(one, next)))
            .orElseGet(() ->
                logins.revokeReused(shown).compose(revoked -> Future.failedFuture(signInAgain()))));
  }

  Future<Tokens> byLink(String token) {
    return logins
        .takeLink(Secrets.hash(token), clock.millis())
        .compose(athlete -> athlete
            .map(this::begin)
            .orElseGet(() -> Future.failedFuture(new ProblemException(Problem.of(
                401,
                "link-used",
                "This link does not work any more",
                "it was used or has run out")))));
  }

  /** A link that signs this athlete in once. */
  Future<String> link(UUID athleteId) {
    String token = Secrets.next();
    return logins
        .insertLink(Secrets.hash(token), athleteId, clock.millis() + LINK_LIFE.toMillis())
        .map(token);
  }

  Future<Void> end(UUID sessionId) {
    return logins.revoke(sessionId);
  }

  private Future<Tokens> check(Account account, String password) {
    long now = clock.millis();
    if (account.pausedUntilMs() > now) {
      long seconds = (account.pausedUntilMs() - now + 999) / 1_000;
      return Future.failedFuture(new ProblemException(
          Problem.tooManyRequests("too many wrong passwords", seconds).with("triesLeft", 0)));
    }
    return passwords
        .matches(password, account.passwordHash())
        .compose(matches -> matches
            ? accounts.clearFailed(account.athleteId()).compose(done -> begin(account.athleteId()))
            : accounts
                .countFailed(account.athleteId(), now + AccountRules.PAUSE_MS)
                .compose(failed -> Future.failedFuture(wrong(AccountRules.triesLeft(failed)))));
  }

  private Future<Tokens> begin(UUID athleteId) {
    Login login = new Login(UUID.randomUUID(), athleteId);
    String refresh = Secrets.next();
    long now = clock.millis();
    return logins
        .insert(login, Secrets.hash(refresh), now + REFRESH_LIFE.toMillis(), now)
        .map(done -> tokens(login, refresh));
  }

  private Tokens tokens(Login login, String refresh) {
    return new Tokens(
        login.athleteId(), tokens.athlete(login.athleteId(), login.sessionId()), refresh);
  }

  private static ProblemException wrong(int triesLeft) {
    return new ProblemException(Problem.of(
            401,
            "wrong-password",
            "This email and password do not match",
            "e-mail or password is wrong")
        .with("triesLeft", triesLeft));
  }

  private static ProblemException signInAgain() {
    return new ProblemException(Problem.unauthorized("this sign-in has ended"));
  }
}
