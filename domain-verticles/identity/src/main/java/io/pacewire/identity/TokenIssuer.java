package io.pacewire.identity;

import io.pacewire.platform.web.TokenSettings;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;

/** Makes access tokens (RFC 7519) that hold ten minutes. */
final class TokenIssuer {
  static final Duration LIFE = Duration.ofMinutes(10);
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final SigningKeys keys;
  private final TokenSettings settings;
  private final InstantSource clock;

  TokenIssuer(SigningKeys keys, TokenSettings settings, InstantSource clock) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  /** For an athlete who signed in. */
  String athlete(UUID athleteId, UUID sessionId) {
    return sign(claims(athleteId, "athlete").put("sid", sessionId.toString()));
  }

  /** For a device that may send what it records, and nothing else. */
  String device(UUID athleteId, UUID deviceId) {
    return sign(claims(athleteId, "ingest").put("did", deviceId.toString()));
  }

  private JsonObject claims(UUID athleteId, String scope) {
    long nowS = clock.instant().getEpochSecond();
    return new JsonObject()
        .put("iss", settings.issuer())
        .put("aud", settings.audience())
        .put("sub", athleteId.toString())
        .put("tid", "public")
        .put("scope", scope)
        .put("iat", nowS)
        .put("exp", nowS + LIFE.toSeconds())
        .put("jti", UUID.randomUUID().toString());
  }

  private String sign(JsonObject claims) {
    SigningKey key = keys.signing();
    JsonObject header =
        new JsonObject().put("alg", "ES256").put("typ", "JWT").put("kid", key.keyId());
    String signed = encoded(header) + "." + encoded(claims);
    try {
      byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("token cannot be signed", e);
    }
  }

  private static String encoded(JsonObject json) {
    return URL.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
