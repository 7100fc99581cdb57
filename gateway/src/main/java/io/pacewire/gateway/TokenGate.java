package io.pacewire.gateway;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.Strangers;
import io.pacewire.platform.web.TokenRefusals;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: by bearer token, or by the cookie of a browser. A cookie is sent along whoever made the
 * browser ask, so with one a request that changes something must come from a page of our own.
 */
final class TokenGate {
  static final String ACCESS_COOKIE = "__Host-pw_at";
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final TokenVerifier verifier;
  private final Strangers strangers;
  private final TokenRefusals refusals;

  /** @param strangers what an address may have verified of tokens that are not known yet */
  TokenGate(TokenVerifier verifier, Strangers strangers, TokenRefusals refusals) {
    this.verifier = verifier;
    this.strangers = strangers;
    this.refusals = refusals;
  }

  /** A verified caller and the token that says so. */
  record Caller(JwtPrincipal principal, String token) {}

  Future<Caller> caller(HttpServerRequest request) {
    String bearer = BearerHandler.token(request.getHeader("Authorization"));
    if (bearer != null) {
      return verify(bearer, request);
    }
    Cookie cookie = request.getCookie(ACCESS_COOKIE);
    if (cookie == null || cookie.getValue().isEmpty()) {
      return Future.failedFuture(new ProblemException(Problem.unauthorized("no token")));
    }
    if (!SAFE.contains(request.method()) && !isSameOrigin(request)) {
      return Future.failedFuture(foreignOrigin());
    }
    return verify(cookie.getValue(), request);
  }

  /** By bearer token alone: no page of a browser sends telemetry with its cookie. */
  Future<Caller> device(HttpServerRequest request) {
    String bearer = BearerHandler.token(request.getHeader("Authorization"));
    return bearer == null
        ? Future.failedFuture(new ProblemException(Problem.unauthorized("no bearer token")))
        : verify(bearer, request);
  }

  /** Whether a page of this very origin asks. */
  static boolean isSameOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && authority(origin).equals(String.valueOf(request.authority()));
  }

  static ProblemException foreignOrigin() {
    return new ProblemException(Problem.of(
        403, "foreign-origin", "This is not allowed from another site", "Origin differs"));
  }

  private Future<Caller> verify(String token, HttpServerRequest request) {
    return refusals
        .counted(verifier.verify(
            token, strangers, String.valueOf(request.remoteAddress().hostAddress())))
        .map(principal -> new Caller(principal, token));
  }

  private static String authority(String origin) {
    try {
      @Nullable String authority = URI.create(origin).getAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
