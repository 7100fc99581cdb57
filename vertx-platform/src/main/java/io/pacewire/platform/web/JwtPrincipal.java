package io.pacewire.platform.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a verified token speaks for.
 *
 * @param subject the athlete
 * @param deviceId null where the token is none of a device
 * @param tenant a gym, or {@code public}
 * @param sessionId the sign-in the token came from
 * @param issuedAtMs to the second; 0 where the token does not say
 */
public record JwtPrincipal(
    UUID subject,
    @Nullable UUID deviceId,
    String tenant,
    Set<String> scopes,
    @Nullable UUID sessionId,
    long expiresAtMs,
    long issuedAtMs) {
  private static final String KEY = "pacewire.principal";

  public JwtPrincipal {
    scopes = Set.copyOf(scopes);
  }

  /** The caller of a route that {@link BearerHandler} guards. */
  public static JwtPrincipal of(RoutingContext ctx) {
    JwtPrincipal principal = ctx.get(KEY);
    if (principal == null) {
      throw new ProblemException(Problem.unauthorized("no token"));
    }
    return principal;
  }

  void attach(RoutingContext ctx) {
    ctx.put(KEY, this);
  }
}
