package io.pacewire.launcher.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The platform's REST API, blocking, for commands. Thread-safe. */
public final class PlatformClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final URI gateway;

  /**
   * @param gateway such as {@code https://localhost:8443}
   * @param certificates PEM of the authority that signed the gateway's certificate, null for the
   *     system's own
   */
  public PlatformClient(URI gateway, @Nullable Path certificates) {
    this.gateway = gateway;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    if (certificates != null) {
      builder.sslContext(TrustedCertificates.context(certificates));
    }
    this.http = builder.build();
  }

  public URI gateway() {
    return gateway;
  }

  public JsonObject get(String path, @Nullable String token) {
    return send(request(path, token).GET().build());
  }

  /** POST with an idempotency key, so that a retry after a lost answer does nothing twice. */
  public JsonObject post(String path, @Nullable String token, JsonObject body) {
    return send(request(path, token)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
        .build());
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(TIMEOUT)
        .header("Accept", "application/json");
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder;
  }

  private JsonObject send(HttpRequest request) {
    String what = request.method() + " " + request.uri().getPath();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonObject body = parsed(response.body());
      if (response.statusCode() >= 400) {
        throw new PlatformException(
            what + ": " + body.getString("detail", body.getString("title", "no reason given")),
            response.statusCode());
      }
      return body;
    } catch (IOException e) {
      throw new PlatformException(what + ": the platform does not answer (" + reason(e) + ")", 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException(what + ": interrupted", 0);
    }
  }

  /** Java's client gives a connection that was not made, or that broke, often no message. */
  private String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "no connection to " + gateway;
    }
    String message = failure.getMessage();
    return message == null ? "the connection to " + gateway + " broke" : message;
  }

  private static JsonObject parsed(String body) {
    try {
      return body.isBlank() ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject().put("title", "an answer that is no JSON");
    }
  }
}
