package io.pacewire.identity;

import io.pacewire.identity.Logins.Tokens;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a signed-in browser. No script can read them, no other site can send them, and the
 * refresh token goes nowhere but to where it is used.
 */
final class SignInCookies {
  private static final String ACCESS = "__Host-pw_at";
  private static final String REFRESH = "__Secure-pw_rt";
  private static final String REFRESH_PATH = "/v1/auth";

  private SignInCookies() {}

  static void set(RoutingContext ctx, Tokens tokens) {
    add(ctx, ACCESS, tokens.access(), "/", TokenIssuer.LIFE.toSeconds());
    add(ctx, REFRESH, tokens.refresh(), REFRESH_PATH, Logins.REFRESH_LIFE.toSeconds());
  }

  static void clear(RoutingContext ctx) {
    add(ctx, ACCESS, "", "/", 0);
    add(ctx, REFRESH, "", REFRESH_PATH, 0);
  }

  static @Nullable String refreshToken(RoutingContext ctx) {
    Cookie cookie = ctx.request().getCookie(REFRESH);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  private static void add(
      RoutingContext ctx, String name, String value, String path, long maxAgeS) {
    ctx.response()
        .addCookie(Cookie.cookie(name, value)
            .setPath(path)
            .setHttpOnly(true)
            .setSecure(true)
            .setSameSite(CookieSameSite.STRICT)
            .setMaxAge(maxAgeS));
  }
}
