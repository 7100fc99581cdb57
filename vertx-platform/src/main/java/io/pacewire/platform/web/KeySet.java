package io.pacewire.platform.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys an issuer publishes (RFC 7517), as far as they verify ES256. Never empty. */
record KeySet(Map<String, PublicKey> byId) {
  private static final String CURVE = "P-256";
  private static final int COORDINATE_BYTES = 32;

  KeySet {
    byId = Map.copyOf(byId);
    if (byId.isEmpty()) {
      throw new IllegalArgumentException("no key for ES256 is published");
    }
  }

  /** Keys of other kinds are left out: they are none that a token may name here. */
  static KeySet parse(JsonObject published) {
    Map<String, PublicKey> found = new HashMap<>();
    try {
      JsonArray keys = published.getJsonArray("keys", new JsonArray());
      for (int i = 0; i < keys.size(); i++) {
        JsonObject key = keys.getJsonObject(i);
        String id = key.getString("kid");
        if (id != null
            && "EC".equals(key.getString("kty"))
            && CURVE.equals(key.getString("crv"))
            && "sig".equals(key.getString("use", "sig"))) {
          found.put(id, publicKey(coordinate(key, "x"), coordinate(key, "y")));
        }
      }
    } catch (ClassCastException | GeneralSecurityException e) {
      throw new IllegalArgumentException("published keys are malformed", e);
    }
    return new KeySet(found);
  }

  Optional<PublicKey> find(String keyId) {
    return Optional.ofNullable(byId.get(keyId));
  }

  /** RFC 7518, 6.2.1.2: as many bytes as the curve's field has. */
  private static BigInteger coordinate(JsonObject key, String name) {
    byte[] bytes = Base64.getUrlDecoder().decode(key.getString(name, ""));
    if (bytes.length != COORDINATE_BYTES) {
      throw new IllegalArgumentException("coordinate " + name + " has " + bytes.length + " bytes");
    }
    return new BigInteger(1, bytes);
  }

  private static PublicKey publicKey(BigInteger x, BigInteger y) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(new ECPoint(x, y), curve.getParameterSpec(ECParameterSpec.class)));
  }
}
