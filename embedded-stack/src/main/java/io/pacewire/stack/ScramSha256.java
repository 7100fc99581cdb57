package io.pacewire.stack;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding, for one login. */
final class ScramSha256 {
  static final String MECHANISM = "SCRAM-SHA-256";
  private static final int KEY_BITS = 256;
  private static final int NONCE_BYTES = 18;

  private final String password;
  private final String nonce;
  private final String bareFirst;
  private byte[] serverSignature = {};

  /** PostgreSQL takes the user from the startup message and ignores the one here. */
  ScramSha256(String password) {
    this("", password, nonce());
  }

  ScramSha256(String user, String password, String nonce) {
    this.password = password;
    this.nonce = nonce;
    this.bareFirst = "n=" + user + ",r=" + nonce;
  }

  String clientFirst() {
    return "n,," + bareFirst;
  }

  String clientFinal(String serverFirst) throws ProtocolException {
    Map<String, String> fields = fields(serverFirst);
    String joined = fields.getOrDefault("r", "");
    if (!joined.startsWith(nonce)) {
      throw new ProtocolException("SCRAM nonce is not ours");
    }
    String withoutProof = "c=biws,r=" + joined; // biws is "n,," in base64
    String signed = bareFirst + "," + serverFirst + "," + withoutProof;
    try {
      byte[] salted = salted(fields);
      byte[] clientKey = hmac(salted, "Client Key");
      byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), signed);
      for (int i = 0; i < proof.length; i++) {
        proof[i] ^= clientKey[i];
      }
      serverSignature = hmac(hmac(salted, "Server Key"), signed);
      return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The server must know the password too: a stranger on our port is not taken for it. */
  void verify(String serverFinal) throws ProtocolException {
    String signature = fields(serverFinal).getOrDefault("v", "");
    if (!MessageDigest.isEqual(
        signature.getBytes(StandardCharsets.US_ASCII),
        Base64.getEncoder().encode(serverSignature))) {
      throw new ProtocolException("the server does not know the password");
    }
  }

  private static String nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    return Base64.getEncoder().encodeToString(nonce);
  }

  private byte[] salted(Map<String, String> fields)
      throws GeneralSecurityException, ProtocolException {
    try {
      byte[] salt = Base64.getDecoder().decode(fields.getOrDefault("s", ""));
      int iterations = Integer.parseInt(fields.getOrDefault("i", ""));
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
          .getEncoded();
    } catch (IllegalArgumentException malformed) {
      throw new ProtocolException("malformed SCRAM challenge");
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Map<String, String> fields(String message) {
    Map<String, String> fields = new HashMap<>();
    Arrays.stream(message.split(","))
        .filter(field -> field.length() > 1 && field.charAt(1) == '=')
        .forEach(field -> fields.put(field.substring(0, 1), field.substring(2)));
    return fields;
  }
}
