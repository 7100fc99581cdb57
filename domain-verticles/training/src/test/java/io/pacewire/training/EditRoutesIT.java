package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Edits over HTTP, on a real PostgreSQL: locks, keys, and what is refused. */
@ExtendWith(RealServers.class)
class EditRoutesIT {
  private static final long CUT_MS = RecordedRun.START_MS + 200_000;
  private static Vertx vertx;
  private static TestSchema schema;
  private static Pool pool;
  private static RoleServer server;
  private static WebClient client;
  private static TestIssuer issuer;
  private static KeyPair key;
  private static OncePosts once;
  private static final AtomicLong NOW_MS = new AtomicLong(1_790_000_000_000L);

  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final RecordedRun run = RecordedRun.of(40);
  private String token;

  @BeforeAll
  static void open() throws Exception {
    schema = TestSchema.open("training");
    vertx = schema.vertx();
    pool = schema.pool();
    issuer = new TestIssuer();
    Await.get(issuer.listen(vertx));
    key = issuer.publish("one");
    once = new OncePosts(new IdempotencyRepository(pool), () -> Instant.ofEpochMilli(NOW_MS.get()));
    TrainingCore core = new TrainingCore(vertx, pool);
    server = RoleServer.create(vertx, "training", 1 << 20);
    new TrainingEditRoutes(core.lifecycle, core.edits, core.recompute, once)
        .mount(server.router(), TokenVerifier.create(vertx, issuer.settings()));
    Await.get(server.listen("127.0.0.1", 0));
    client = WebClient.create(vertx);
  }

  @AfterAll
  static void close() throws Exception {
    Await.get(server.close());
    schema.close();
  }

  @BeforeEach
  void record() throws Exception {
    core.apply(run.all());
    token = AthleteToken.of(run.athlete, key);
  }

  private HttpResponse<Buffer> post(String edit, JsonObject body, String... headers)
      throws Exception {
    return send(HttpMethod.POST, "/v1/trainings/" + run.session + "/" + edit, body, headers);
  }

  private HttpResponse<Buffer> send(
      HttpMethod method, String path, JsonObject body, String... headers) throws Exception {
    return Await.get(request(method, path, headers).sendJsonObject(body));
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path, String... headers) {
    HttpRequest<Buffer> request = client
        .request(method, server.port(), "127.0.0.1", path)
        .putHeader("Authorization", "Bearer " + token);
    for (int i = 0; i < headers.length; i += 2) {
      request.putHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static JsonObject cut() {
    return new JsonObject().put("fromMs", CUT_MS);
  }

  @Test
  void anEdit_isAnsweredWithItsRevision_andWhatChanged() throws Exception {
    HttpResponse<Buffer> cropped = post("crop", cut(), "If-Match", "\"1\"");
    assertThat(cropped.statusCode()).isEqualTo(200);
    assertThat(cropped.getHeader("ETag")).isEqualTo("\"2\"");
    JsonObject shown = cropped.bodyAsJsonObject();
    assertThat(shown.getLong("startAtMs")).isEqualTo(CUT_MS);
    assertThat(shown.getJsonArray("parts").getJsonObject(0).getLong("fromMs")).isEqualTo(CUT_MS);
    assertThat(shown.getJsonObject("change").getJsonArray("diff")).isNotEmpty();
    assertThat(shown.getBoolean("canUndo")).isTrue();

    HttpResponse<Buffer> ridden = send(
        HttpMethod.PATCH,
        "/v1/trainings/" + run.session,
        new JsonObject().put("sport", "walk"),
        "If-Match",
        "\"2\"");
    assertThat(ridden.bodyAsJsonObject().getString("sport")).isEqualTo("walk");
    HttpResponse<Buffer> any = post("undo", new JsonObject());
    assertThat(any.statusCode()).as("of whatever was last").isEqualTo(428);
    assertThat(any.bodyAsJsonObject().getString("type"))
        .isEqualTo("urn:pacewire:problem:precondition-required");
    assertThat(post("undo", new JsonObject(), "If-Match", "*").statusCode()).isEqualTo(428);
    HttpResponse<Buffer> undone = post("undo", new JsonObject(), "If-Match", "\"3\"");
    assertThat(undone.bodyAsJsonObject().getString("sport")).isEqualTo("run");
    assertThat(post("undo", new JsonObject(), "If-Match", "\"3\"").statusCode())
        .as("again, whose answer was not heard")
        .isEqualTo(412);
    HttpResponse<Buffer> raised =
        post("elevation", new JsonObject().put("source", "receiver").put("offsetM", 12));
    assertThat(raised.bodyAsJsonObject().getJsonObject("elevation"))
        .isEqualTo(new JsonObject().put("source", "receiver").put("offsetM", 12));
    assertThat(post("recompute", new JsonObject()).getHeader("ETag")).isEqualTo("\"5\"");
  }

  @Test
  void whoSawAnOlderRevision_getsTheOneThatHolds() throws Exception {
    assertThat(post("crop", cut(), "If-Match", "\"1\"").statusCode()).isEqualTo(200);
    HttpResponse<Buffer> late =
        post("crop", new JsonObject().put("fromMs", CUT_MS + 1_000), "If-Match", "\"1\"");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(late.getHeader("ETag")).isEqualTo("\"2\"");
    assertThat(late.bodyAsJsonObject().getString("type"))
        .isEqualTo("urn:pacewire:problem:revision-differs");
    assertThat(post("crop", cut(), "If-Match", "\"1\"").getHeader("ETag"))
        .as("the very edit again, whose answer was not heard")
        .isEqualTo("\"2\"");
    assertThat(post("crop", cut(), "If-Match", "W/\"1\"").statusCode()).isEqualTo(400);
  }

  @Test
  void theSameKey_isTheSameAnswer_andOneEdit() throws Exception {
    HttpResponse<Buffer> first = post("crop", cut(), "Idempotency-Key", "a");
    assertThat(post("undo", new JsonObject(), "If-Match", "\"2\"").getHeader("ETag"))
        .isEqualTo("\"3\"");
    HttpResponse<Buffer> again = post("crop", cut(), "Idempotency-Key", "a");
    assertThat(again.getHeader("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.getHeader("ETag")).isEqualTo("\"2\"");
    assertThat(again.bodyAsJsonObject()).isEqualTo(first.bodyAsJsonObject());
    assertThat(core.written(run).revision()).isEqualTo(3);
    HttpResponse<Buffer> other =
        post("crop", new JsonObject().put("toMs", CUT_MS), "Idempotency-Key", "a");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.bodyAsJsonObject().getString("type"))
        .isEqualTo("urn:pacewire:problem:idempotency-key-reused");
    NOW_MS.addAndGet(OncePosts.KEPT.toMillis() + 1);
    assertThat(post("crop", cut(), "Idempotency-Key", "a").getHeader("ETag"))
        .as("a day later it is a new request")
        .isEqualTo("\"4\"");
  }

  /** As of a node that is killed when the edit is written, and before it could answer. */
  @Test
  void whoDiesBetweenAnEditAndItsAnswer_hasMadeItOnce_whateverWasChangedSince() throws Exception {
    RoleServer dying = RoleServer.create(vertx, "training", 1 << 20);
    OncePosts unheard = new OncePosts(
        new IdempotencyRepository(untilClaimed()), () -> Instant.ofEpochMilli(NOW_MS.get()));
    new TrainingEditRoutes(core.lifecycle, core.edits, core.recompute, unheard)
        .mount(dying.router(), TokenVerifier.create(vertx, issuer.settings()));
    Await.get(dying.listen("127.0.0.1", 0));
    JsonObject half = new JsonObject().put("atMs", CUT_MS);
    var unused = Await.get(client
        .post(dying.port(), "127.0.0.1", "/v1/trainings/" + run.session + "/split")
        .putHeader("Authorization", "Bearer " + token)
        .putHeader("Idempotency-Key", "e")
        .sendJsonObject(half));
    Await.get(dying.close());
    assertThat(core.written(run).revision()).isEqualTo(2);
    assertThat(post("undo", new JsonObject(), "If-Match", "\"2\"").statusCode()).isEqualTo(200);

    NOW_MS.addAndGet(OncePosts.ABANDONED_AFTER.toMillis() + 1);
    HttpResponse<Buffer> again = post("split", half, "Idempotency-Key", "e");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(core.written(run).revision()).as("not split once more").isEqualTo(3);
    assertThat(again.getHeader("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.getHeader("ETag")).isEqualTo("\"2\"");
    assertThat(again.bodyAsJsonObject().getLong("endAtMs")).isEqualTo(CUT_MS);
  }

  /** Old keys are forgotten and the key is claimed: after those statements nothing is. */
  private static SqlClient untilClaimed() {
    AtomicInteger left = new AtomicInteger(2);
    return (SqlClient) Proxy.newProxyInstance(
        EditRoutesIT.class.getClassLoader(),
        new Class<?>[] {SqlClient.class},
        (proxy, method, arguments) -> {
          if (left.getAndDecrement() <= 0) {
            throw new IllegalStateException("the node is dead");
          }
          return method.invoke(pool, arguments);
        });
  }

  /** Who slept over an edit, and was succeeded meanwhile, has made nothing of it. */
  @Test
  void whoIsSucceededWhileAtWork_makesNoEdit() throws Exception {
    KeyedAnswer slept = KeyedAnswer.of(new KeyedAnswer.Claim(run.athlete, "nobody's", 1));
    Target target = new Target(run.athlete, run.session, null).answered(slept);
    assertThatThrownBy(() -> Await.get(core.edits.crop(target, CUT_MS, null)))
        .hasStackTraceContaining("worked on");
    assertThat(core.written(run).revision()).isEqualTo(1);
  }

  @Test
  void whatFailed_leavesItsKeyFree() throws Exception {
    JsonObject outside = new JsonObject().put("fromMs", CUT_MS + 86_400_000);
    assertThat(post("crop", outside, "Idempotency-Key", "b").statusCode()).isEqualTo(400);
    assertThat(post("crop", cut(), "Idempotency-Key", "b").statusCode()).isEqualTo(200);
    assertThat(post("crop", cut(), "Idempotency-Key", "ü").statusCode()).isEqualTo(400);
    assertThat(post("crop", cut(), "Idempotency-Key", "x".repeat(256)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void whileTheFirstIsWorkedOn_theSecondIsTold_andWhoDiedOverItIsSucceeded() throws Exception {
    Promise<JsonObject> work = Promise.promise();
    Promise<Void> begun = Promise.promise();
    server
        .router()
        .post("/v1/worked")
        .handler(new BearerHandler(TokenVerifier.create(vertx, issuer.settings()), "athlete"))
        .respond(ctx -> once.answer(ctx, answer -> {
          if (begun.tryComplete()) {
            return work.future();
          }
          return Future.succeededFuture(new JsonObject().put("by", "the heir"));
        }));
    Future<HttpResponse<Buffer>> first =
        request(HttpMethod.POST, "/v1/worked", "Idempotency-Key", "c").send();
    Await.get(begun.future());
    HttpResponse<Buffer> second =
        Await.get(request(HttpMethod.POST, "/v1/worked", "Idempotency-Key", "c").send());
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.getHeader("Retry-After")).isEqualTo("1");
    NOW_MS.addAndGet(OncePosts.ABANDONED_AFTER.toMillis() + 1);
    HttpResponse<Buffer> heir =
        Await.get(request(HttpMethod.POST, "/v1/worked", "Idempotency-Key", "c").send());
    assertThat(heir.bodyAsJsonObject().getString("by")).isEqualTo("the heir");
    work.complete(new JsonObject().put("by", "the first"));
    assertThat(Await.get(first).statusCode()).isEqualTo(200);
    HttpResponse<Buffer> kept =
        Await.get(request(HttpMethod.POST, "/v1/worked", "Idempotency-Key", "c").send());
    assertThat(kept.bodyAsJsonObject().getString("by")).isEqualTo("the heir");
  }

  @Test
  void whatIsWrong_namesItsField() throws Exception {
    Map<String, JsonObject> wrong = Map.of(
        "crop#fromMs", new JsonObject().put("fromMs", "yesterday"),
        "crop#toMs", new JsonObject().put("fromMs", CUT_MS).put("toMs", CUT_MS),
        "split#atMs", new JsonObject(),
        "merge#with", new JsonObject().put("with", new JsonArray().add(run.session.toString())),
        "elevation#source", new JsonObject().put("source", "map"),
        "elevation#offsetM", new JsonObject().put("offsetM", 1e9),
        "reject#reason", new JsonObject());
    for (Map.Entry<String, JsonObject> one : wrong.entrySet()) {
      String[] named = one.getKey().split("#", 2);
      HttpResponse<Buffer> refused = post(named[0], one.getValue());
      assertThat(refused.statusCode()).as(one.getKey()).isEqualTo(400);
      assertThat(
              refused.bodyAsJsonObject().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo(named[1]);
    }
    assertThat(send(
                HttpMethod.PATCH,
                "/v1/trainings/" + run.session,
                new JsonObject().put("sport", "chess"))
            .statusCode())
        .isEqualTo(400);
    assertThat(post("recompute", new JsonObject().put("algorithmVersion", 4)).statusCode())
        .isEqualTo(422);
    assertThat(core.written(run).revision()).isEqualTo(1);
  }

  @Test
  void allOfOnesOwn_areComputedAnew_pageByPage() throws Exception {
    core.apply(run.next(3_600_000, 10).all());
    core.apply(run.next(7_200_000, 10).all());
    String path = "/v1/trainings/recompute?limit=2";
    JsonObject page = send(HttpMethod.POST, path, new JsonObject()).bodyAsJsonObject();
    assertThat(page.getJsonArray("trainings")).hasSize(2);
    JsonObject rest = send(
            HttpMethod.POST, path + "&cursor=" + page.getString("next"), new JsonObject())
        .bodyAsJsonObject();
    assertThat(rest.getJsonArray("trainings")).hasSize(1);
    assertThat(rest.containsKey("next")).isFalse();
  }

  @Test
  void anothersTraining_isNotThere() throws Exception {
    token = AthleteToken.of(UUID.randomUUID(), key);
    for (String edit : new String[] {"crop", "undo", "recompute", "restore"}) {
      assertThat(post(edit, cut(), "If-Match", "\"1\"").statusCode()).as(edit).isEqualTo(404);
    }
  }
}
