package io.pacewire.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private final Promise<Void> asked = Promise.promise();
  private final Promise<JsonObject> answer = Promise.promise();
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
    server
        .router()
        .get("/away")
        .respond(ctx -> Future.failedFuture(new ConnectException("refused: 10.0.0.7")));
    server.router().get("/slow").respond(ctx -> {
      asked.complete();
      return answer.future();
    });
    server
        .router()
        .get("/things/:id")
        .respond(ctx ->
            Future.succeededFuture(JsonBody.uuid("id", ctx.pathParam("id")).toString()));
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

  @Test
  void somethingThatIsAway_isTold_butNotWhereItIs() throws Exception {
    HttpResponse<Buffer> answer =
        get(client.get(server.port(), "127.0.0.1", "/away").send());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("2");
    assertThat(answer.bodyAsString()).doesNotContain("10.0.0.7");
  }

  @Test
  void aPathParameterThatIsNoUuid_isA400() throws Exception {
    for (String id : List.of("7", "1-1-1-1-1", "0190a000-0000-7000-8000-00000000000g")) {
      assertThat(get(client.get(server.port(), "127.0.0.1", "/things/" + id).send())
              .statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void aCheckThatHangs_countsAsDown() throws Exception {
    server.check("hangs", () -> Promise.promise().future());
    HttpResponse<Buffer> answer =
        get(client.get(server.port(), "127.0.0.1", "/health/ready").send());
    assertThat(answer.bodyAsJsonObject().getJsonObject("checks").getString("hangs"))
        .isEqualTo("down");
  }

  @Test
  void closing_answersWhatIsUnderWay_andTakesNoMore() throws Exception {
    Future<HttpResponse<Buffer>> slow =
        client.get(server.port(), "127.0.0.1", "/slow").send();
    get(asked.future());
    int port = server.port();
    Future<Void> closing = server.close();
    answer.complete(new JsonObject().put("name", "late"));
    assertThat(get(slow).bodyAsJsonObject().getString("name")).isEqualTo("late");
    get(closing);
    assertThatThrownBy(() -> get(client.get(port, "127.0.0.1", "/health/live").send()))
        .isInstanceOf(ExecutionException.class);
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

  @Test
  void whoOffersAnUpgrade_isAnsweredWithoutOne() throws Exception {
    WebClient upgrading =
        WebClient.create(vertx, new WebClientOptions().setProtocolVersion(HttpVersion.HTTP_2));
    HttpResponse<Buffer> answered = get(upgrading
        .get(server.port(), "127.0.0.1", "/things/0197b0e4-6f4c-7000-8000-000000000001")
        .send());
    assertThat(answered.statusCode()).isEqualTo(200);
    assertThat(answered.version()).isEqualTo(HttpVersion.HTTP_1_1);
    upgrading.close();
  }

  @Test
  void whatARoleGetsAlongWithout_isTold_andNoReason() throws Exception {
    RoleServer own = RoleServer.create(vertx, "own", 100);
    own.check("base", Future::succeededFuture);
    own.note("spare", () -> Future.failedFuture("away"));
    get(own.listen("127.0.0.1", 0));
    HttpResponse<Buffer> answer =
        get(client.get(own.port(), "127.0.0.1", "/health/ready").send());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsJsonObject().getJsonObject("checks"))
        .isEqualTo(new JsonObject().put("base", "up").put("spare", "down"));
  }
}
