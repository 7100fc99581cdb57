package io.pacewire.platform.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets nobody by without a verified bearer token (RFC 6750) that has one of the wanted scopes. */
public final class BearerHandler implements Handler<RoutingContext> {
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier verifier;
  private final Set<String> scopes;

  public BearerHandler(TokenVerifier verifier, String... oneOfScopes) {
    this.verifier = verifier;
    this.scopes = Set.of(oneOfScopes);
  }

  @Override
  public void handle(RoutingContext ctx) {
    String token = token(ctx.request().getHeader("Authorization"));
    if (token == null) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer");
      ctx.fail(new ProblemException(Problem.unauthorized("no bearer token")));
      return;
    }
    UnreadBody.pause(ctx.request());
    verifier
        .verify(token)
        .onSuccess(principal -> {
          UnreadBody.resume(ctx.request());
          if (principal.scopes().stream().noneMatch(scopes::contains)) {
            ctx.fail(new ProblemException(Problem.forbidden("token lacks a scope of " + scopes)));
            return;
          }
          principal.attach(ctx);
          ctx.next();
        })
        .onFailure(cause -> {
          UnreadBody.resume(ctx.request());
          ctx.fail(cause);
        });
  }

  /** The token of an {@code Authorization} header, null where it carries none. */
  public static @Nullable String token(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).trim()
        : null;
  }
}
