package io.pacewire.identity;

import io.pacewire.identity.LoginRepository.Found;
import io.pacewire.identity.LoginRepository.Login;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Sign-ins: begun, kept alive with rotating refresh tokens, ended. */
final class Logins {
  static final Duration REFRESH_LIFE = Duration.ofDays(60);

  private final LoginRepository logins;
  private final Revoker revoker;
  private final TokenIssuer tokens;
  private final InstantSource clock;

  Logins(LoginRepository logins, Revoker revoker, TokenIssuer tokens, InstantSource clock) {
    this.logins = logins;
    this.revoker = revoker;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** What a signed-in athlete holds. */
  record Tokens(UUID athleteId, String access, String refresh) {

    @Override
    public String toString() {
      return "Tokens[" + athleteId + "]"; // tokens must not reach a log by being printed
    }
  }

  /** For somebody who has just proved to be this athlete. */
  Future<Tokens> begin(UUID athleteId) {
    Login login = new Login(UUID.randomUUID(), athleteId);
    RefreshToken refresh = RefreshToken.first();
    long now = clock.millis();
    return logins
        .insert(login, refresh, now + REFRESH_LIFE.toMillis(), now)
        .map(done -> tokens(login, refresh));
  }

  /** Swaps a refresh token. One that was used before ends the sign-in for thief and owner alike. */
  Future<Tokens> refresh(String text) {
    RefreshToken shown = RefreshToken.parse(text).orElseThrow(Logins::ended);
    RefreshToken next = shown.next();
    long now = clock.millis();
    return logins
        .rotate(shown, next, now + REFRESH_LIFE.toMillis(), now)
        .compose(login -> login
            .map(one -> Future.succeededFuture(tokens(one, next)))
            .orElseGet(() -> refuse(shown, now)));
  }

  Future<Void> end(UUID sessionId) {
    return revoker.session(sessionId);
  }

  /** Ends the sign-in of a refresh token, even of an old one; nothing where there is none. */
  Future<Void> endByRefresh(String text) {
    return RefreshToken.parse(text)
        .map(shown -> logins
            .findByFamily(shown)
            .compose(found -> found
                .map(one -> revoker.session(one.login().sessionId()))
                .orElseGet(Future::succeededFuture)))
        .orElseGet(Future::succeededFuture);
  }

  private Future<Tokens> refuse(RefreshToken shown, long nowMs) {
    return logins
        .findByFamily(shown)
        .compose(found -> found
            .map(one -> refuse(one, shown, nowMs))
            .orElseGet(() -> Future.failedFuture(ended())));
  }

  private Future<Tokens> refuse(Found found, RefreshToken shown, long nowMs) {
    return switch (LoginRules.judge(found.refreshes(), shown.hash(), nowMs)) {
      case STOLEN ->
        revoker.session(found.login().sessionId()).compose(revoked -> Future.failedFuture(ended()));
      case CHANGED_JUST_NOW ->
        Future.failedFuture(new ProblemException(Problem.conflict(
                "refreshed-just-now", "this token was changed a moment ago; use the newer one")
            .with("retryAfterS", 1L)));
      case ENDED -> Future.failedFuture(ended());
    };
  }

  private Tokens tokens(Login login, RefreshToken refresh) {
    return new Tokens(
        login.athleteId(), tokens.athlete(login.athleteId(), login.sessionId()), refresh.text());
  }

  private static ProblemException ended() {
    return new ProblemException(Problem.unauthorized("this sign-in has ended"));
  }
}
