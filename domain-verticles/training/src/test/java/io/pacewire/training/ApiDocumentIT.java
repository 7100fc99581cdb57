package io.pacewire.training;

import static io.pacewire.training.ApiOperation.escaped;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.sqlclient.Pool;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published document says what the role does: every operation is asked as it says, and as it does not. */
@ExtendWith(RealServers.class)
class ApiDocumentIT {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private static Vertx vertx;
  private static Pool pool;
  private static ApiServer server;
  private static TrainingCore core;
  private static RecordedRun run;
  private static JsonObject document;
  private static List<ApiOperation> operations;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("training");
    Await.get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
    core = new TrainingCore(vertx, pool);
    server = new ApiServer(vertx, core);
    HttpResponse<byte[]> published = server.ask("GET", null, "/v1/openapi/training.json", null);
    assertThat(published.statusCode()).isEqualTo(200);
    document = ApiServer.json(published);
    operations = ApiOperation.all(document);
    run = recorded();
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    Await.get(pool.close());
    Await.get(vertx.close());
  }

  /** A training, and a session of the same athlete that is under way. */
  private static RecordedRun recorded() throws Exception {
    RecordedRun recorded = RecordedRun.of(120);
    core.apply(recorded.all());
    return recorded;
  }

  @Test
  void theDocumentIsOf31_andNamesEveryOperationOnce() {
    assertThat(document.getString("openapi")).startsWith("3.1.");
    assertThat(operations)
        .extracting(ApiOperation::id)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(operations.size()).isGreaterThanOrEqualTo(22);
  }

  /** What is not in the document is not checked by it, so nothing is left out. */
  @Test
  void everyRouteIsInTheDocument() {
    Set<String> documented = new TreeSet<>();
    for (ApiOperation one : operations) {
      documented.add(one.method() + " " + one.path().replaceAll("\\{(.*?)}", ":$1"));
    }
    Set<String> routed = new TreeSet<>();
    for (Route route : server.router.getRoutes()) {
      if (route.getPath() != null
          && route.getPath().startsWith("/v1/")
          && route.methods() != null) {
        route.methods().forEach(method -> routed.add(method.name() + " " + route.getPath()));
      }
    }
    routed.remove("GET /v1/openapi/training.json");
    assertThat(documented).isEqualTo(routed);
  }

  @Test
  void everyOperation_askedAsInTheDocument_answersAsInTheDocument() throws Exception {
    for (ApiOperation one : operations) {
      RecordedRun own = one.method().equals("GET") ? run : recorded();
      UUID id = one.path().equals("/v1/imports/{id}") ? imported(own) : own.session;
      String uri = one.exampleUri(id, null, null);
      String body = prepared(one, own);
      String[] headers =
          body == null ? new String[] {"Accept", "*/*"} : new String[] {"Content-Type", JSON};
      if (one.id().equals("undoEdit")) {
        headers = new String[] {"Accept", "*/*", "If-Match", "\"2\""};
      }
      HttpResponse<byte[]> response = server.ask(one.method(), own.athlete, uri, body, headers);
      assertThat(response.statusCode())
          .as(one.id() + " " + uri + " " + text(response))
          .isBetween(200, 299);
      assertDocumented(one, response);
    }
  }

  /** Also where what it asks for is there: trainings that are rejected and deleted, a session under way. */
  @Test
  void eachValueThatAParameterMayHave_isAnsweredAsInTheDocument() throws Exception {
    RecordedRun own = recorded();
    RecordedRun rejected = own.next(3_600_000, 120);
    RecordedRun deleted = own.next(7_200_000, 120);
    RecordedRun live = own.next(10_800_000, 20);
    core.apply(rejected.all());
    core.apply(deleted.all());
    core.apply(live.records(0, 10));
    Training unused =
        Await.get(core.lifecycle.reject(own.athlete, rejected.session, null, "a train"));
    Training gone = Await.get(core.lifecycle.delete(own.athlete, deleted.session, null));
    UUID imported = imported(own);
    int asked = 0;
    for (ApiOperation one : operations) {
      if (!one.method().equals("GET")) {
        continue;
      }
      for (JsonObject parameter : one.parametersIn("query")) {
        for (String value : values(parameter.getJsonObject("schema"))) {
          UUID id = one.path().equals("/v1/imports/{id}") ? imported : own.session;
          String uri = one.exampleUri(id, parameter.getString("name"), escaped(value));
          HttpResponse<byte[]> response = server.get(own.athlete, uri, "Accept", "*/*");
          assertThat(response.statusCode()).as(uri + " " + text(response)).isEqualTo(200);
          assertDocumented(one, response);
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(40);
    assertThat(ApiServer.json(server.get(own.athlete, "/v1/trainings?status=deleted"))
            .getJsonArray("trainings"))
        .as("one was there to be asked for")
        .singleElement()
        .satisfies(one -> assertThat(((JsonObject) one).getString("trainingId"))
            .isEqualTo(gone.trainingId().toString()));
  }

  /** Words that a schema allows, alone or as the only one of a list. */
  private static List<String> values(JsonObject schema) {
    JsonObject words = schema.getJsonObject("items", schema);
    return words.getJsonArray("enum", new JsonArray()).stream()
        .map(String::valueOf)
        .toList();
  }

  /** An import that waits. */
  private static UUID imported(RecordedRun own) throws Exception {
    ApiOperation begin = operations.stream()
        .filter(one -> one.id().equals("beginImport"))
        .findFirst()
        .orElseThrow();
    HttpResponse<byte[]> begun = server.ask(
        "POST", own.athlete, begin.exampleUri(own.session, null, null), begin.exampleBody());
    assertThat(begun.statusCode()).as(text(begun)).isEqualTo(202);
    return UUID.fromString(ApiServer.json(begun).getString("importId"));
  }

  /** Lets there be what an edit needs; the body of its example, with a training there is. */
  private static @Nullable String prepared(ApiOperation one, RecordedRun own) throws Exception {
    String body = one.exampleBody();
    if (one.id().equals("mergeTraining")) {
      RecordedRun next = own.next(3_600_000, 20);
      core.apply(next.all());
      return new JsonObject(String.valueOf(body))
          .put("with", new JsonArray().add(next.session.toString()))
          .encode();
    }
    if (one.id().equals("undoEdit")) {
      Target target = new Target(own.athlete, own.session, null);
      Training unused = Await.get(core.edits.crop(target, RecordedRun.START_MS + 60_000, null));
    }
    return one.id().equals("restoreTraining")
        ? "{}"
        : body; // clients send one though none is asked for
  }

  /** What else edits answer: each kind is in the document, with its type. */
  @Test
  void whatCannotBeDone_isAnsweredAsInTheDocument() throws Exception {
    RecordedRun own = recorded();
    String known = document.encode();
    for (String[] asked : new String[][] {
      {"undo", null, "409", "nothing-to-undo"},
      {"recompute", "{\"algorithmVersion\":1}", "422", "algorithm-not-shipped"},
      {"split", "{\"atMs\":1000}", "400", "bad-request"},
      {"crop", "{}", "400", "bad-request"},
      {"elevation", "{}", "400", "bad-request"},
      {"merge", "{\"with\":[]}", "400", "bad-request"},
      {"crop", "{\"fromMs\":" + (RecordedRun.START_MS + 60_000) + "}", "412", "revision-differs"},
    }) {
      String path = "/v1/trainings/" + own.session + "/" + asked[0];
      HttpResponse<byte[]> response = server.ask(
          "POST",
          own.athlete,
          path,
          asked[1],
          "Content-Type",
          JSON,
          "If-Match",
          asked[2].equals("412") ? "\"77\"" : "\"1\"");
      assertThat(response.statusCode())
          .as(path + " " + text(response))
          .isEqualTo(Integer.parseInt(asked[2]));
      assertThat(ApiServer.json(response).getString("type"))
          .isEqualTo("urn:pacewire:problem:" + asked[3]);
      assertThat(known).contains("`" + asked[3] + "`");
      assertDocumented(
          operations.stream()
              .filter(one -> one.path().endsWith("{id}/" + asked[0]))
              .findFirst()
              .orElseThrow(),
          response);
    }
  }

  @Test
  void whoHasNoToken_isToldThatAndNothingElse() throws Exception {
    for (ApiOperation one : operations) {
      HttpResponse<byte[]> response =
          server.ask(one.method(), null, one.exampleUri(run.session, "limit", "abc"), null);
      assertThat(response.statusCode()).as(one.id()).isEqualTo(401);
      assertDocumented(one, response);
    }
  }

  @Test
  void whatIsAnothers_isNotThere() throws Exception {
    for (ApiOperation one : operations) {
      if (one.path().contains("{id}")) {
        HttpResponse<byte[]> response = server.ask(
            one.method(),
            UUID.randomUUID(),
            one.exampleUri(run.session, null, null),
            one.exampleBody(),
            "Content-Type",
            JSON,
            "If-Match",
            "\"1\"");
        assertThat(response.statusCode()).as(one.id()).isEqualTo(404);
        assertDocumented(one, response);
      }
    }
  }

  @Test
  void everyParameterThatIsWrong_isNamed() throws Exception {
    int asked = 0;
    for (ApiOperation one : operations) {
      for (JsonObject parameter : one.parametersIn("query")) {
        String name = parameter.getString("name");
        for (String value : hostile(parameter.getJsonObject("schema"))) {
          assertNamed(one, name, one.exampleUri(run.session, name, value));
          asked++;
        }
        assertNamed(one, name, one.exampleUri(run.session, name, "1") + "&" + name + "=2");
      }
      assertNamed(one, "nonsense", one.exampleUri(run.session, "nonsense", "1"));
      if (one.path().contains("{id}")) {
        for (String id : List.of("x", "1", run.session + "0", "%00", "..%2f..")) {
          assertNamed(one, "id", one.path().replace("{id}", id));
        }
      }
    }
    assertThat(asked).isGreaterThan(100);
  }

  @Test
  void bodiesThatAreWrong_areRefused_withTheFieldNamed() throws Exception {
    String uri = "/v1/trainings/" + run.session + "/reject";
    for (String body : List.of(
        "{}",
        "{\"reason\":1}",
        "{\"reason\":\"\"}",
        "{\"reason\":null}",
        "{\"reason\":\"" + "x".repeat(201) + "\"}")) {
      HttpResponse<byte[]> response =
          server.ask("POST", run.athlete, uri, body, "Content-Type", JSON);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(ApiServer.fieldsAtFault(response)).as(body).containsExactly("reason");
    }
    for (String body : List.of("[]", "{", "1", "\u0000")) {
      HttpResponse<byte[]> response =
          server.ask("POST", run.athlete, uri, body, "Content-Type", JSON);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(ApiServer.fieldsAtFault(response)).as(body).containsExactly("body");
    }
    assertThat(server
            .ask("POST", run.athlete, uri, "<a/>", "Content-Type", "text/xml")
            .statusCode())
        .isEqualTo(415);
    assertThat(server.ask("POST", run.athlete, uri, "{}").statusCode()).isEqualTo(415);
  }

  @Test
  void aRevisionThatIsKnown_isNotSentAgain() throws Exception {
    String uri = "/v1/trainings/" + run.session;
    HttpResponse<byte[]> first = server.get(run.athlete, uri);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    for (String known : List.of(tag, "W/" + tag, "\"77\", " + tag, "*")) {
      HttpResponse<byte[]> again = server.get(run.athlete, uri, "If-None-Match", known);
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(tag);
    }
    for (String other : List.of("\"77\"", "%zz", "\"")) {
      assertThat(server.get(run.athlete, uri, "If-None-Match", other).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void eachRepresentationOfAStream_hasATagOfItsOwn() throws Exception {
    String uri = "/v1/trainings/" + run.session + "/streams";
    String bytes = "application/octet-stream";
    HttpResponse<byte[]> json = server.get(run.athlete, uri, "Accept", "application/json");
    HttpResponse<byte[]> packed = server.get(run.athlete, uri, "Accept", bytes);
    String jsonTag = json.headers().firstValue("ETag").orElseThrow();
    String packedTag = packed.headers().firstValue("ETag").orElseThrow();
    assertThat(packedTag).isNotEqualTo(jsonTag);
    HttpResponse<byte[]> other =
        server.get(run.athlete, uri, "Accept", bytes, "If-None-Match", jsonTag);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(packed.body());
    HttpResponse<byte[]> same =
        server.get(run.athlete, uri, "Accept", bytes, "If-None-Match", packedTag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("Vary")).contains("Accept");
    assertThat(server
            .get(run.athlete, uri, "Accept", "application/json", "If-None-Match", jsonTag)
            .statusCode())
        .isEqualTo(304);
  }

  private static void assertNamed(ApiOperation one, String name, String uri) throws Exception {
    HttpResponse<byte[]> response = server.ask(one.method(), run.athlete, uri, null);
    assertThat(response.statusCode())
        .as(one.id() + " " + uri + " " + text(response))
        .isEqualTo(400);
    assertThat(ApiServer.fieldsAtFault(response))
        .as(uri + " " + text(response))
        .containsExactly(name);
    assertDocumented(one, response);
  }

  private static void assertDocumented(ApiOperation one, HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse(null);
    assertThat(one.faults(response.statusCode(), type, response.body()))
        .as(one.id() + " " + response.statusCode() + " " + text(response))
        .isEmpty();
    if (response.statusCode() >= 400) {
      assertThat(type).startsWith(PROBLEM);
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    String text = new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    return text.substring(0, Math.min(600, text.length()));
  }

  /** Values that a schema does not allow, escaped for a query. */
  private static List<String> hostile(JsonObject schema) {
    List<String> values = new ArrayList<>(List.of("%00", "%2500", "%25zz", "x".repeat(3_000)));
    switch (schema.getString("type")) {
      case "integer" -> {
        values.addAll(List.of(
            "abc", "1.5", "", "1e3", "0x10", "99999999999999999999", "NaN", escaped("[1]")));
        values.add(Long.toString(schema.getLong("minimum") - 1));
        values.add(Long.toString(schema.getLong("maximum") + 1));
      }
      case "number" ->
        values.addAll(List.of("abc", "", "-1", "1e400", "NaN", "Infinity", "0x1p3", "1d"));
      case "boolean" -> values.addAll(List.of("yes", "1", "", "TRUE", "null"));
      case "array" -> {
        values.addAll(List.of("", ",", escaped("a b!"), "run,,ride", escaped("{}")));
        values.add("a,".repeat(30) + "a");
      }
      default -> {
        values.addAll(List.of("", escaped("'; DROP TABLE training; --"), escaped("{}")));
        if (schema.containsKey("enum")) {
          values.addAll(List.of(
              "nope", schema.getJsonArray("enum").getString(0).toUpperCase(java.util.Locale.ROOT)));
        }
        if ("date".equals(schema.getString("format"))) {
          values.addAll(List.of(
              "2026-13-01", "2026-02-30", "yesterday", "1969-12-31", "9999-12-31", "20260101"));
        }
      }
    }
    return values;
  }
}
