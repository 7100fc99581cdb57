package io.pacewire.training;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.ImportSettings;
import io.pacewire.training.imports.Imports;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of the training role over HTTP, with tokens of an issuer of its own. */
final class ApiServer {
  private static final long MAX_BODY_BYTES = 1 << 20;

  final ApiDocument api;
  final Router router;
  private final RoleServer server;
  private final Imports imports;
  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;
  /**
   * As the gateway speaks to roles. With an upgrade to HTTP/2 in clear text, one in ten first answers of
   * more than a frame (43 KB) stops halfway in Vert.x 5.0.8, also from a server without any of our code.
   */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ApiServer(Vertx vertx, TrainingCore core) throws Exception {
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    api = Await.get(ApiDocument.load(vertx, "openapi/training.yaml"));
    server = RoleServer.create(vertx, "training", MAX_BODY_BYTES);
    router = server.router();
    TokenVerifier tokens = TokenVerifier.create(vertx, issuer.settings());
    imports = Imports.create(
        vertx,
        core.pool,
        RealServers.kafka(),
        ImportSettings.usual(),
        core.parts.deletedTrainings(),
        core.parts.zones(),
        InstantSource.system());
    server.streams(Imports.UPLOADS);
    imports.mountUpload(router, api, tokens);
    core.parts.mount(router, api, tokens);
    imports.mount(router, tokens);
    RoleServer unused = Await.get(server.listen("127.0.0.1", 0));
  }

  void close() throws Exception {
    Await.get(server.close());
    Await.get(imports.close());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  String token(UUID athlete) throws Exception {
    return AthleteToken.of(athlete, key);
  }

  HttpResponse<byte[]> get(UUID athlete, String path, String... headers) throws Exception {
    return ask("GET", athlete, path, null, headers);
  }

  /** @param headers names and values in turn */
  HttpResponse<byte[]> ask(
      String method, @Nullable UUID athlete, String path, @Nullable String body, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(60))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (athlete != null) {
      request.header("Authorization", "Bearer " + token(athlete));
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  static JsonObject json(HttpResponse<byte[]> response) {
    return new JsonObject(io.vertx.core.buffer.Buffer.buffer(response.body()));
  }

  static List<String> fieldsAtFault(HttpResponse<byte[]> response) {
    return json(response).getJsonArray("errors", new JsonArray()).stream()
        .map(one -> ((JsonObject) one).getString("field"))
        .toList();
  }
}
