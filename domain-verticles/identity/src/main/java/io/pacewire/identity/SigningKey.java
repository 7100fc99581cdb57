package io.pacewire.identity;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** One key pair on P-256 (ES256, RFC 7518, 3.4), and the part of it that is published. */
final class SigningKey {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final int FIELD_BITS = 256;
  private static final int COORDINATE_BYTES = 32;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey secret;
  private final JsonObject published;

  private SigningKey(PrivateKey secret, JsonObject published) {
    this.secret = secret;
    this.published = published;
  }

  /** A new pair as PEM: PKCS#8 and the public part. */
  static String generatePem() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    return pem(PRIVATE, pair.getPrivate().getEncoded())
        + pem(PUBLIC, pair.getPublic().getEncoded());
  }

  /** @throws IllegalArgumentException where the text holds no such pair */
  static SigningKey parse(String pem) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("EC");
    PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(part(pem, PRIVATE)));
    ECPublicKey published =
        (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(part(pem, PUBLIC)));
    if (published.getParams().getCurve().getField().getFieldSize() != FIELD_BITS) {
      throw new IllegalArgumentException("the key is not on P-256");
    }
    SigningKey key = new SigningKey(secret, jwk(published));
    byte[] probe = {1, 2, 3};
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(published);
    check.update(probe);
    if (!check.verify(key.sign(probe))) {
      throw new IllegalArgumentException("private and public key do not belong together");
    }
    return key;
  }

  String keyId() {
    return published.getString("kid");
  }

  JsonObject jwk() {
    return published.copy();
  }

  /** An ES256 signature as tokens carry it: r and s, 32 bytes each. */
  byte[] sign(byte[] content) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(secret);
    signature.update(content);
    return signature.sign();
  }

  private static JsonObject jwk(ECPublicKey key) throws GeneralSecurityException {
    String x = coordinate(key.getW().getAffineX());
    String y = coordinate(key.getW().getAffineY());
    // The thumbprint (RFC 7638) names the key, so that it keeps its name wherever it is read.
    String canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
    byte[] thumbprint =
        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
    return new JsonObject()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", x)
        .put("y", y)
        .put("alg", "ES256")
        .put("use", "sig")
        .put("kid", URL.encodeToString(thumbprint));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return URL.encodeToString(fixed);
  }

  private static String pem(String label, byte[] content) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN " + label + "-----\n" + lines.encodeToString(content) + "\n-----END " + label
        + "-----\n";
  }

  private static byte[] part(String pem, String label) {
    String begin = "-----BEGIN " + label + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no " + label);
    }
    return Base64.getMimeDecoder()
        .decode(pem.substring(from + begin.length(), to).strip());
  }
}
