package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** An issuer of device tokens: a key of its own, published where the server looks for it. */
public final class DeviceKeys implements AutoCloseable {
  private static final Base64.Encoder BASE_64 = Base64.getUrlEncoder().withoutPadding();
  private static final int COORDINATE_BYTES = 32;
  private static final long VALID_S = 24 * 3_600;

  private final KeyPair keys;
  private final HttpServer published;

  public DeviceKeys() throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
    byte[] body = jwks().toBuffer().getBytes();
    published = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    published.createContext("/keys", exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    published.start();
  }

  public String url() {
    return "http://127.0.0.1:" + published.getAddress().getPort() + "/keys";
  }

  /** Tokens of devices that differ, of athletes that differ. */
  public List<String> tokens(int count) throws GeneralSecurityException {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(token(UUID.randomUUID(), UUID.randomUUID(), "ingest"));
    }
    return tokens;
  }

  /** @param scope as a token names it, several with spaces between them */
  public String token(UUID athlete, UUID device, String scope) throws GeneralSecurityException {
    long nowS = System.currentTimeMillis() / 1_000;
    JsonObject claims = new JsonObject()
        .put("iss", "pacewire")
        .put("aud", "pacewire")
        .put("sub", athlete.toString())
        .put("did", device.toString())
        .put("scope", scope)
        .put("iat", nowS)
        .put("exp", nowS + VALID_S);
    String signed =
        encoded(new JsonObject().put("alg", "ES256").put("kid", "bench")) + "." + encoded(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(US_ASCII));
    return signed + "." + BASE_64.encodeToString(signature.sign());
  }

  private static String encoded(JsonObject part) {
    return BASE_64.encodeToString(part.encode().getBytes(UTF_8));
  }

  private JsonObject jwks() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return new JsonObject()
        .put(
            "keys",
            new JsonArray()
                .add(new JsonObject()
                    .put("kid", "bench")
                    .put("kty", "EC")
                    .put("crv", "P-256")
                    .put("use", "sig")
                    .put("x", coordinate(key.getW().getAffineX()))
                    .put("y", coordinate(key.getW().getAffineY()))));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int from = Math.max(0, bytes.length - COORDINATE_BYTES);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, fixed, COORDINATE_BYTES - length, length);
    return BASE_64.encodeToString(fixed);
  }

  @Override
  public void close() {
    published.stop(0);
  }
}
