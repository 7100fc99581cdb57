package io.pacewire.platform.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the claims of a token (RFC 7519, 4.1) must say before anybody is taken for who they name. */
final class TokenClaims {
  private static final long LEEWAY_S = 30;
  private static final long LATEST_S = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

  private TokenClaims() {}

  /** @throws IllegalArgumentException says which claim is at fault, without its value */
  static JwtPrincipal check(JsonObject claims, TokenSettings settings, Instant now) {
    try {
      require(settings.issuer().equals(claims.getString("iss")), "iss is another's");
      require(isFor(claims.getValue("aud"), settings.audience()), "aud is another's");
      long expiresAtS = expiry(claims);
      require(now.getEpochSecond() < expiresAtS + LEEWAY_S, "token has run out");
      Long notBeforeS = claims.getLong("nbf");
      require(
          notBeforeS == null || now.getEpochSecond() >= notBeforeS - LEEWAY_S,
          "token is not valid yet");
      UUID subject = uuid(claims, "sub");
      if (subject == null) {
        throw new IllegalArgumentException("sub is missing");
      }
      return new JwtPrincipal(
          subject,
          uuid(claims, "did"),
          claims.getString("tid", "public").intern(), // one of few, and remembered many times
          scopes(claims.getString("scope", "")),
          uuid(claims, "sid"),
          expiresAtS * 1_000,
          issuedAtS(claims) * 1_000);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException("a claim is of the wrong kind", e);
    }
  }

  private static long expiry(JsonObject claims) {
    Long expiresAtS = claims.getLong("exp");
    if (expiresAtS == null || expiresAtS < 0 || expiresAtS > LATEST_S) {
      throw new IllegalArgumentException("exp is missing or no time");
    }
    return expiresAtS;
  }

  /** A token without one, or with none that can be, is older than any revocation. */
  private static long issuedAtS(JsonObject claims) {
    Long issuedAtS = claims.getLong("iat");
    return issuedAtS == null || issuedAtS < 0 || issuedAtS > LATEST_S ? 0 : issuedAtS;
  }

  private static boolean isFor(@Nullable Object audience, String wanted) {
    return audience instanceof JsonArray several
        ? several.contains(wanted)
        : wanted.equals(audience);
  }

  private static Set<String> scopes(String spaced) {
    return Arrays.stream(spaced.split(" ", -1))
        .filter(scope -> !scope.isEmpty())
        .map(String::intern)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable UUID uuid(JsonObject claims, String name) {
    String text = claims.getString(name);
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no UUID", e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
