package io.pacewire.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private RoleServer server;

  @BeforeEach
  void start() throws Exception {
    server = RoleServer.create(vertx, "test", 100);
    server.router().post("/echo").respond(ctx -> echo(JsonBody.of(ctx)));
    server
        .router()
        .get("/gone")
        .respond(ctx -> Future.failedFuture(new ProblemException(Problem.notFound("thing", 7))));
    server
        .router()
        .get("/broken")
        .respond(ctx -> Future.failedFuture(new IllegalStateException("secret")));
    server.check("base", () -> Future.failedFuture("away"));
    get(server.listen("127.0.0.1", 0));
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void anExpectedFailure_isTheProblemItCarries() throws Exception {
    HttpResponse<Buffer> answer =
        get(client.get(server.port(), "127.0.0.1", "/gone").send());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = answer.bodyAsJsonObject();
    assertThat(problem.getString("type")).isEqualTo("urn:pacewire:problem:not-found");
    assertThat(problem.getString("requestId")).isEqualTo(answer.getHeader("X-Request-Id"));
  }

  @Test
  void anUnexpectedFailure_tellsNothingOfItself() throws Exception {
    HttpResponse<Buffer> answer =
        get(client.get(server.port(), "127.0.0.1", "/broken").send());
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.bodyAsString()).doesNotContain("secret");
  }

  @Test
  void whatIsNotThere_andWhatIsTooLarge_areProblemsToo() throws Exception {
    assertThat(get(client.get(server.port(), "127.0.0.1", "/nowhere").send())
            .getHeader("Content-Type"))
        .isEqualTo("application/problem+json");
    Buffer large = Buffer.buffer("{\"name\":\"" + "x".repeat(200) + "\"}");
    assertThat(get(client.post(server.port(), "127.0.0.1", "/echo").sendBuffer(large))
            .statusCode())
        .isEqualTo(413);
  }

  @Test
  void aFieldThatIsWrong_isNamed() throws Exception {
    JsonObject problem = post("{\"name\":5}");
    assertThat(problem.getInteger("status")).isEqualTo(400);
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("name");
    assertThat(post("no json").getString("detail")).contains("body");
    assertThat(post("{\"name\":\"Maria\"}").getString("name")).isEqualTo("Maria");
  }

  @Test
  void aRoleThatLacksSomething_isNotReady() throws Exception {
    HttpResponse<Buffer> answer =
        get(client.get(server.port(), "127.0.0.1", "/health/ready").send());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.bodyAsJsonObject().getJsonObject("checks").getString("base"))
        .isEqualTo("down");
  }

  private JsonObject post(String body) throws Exception {
    return get(client.post(server.port(), "127.0.0.1", "/echo").sendBuffer(Buffer.buffer(body)))
        .bodyAsJsonObject();
  }

  private static Future<JsonObject> echo(JsonBody body) {
    return Future.succeededFuture(new JsonObject().put("name", body.text("name", 20)));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
