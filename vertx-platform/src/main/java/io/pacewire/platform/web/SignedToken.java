package io.pacewire.platform.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * A token in compact form (RFC 7515), taken apart but not believed yet. ES256 is the only algorithm:
 * the token does not get to choose another, nor none.
 */
final class SignedToken {
  private static final int SIGNATURE_BYTES = 64;

  private final String keyId;
  private final byte[] signed;
  private final byte[] signature;
  private final String encodedClaims;

  private SignedToken(String keyId, byte[] signed, byte[] signature, String encodedClaims) {
    this.keyId = keyId;
    this.signed = signed;
    this.signature = signature;
    this.encodedClaims = encodedClaims;
  }

  /** @throws IllegalArgumentException where the text is no such token */
  static SignedToken parse(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a token has three parts");
    }
    JsonObject header = json(parts[0]);
    Object keyId = header.getValue("kid");
    if (!"ES256".equals(header.getValue("alg"))
        || !(keyId instanceof String id)
        || header.containsKey("crit")) { // RFC 7515, 4.1.11: what is critical must be understood
      throw new IllegalArgumentException("the token is not signed as it has to be");
    }
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    if (signature.length != SIGNATURE_BYTES) {
      throw new IllegalArgumentException("the signature has " + signature.length + " bytes");
    }
    byte[] signed = token.substring(0, token.lastIndexOf('.')).getBytes(US_ASCII);
    return new SignedToken(id, signed, signature, parts[1]);
  }

  String keyId() {
    return keyId;
  }

  boolean isSignedBy(PublicKey key) {
    try {
      Signature verification = Signature.getInstance("SHA256withECDSAinP1363Format");
      verification.initVerify(key);
      verification.update(signed);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature that cannot be one, such as zeros
    }
  }

  /** Not to be believed before the signature is known to be good. */
  JsonObject claims() {
    return json(encodedClaims);
  }

  private static JsonObject json(String encoded) {
    try {
      return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(encoded)));
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("a part of the token is no JSON object", e);
    }
  }
}
