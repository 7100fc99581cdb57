package io.pacewire.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs tokens and publishes its keys over HTTP, as identity does. */
public final class TestIssuer {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final Map<String, KeyPair> published = new LinkedHashMap<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private HttpServer server;
  volatile int status = 200;
  private volatile Future<Void> mayAnswer = Future.succeededFuture();

  public Future<HttpServer> listen(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::answer);
    return server.listen(0, "127.0.0.1");
  }

  public TokenSettings settings() {
    return new TokenSettings(
        "pacewire", "pacewire", "http://127.0.0.1:" + server.actualPort() + "/jwks.json");
  }

  /** Its keys are asked for and do not come before this completes. */
  public void answersAfter(Future<Void> due) {
    mayAnswer = due;
  }

  /** To who asks for its keys. */
  public void answersWith(int code) {
    status = code;
  }

  public int fetches() {
    return fetches.get();
  }

  public synchronized KeyPair publish(String keyId) throws Exception {
    KeyPair pair = keyPair();
    published.put(keyId, pair);
    return pair;
  }

  synchronized void withdrawAll() {
    published.clear();
  }

  public static KeyPair keyPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  public static String sign(KeyPair pair, String keyId, JsonObject claims) throws Exception {
    JsonObject header = new JsonObject().put("alg", "ES256").put("kid", keyId);
    return sign(pair, header, claims);
  }

  static String sign(KeyPair pair, JsonObject header, JsonObject claims) throws Exception {
    String signed = encoded(header) + "." + encoded(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + URL.encodeToString(signature.sign());
  }

  static String encoded(JsonObject json) {
    return URL.encodeToString(json.encode().getBytes(UTF_8));
  }

  private synchronized void answer(HttpServerRequest request) {
    fetches.incrementAndGet();
    JsonArray keys = new JsonArray();
    published.forEach((id, pair) -> keys.add(jwk(id, (ECPublicKey) pair.getPublic())));
    Future<Void> unused = mayAnswer.compose(due -> request
        .response()
        .setStatusCode(status)
        .end(new JsonObject().put("keys", keys).encode()));
  }

  private static JsonObject jwk(String id, ECPublicKey key) {
    return new JsonObject()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("use", "sig")
        .put("alg", "ES256")
        .put("kid", id)
        .put("x", coordinate(key.getW().getAffineX()))
        .put("y", coordinate(key.getW().getAffineY()));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return URL.encodeToString(Arrays.copyOf(fixed, 32));
  }
}
