package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Tokens of more devices than anybody would sign up one by one, by the platform's own key. */
final class SignedTokens {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey key;
  private final String keyId;

  SignedTokens(ServerProcess server) throws Exception {
    Path file = server.data().resolve("secrets/token-signing-key.pem");
    String pem = Files.readString(file);
    String begin = "-----BEGIN PRIVATE KEY-----";
    String base64 = pem.substring(
            pem.indexOf(begin) + begin.length(), pem.indexOf("-----END PRIVATE KEY-----"))
        .replaceAll("\\s", "");
    key = KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    keyId = server
        .client()
        .get("/.well-known/jwks.json", null)
        .getJsonArray("keys")
        .getJsonObject(0)
        .getString("kid");
  }

  String device(UUID athlete, UUID device) throws Exception {
    String signed = encoded(new JsonObject().put("alg", "ES256").put("kid", keyId)) + "."
        + encoded(new JsonObject()
            .put("iss", "pacewire")
            .put("aud", "pacewire")
            .put("sub", athlete.toString())
            .put("did", device.toString())
            .put("tid", "public")
            .put("scope", "ingest")
            .put("exp", Instant.now().plusSeconds(600).getEpochSecond()));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + URL.encodeToString(signature.sign());
  }

  private static String encoded(JsonObject json) {
    return URL.encodeToString(json.encode().getBytes(UTF_8));
  }
}
