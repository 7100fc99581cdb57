package io.pacewire.platform.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.ext.web.client.WebClient;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (ES256, RFC 7519) with the issuer's published keys. Keys are fetched when
 * first needed and again when a token was signed with one that is not known, at most every ten
 * seconds. What verified once is remembered until it runs out; bounded. Thread-safe.
 */
public final class TokenVerifier {
  private static final long REFETCH_MS = 10_000;
  private static final int REMEMBERED = 10_000;
  private static final int MAX_TOKEN_CHARS = 8_192;
  private static final int LEEWAY_S = 30;

  private final Vertx vertx;
  private final TokenSettings settings;
  private final WebClient client;
  private final InstantSource clock = InstantSource.system();
  private final Map<String, JwtPrincipal> remembered = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, JwtPrincipal> eldest) {
      return size() > REMEMBERED;
    }
  };
  private @Nullable JWTAuth keys;
  private long fetchedAtMs = Long.MIN_VALUE / 2;
  private @Nullable Future<JWTAuth> fetching;

  private TokenVerifier(Vertx vertx, TokenSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.client = WebClient.create(vertx);
  }

  public static TokenVerifier create(Vertx vertx, TokenSettings settings) {
    return new TokenVerifier(vertx, settings);
  }

  /** Fails with a {@link ProblemException}: 401 for a token that is not good, 503 without keys. */
  public Future<JwtPrincipal> verify(String token) {
    JwtPrincipal known = recall(token);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    if (token.length() > MAX_TOKEN_CHARS) {
      return Future.failedFuture(refused("token too long"));
    }
    return keys()
        .compose(
            auth -> authenticate(auth, token).recover(cause -> retryWithFreshKeys(token, cause)))
        .map(user -> remember(token, user.attributes().getJsonObject("accessToken")));
  }

  private Future<User> retryWithFreshKeys(String token, Throwable cause) {
    boolean mayRefetch;
    synchronized (this) {
      mayRefetch = clock.millis() - fetchedAtMs > REFETCH_MS;
    }
    return mayRefetch
        ? fetch().compose(fresh -> authenticate(fresh, token))
        : Future.failedFuture(cause);
  }

  private static Future<User> authenticate(JWTAuth auth, String token) {
    return auth.authenticate(new TokenCredentials(token))
        .recover(cause -> Future.failedFuture(refused("token not valid or run out")));
  }

  private Future<JWTAuth> keys() {
    synchronized (this) {
      if (keys != null) {
        return Future.succeededFuture(keys);
      }
    }
    return fetch();
  }

  private synchronized Future<JWTAuth> fetch() {
    if (fetching == null) {
      fetching = client
          .getAbs(settings.jwksUrl())
          .timeout(5_000)
          .send()
          .map(response -> adopt(response.bodyAsJsonObject()))
          .recover(cause -> Future.failedFuture(
              new ProblemException(Problem.unavailable("keys for tokens are not known now"))))
          .onComplete(done -> fetched());
    }
    return fetching;
  }

  private synchronized JWTAuth adopt(JsonObject jwks) {
    JWTAuthOptions options = new JWTAuthOptions()
        .setJWTOptions(new JWTOptions()
            .setIssuer(settings.issuer())
            .setAudience(List.of(settings.audience()))
            .setLeeway(LEEWAY_S));
    JsonArray published = jwks.getJsonArray("keys", new JsonArray());
    for (int i = 0; i < published.size(); i++) {
      options.addJwk(published.getJsonObject(i));
    }
    JWTAuth adopted = JWTAuth.create(vertx, options);
    keys = adopted;
    fetchedAtMs = clock.millis();
    return adopted;
  }

  private synchronized void fetched() {
    fetching = null;
  }

  private synchronized @Nullable JwtPrincipal recall(String token) {
    JwtPrincipal known = remembered.get(token);
    if (known != null && known.expiresAtMs() <= clock.millis()) {
      remembered.remove(token);
      return null;
    }
    return known;
  }

  private JwtPrincipal remember(String token, JsonObject claims) {
    JwtPrincipal principal = principal(claims);
    synchronized (this) {
      remembered.put(token, principal);
    }
    return principal;
  }

  private static JwtPrincipal principal(JsonObject claims) {
    try {
      String subject = claims.getString("sub");
      Long expires = claims.getLong("exp");
      if (subject == null || expires == null) {
        throw refused("token lacks sub or exp");
      }
      return new JwtPrincipal(
          UUID.fromString(subject),
          uuid(claims.getString("did")),
          claims.getString("tid", "public"),
          Set.of(claims.getString("scope", "").split(" ")),
          uuid(claims.getString("sid")),
          expires * 1_000);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw refused("token's claims are malformed");
    }
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.unauthorized(detail));
  }
}
