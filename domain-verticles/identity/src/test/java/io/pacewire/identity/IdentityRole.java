package io.pacewire.identity;

import io.pacewire.platform.web.RoleClient;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.Endpoint;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The role on a real PostgreSQL and a real Kafka, and somebody who talks to it over HTTP. */
final class IdentityRole {
  static final String PASSWORD = "correct horse battery";

  final Vertx vertx = Vertx.vertx();
  final TestClock clock = new TestClock();
  final EmbeddedStack stack;
  final JsonObject config;
  /** As many connections as a test asks at once: waiting for one would put the asking in order. */
  private final WebClient client =
      WebClient.create(vertx, RoleClient.options(), new PoolOptions().setHttp1MaxSize(100));

  private final IdentityVerticle verticle;

  IdentityRole(Path folder) throws Exception {
    stack = EmbeddedStack.start(
        StackConfig.in(folder.resolve("stack"))
            .withServers(Set.of(StackServer.POSTGRES, StackServer.KAFKA)),
        StackListener.SILENT);
    Path password = Files.writeString(folder.resolve("identity.password"), "of-the-test");
    sql(
        "CREATE ROLE pw_identity LOGIN PASSWORD 'of-the-test'",
        "CREATE SCHEMA identity AUTHORIZATION pw_identity");
    topic("account.v1");
    topic("security.revocations.v1");
    Path keys = Files.createDirectory(folder.resolve("keys"));
    SigningKeys.generate(keys.resolve("2026-01.pem"));
    Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
    config = new JsonObject()
        .put("identity", new JsonObject().put("signingKeyFile", keys.toString()))
        .put(
            "kafka",
            new JsonObject()
                .put("bootstrapServers", stack.endpoints().of(StackServer.KAFKA).address()))
        .put(
            "postgres",
            new JsonObject()
                .put("host", postgres.host())
                .put("port", postgres.port())
                .put("identity", new JsonObject().put("passwordFile", password.toString())));
    verticle = new IdentityVerticle(IdentityConfig.from(config), clock);
    get(vertx.deployVerticle(verticle));
  }

  int port() {
    return verticle.port();
  }

  HttpResponse<Buffer> post(String path, JsonObject body) throws Exception {
    return get(asking(HttpMethod.POST, path, Map.of(), body));
  }

  HttpResponse<Buffer> as(String token, HttpMethod method, String path, JsonObject body)
      throws Exception {
    return get(asking(method, path, Map.of("Authorization", "Bearer " + token), body));
  }

  Future<HttpResponse<Buffer>> asking(
      HttpMethod method, String path, Map<String, String> headers, JsonObject body) {
    HttpRequest<Buffer> request = client.request(method, port(), "127.0.0.1", path);
    headers.forEach(request::putHeader);
    return body == null ? request.send() : request.sendJsonObject(body);
  }

  /** A new athlete's address. */
  String registered() throws Exception {
    String email = "runner-" + UUID.randomUUID() + "@example.org";
    HttpResponse<Buffer> made = post("/v1/accounts", registration(email));
    if (made.statusCode() != 201) {
      throw new AssertionError(made.bodyAsString());
    }
    return email;
  }

  JsonObject login(String email) throws Exception {
    HttpResponse<Buffer> answer = post("/v1/auth/login", credentials(email, PASSWORD));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.bodyAsString());
    }
    return answer.bodyAsJsonObject();
  }

  HttpResponse<Buffer> refresh(String token) throws Exception {
    return post("/v1/auth/refresh", new JsonObject().put("refreshToken", token));
  }

  static JsonObject registration(String email) {
    return credentials(email, PASSWORD)
        .put("displayName", "Maria")
        .put("timeZone", "Europe/Berlin")
        .put("locale", "en");
  }

  static JsonObject credentials(String email, String password) {
    return new JsonObject().put("email", email).put("password", password);
  }

  void sql(String... statements) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** As the superuser: what a thief of the database would see. */
  Connection connect() throws Exception {
    Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + postgres.address() + "/pacewire",
        postgres.user(),
        Files.readString(postgres.passwordFile()).strip());
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  void close() throws Exception {
    get(vertx.close());
    stack.close();
  }

  private void topic(String name) throws Exception {
    try (Admin admin = Admin.create(
        Map.of("bootstrap.servers", stack.endpoints().of(StackServer.KAFKA).address()))) {
      admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get(30, TimeUnit.SECONDS);
    }
  }
}
