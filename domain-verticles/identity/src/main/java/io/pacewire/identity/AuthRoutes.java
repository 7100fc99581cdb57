package io.pacewire.identity;

import io.pacewire.identity.Logins.Tokens;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing in and out. A browser asks for cookies and never sees a token: scripts cannot steal what
 * they cannot read.
 */
final class AuthRoutes {
  private static final String ACCESS_COOKIE = "__Host-pw_at";
  private static final String REFRESH_COOKIE = "__Secure-pw_rt";
  private static final String REFRESH_PATH = "/v1/auth";
  private static final int LONGEST_SECRET = 200;

  private final Logins logins;
  private final SigningKeys keys;

  AuthRoutes(Logins logins, SigningKeys keys) {
    this.logins = logins;
    this.keys = keys;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/.well-known/jwks.json").respond(ctx -> Future.succeededFuture(keys.jwks()));
    router.post("/v1/auth/login").respond(this::login);
    router.post("/v1/auth/refresh").respond(this::refresh);
    router.post("/v1/auth/once").respond(this::once);
    router.post("/v1/auth/logout").handler(athlete).respond(this::logout);
    router.post("/v1/auth/links").handler(athlete).respond(this::link);
  }

  private Future<JsonObject> login(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    String email = body.parsed("email", 254, AccountRules::email);
    String password = body.verbatim("password", 1, AccountRules.LONGEST_PASSWORD);
    return logins.byPassword(email, password).map(tokens -> answer(ctx, body, tokens));
  }

  private Future<JsonObject> refresh(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    String sent = body.optionalText("refreshToken", LONGEST_SECRET);
    Cookie cookie = ctx.request().getCookie(REFRESH_COOKIE);
    String token = sent == null && cookie != null ? cookie.getValue() : sent;
    if (token == null) {
      throw new ProblemException(Problem.unauthorized("no refresh token"));
    }
    return logins.byRefresh(token).map(tokens -> answer(ctx, sent == null, tokens));
  }

  private Future<JsonObject> once(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    return logins
        .byLink(body.text("token", LONGEST_SECRET))
        .map(tokens -> answer(ctx, body, tokens));
  }

  private Future<JsonObject> logout(RoutingContext ctx) {
    UUID session = JwtPrincipal.of(ctx).sessionId();
    clear(ctx);
    return ended(session).map(done -> new JsonObject());
  }

  private Future<Void> ended(@Nullable UUID session) {
    return session == null ? Future.succeededFuture() : logins.end(session);
  }

  private Future<JsonObject> link(RoutingContext ctx) {
    return logins
        .link(JwtPrincipal.of(ctx).subject())
        .map(token ->
            new JsonObject().put("token", token).put("expiresInS", Logins.LINK_LIFE.toSeconds()));
  }

  private static JsonObject answer(RoutingContext ctx, JsonBody body, Tokens tokens) {
    return answer(ctx, body.flag("cookie"), tokens);
  }

  private static JsonObject answer(RoutingContext ctx, boolean cookies, Tokens tokens) {
    ctx.response().putHeader("Cache-Control", "no-store");
    JsonObject answer = new JsonObject()
        .put("athleteId", tokens.athleteId().toString())
        .put("expiresInS", TokenIssuer.LIFE.toSeconds());
    if (!cookies) {
      return answer.put("accessToken", tokens.access()).put("refreshToken", tokens.refresh());
    }
    set(ctx, cookie(ACCESS_COOKIE, tokens.access(), "/", TokenIssuer.LIFE.toSeconds()));
    set(
        ctx,
        cookie(REFRESH_COOKIE, tokens.refresh(), REFRESH_PATH, Logins.REFRESH_LIFE.toSeconds()));
    return answer;
  }

  private static void clear(RoutingContext ctx) {
    set(ctx, cookie(ACCESS_COOKIE, "", "/", 0));
    set(ctx, cookie(REFRESH_COOKIE, "", REFRESH_PATH, 0));
  }

  private static void set(RoutingContext ctx, Cookie cookie) {
    ctx.response().addCookie(cookie);
  }

  private static Cookie cookie(String name, String value, String path, long maxAgeS) {
    return Cookie.cookie(name, value)
        .setPath(path)
        .setHttpOnly(true)
        .setSecure(true)
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(maxAgeS);
  }
}
