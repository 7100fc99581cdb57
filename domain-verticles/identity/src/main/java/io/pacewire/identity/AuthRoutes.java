package io.pacewire.identity;

import io.pacewire.identity.Logins.Tokens;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
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
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_SECRET = 200;

  private final SignIn signIn;
  private final Logins logins;
  private final TokenVerifier verifier;

  AuthRoutes(SignIn signIn, Logins logins, TokenVerifier verifier) {
    this.signIn = signIn;
    this.logins = logins;
    this.verifier = verifier;
  }

  void mount(Router router) {
    BearerHandler athlete = new BearerHandler(verifier, "athlete");
    router.post("/v1/auth/login").respond(this::login);
    router.post("/v1/auth/refresh").respond(this::refresh);
    router.post("/v1/auth/once").respond(this::once);
    router.post("/v1/auth/logout").respond(this::logout);
    router.post("/v1/auth/links").handler(athlete).respond(this::link);
  }

  private Future<JsonObject> login(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    boolean cookies = body.flag("cookie");
    String email = body.parsed("email", LONGEST_EMAIL, AccountRules::email);
    String password =
        AccountRules.password(body.verbatim("password", 1, AccountRules.LONGEST_PASSWORD));
    return signIn
        .byPassword(email, password, CallerAddress.of(ctx.request()))
        .map(tokens -> answer(ctx, cookies, tokens));
  }

  private Future<JsonObject> once(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    boolean cookies = body.flag("cookie");
    return signIn
        .byLink(body.text("token", LONGEST_SECRET))
        .map(tokens -> answer(ctx, cookies, tokens));
  }

  private Future<JsonObject> refresh(RoutingContext ctx) {
    String sent = JsonBody.of(ctx).optionalText("refreshToken", LONGEST_SECRET);
    String token = sent == null ? SignInCookies.refreshToken(ctx) : sent;
    if (token == null) {
      throw new ProblemException(Problem.unauthorized("no refresh token"));
    }
    boolean cookies = sent == null;
    return logins
        .refresh(token)
        .map(tokens -> answer(ctx, cookies, tokens))
        .onFailure(cause -> forget(ctx, cookies, cause));
  }

  /** Signs out by whatever still says who it is; a browser loses its cookies in any case. */
  private Future<JsonObject> logout(RoutingContext ctx) {
    String sent = JsonBody.of(ctx).optionalText("refreshToken", LONGEST_SECRET);
    String refresh = sent == null ? SignInCookies.refreshToken(ctx) : sent;
    SignInCookies.clear(ctx);
    if (refresh != null) {
      return logins.endByRefresh(refresh).map(done -> new JsonObject());
    }
    String bearer = BearerHandler.token(ctx.request().getHeader("Authorization"));
    if (bearer == null) {
      throw new ProblemException(Problem.unauthorized("no token"));
    }
    return verifier
        .verify(bearer)
        .compose(caller -> ended(caller.sessionId()))
        .map(done -> new JsonObject());
  }

  private Future<Void> ended(@Nullable UUID session) {
    return session == null ? Future.succeededFuture() : logins.end(session);
  }

  private Future<JsonObject> link(RoutingContext ctx) {
    return signIn.link(JwtPrincipal.of(ctx).subject()).map(token -> {
      ctx.response().putHeader("Cache-Control", "no-store");
      return new JsonObject().put("token", token).put("expiresInS", SignIn.LINK_LIFE.toSeconds());
    });
  }

  private static JsonObject answer(RoutingContext ctx, boolean cookies, Tokens tokens) {
    ctx.response().putHeader("Cache-Control", "no-store");
    JsonObject answer = new JsonObject()
        .put("athleteId", tokens.athleteId().toString())
        .put("expiresInS", TokenIssuer.LIFE.toSeconds());
    if (!cookies) {
      return answer.put("accessToken", tokens.access()).put("refreshToken", tokens.refresh());
    }
    SignInCookies.set(ctx, tokens);
    return answer;
  }

  /** Cookies of a sign-in that has ended would only be refused again and again. */
  private static void forget(RoutingContext ctx, boolean cookies, Throwable cause) {
    if (cookies && cause instanceof ProblemException known && known.problem().status() == 401) {
      SignInCookies.clear(ctx);
    }
  }
}
