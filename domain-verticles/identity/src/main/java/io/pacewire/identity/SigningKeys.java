package io.pacewire.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key that signs tokens: P-256 (ES256, RFC 7518, 3.4), with the part that is published. */
public final class SigningKeys {
  private static final int COORDINATE_BYTES = 32;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey privateKey;
  private final JsonObject publicJwk;

  private SigningKeys(PrivateKey privateKey, JsonObject publicJwk) {
    this.privateKey = privateKey;
    this.publicJwk = publicJwk;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  String keyId() {
    return publicJwk.getString("kid");
  }

  /** The key set as it is published (RFC 7517, 5). */
  JsonObject jwks() {
    return new JsonObject().put("keys", new JsonArray().add(publicJwk));
  }

  /** Makes a key unless the file is there; readable by its owner alone. */
  public static void generate(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          pem("PRIVATE KEY", pair.getPrivate().getEncoded())
              + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("signing key cannot be made: " + e.getMessage(), e);
    }
  }

  /** Reads what {@link #generate} wrote, or a PEM of the same two parts from elsewhere. */
  static SigningKeys read(Path file) throws IOException {
    String pem = Files.readString(file);
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      PrivateKey secret =
          factory.generatePrivate(new PKCS8EncodedKeySpec(part(pem, "PRIVATE KEY")));
      ECPublicKey published =
          (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(part(pem, "PUBLIC KEY")));
      return new SigningKeys(secret, jwk(published));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("identity.signingKeyFile: " + file + " holds no EC key pair", e);
    }
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
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
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
