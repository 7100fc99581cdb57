package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was doubted about a training, page by page, over HTTP. */
class VerdictsIT extends TrainingDatabase {
  private static final int DOUBTS = 742;

  private final TrainingCore core = new TrainingCore(vertx, pool);
  private ApiServer server;
  private RecordedRun run;

  @BeforeEach
  void aTrainingWithMoreDoubtsThanItBringsAlong() throws Exception {
    server = new ApiServer(vertx, core);
    run = RecordedRun.of(4);
    core.apply(run.all());
    core.sql("UPDATE training_revision SET verdicts = '" + doubts().encode()
        + "'::jsonb WHERE athlete_id = '" + run.athlete + "'");
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private static JsonArray doubts() {
    JsonArray doubts = new JsonArray();
    for (int index = 0; index < DOUBTS; index++) {
      doubts.add(new JsonObject()
          .put("index", index)
          .put("atMs", RecordedRun.START_MS + index * 8_000L)
          .put("reason", index % 3 == 0 ? "TOO_FAST" : "JUMP")
          .put("confidence", 0.9)
          .put("value", 21.5)
          .put("limit", 5.0)
          .put("unit", "sigma"));
    }
    return doubts;
  }

  @Test
  void theTrainingTellsTheFirst_andHowManyThereAre_thePagesTellAll() throws Exception {
    JsonObject training = json("");
    assertThat(training.getInteger("verdictCount")).isEqualTo(DOUBTS);
    assertThat(training.getJsonArray("verdicts")).hasSize(500);
    assertThat(training.getJsonArray("verdicts"))
        .isEqualTo(new JsonArray(doubts().getList().subList(0, 500)));

    JsonArray read = new JsonArray();
    List<Integer> pages = new ArrayList<>();
    Integer from = 0;
    while (from != null) {
      JsonObject page = json("/verdicts?limit=300&fromIndex=" + from);
      assertThat(page.getInteger("verdictCount")).isEqualTo(DOUBTS);
      pages.add(page.getJsonArray("verdicts").size());
      read.addAll(page.getJsonArray("verdicts"));
      from = page.getInteger("nextIndex");
    }
    assertThat(pages).containsExactly(300, 300, 142);
    assertThat(read).isEqualTo(doubts());
  }

  @Test
  void aPageIsOfAHundred_andOneThatEndsWithTheLastNamesNoNext() throws Exception {
    JsonObject first = json("/verdicts");
    assertThat(first.getJsonArray("verdicts")).hasSize(100);
    assertThat(first.getInteger("nextIndex")).isEqualTo(100);
    JsonObject last = json("/verdicts?limit=42&fromIndex=700");
    assertThat(last.getJsonArray("verdicts")).hasSize(42);
    assertThat(last.containsKey("nextIndex")).isFalse();
    assertThat(json("/verdicts?fromIndex=" + DOUBTS).getJsonArray("verdicts")).isEmpty();
  }

  @Test
  void onlyTheReasonsThatAreAskedFor_withTheNextOfThem() throws Exception {
    JsonObject page = json("/verdicts?reason=TOO_FAST&limit=100&fromIndex=1");
    JsonArray found = page.getJsonArray("verdicts");
    assertThat(found).hasSize(100);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.getJsonObject(i).getInteger("index")).isEqualTo(3 + 3 * i);
    }
    assertThat(page.getInteger("nextIndex")).isEqualTo(303);
    assertThat(page.getInteger("verdictCount")).as("of all reasons").isEqualTo(DOUBTS);
    assertThat(json("/verdicts?reason=JUMP,TOO_FAST&limit=1000").getJsonArray("verdicts"))
        .hasSize(DOUBTS);
    assertThat(json("/verdicts?reason=INACCURATE").getJsonArray("verdicts")).isEmpty();
  }

  @Test
  void whoAsksForTooMuch_isTold_andAnotherAthletesAreNotThere() throws Exception {
    HttpResponse<byte[]> tooMany = get(run.athlete, "/verdicts?limit=1001");
    assertThat(tooMany.statusCode()).isEqualTo(400);
    assertThat(ApiServer.fieldsAtFault(tooMany)).containsExactly("limit");
    assertThat(get(run.athlete, "/verdicts?fromIndex=-1").statusCode()).isEqualTo(400);
    assertThat(get(UUID.randomUUID(), "/verdicts").statusCode()).isEqualTo(404);
  }

  private JsonObject json(String path) throws Exception {
    HttpResponse<byte[]> response = get(run.athlete, path);
    assertThat(response.statusCode()).isEqualTo(200);
    return ApiServer.json(response);
  }

  private HttpResponse<byte[]> get(UUID athlete, String path) throws Exception {
    return server.get(athlete, "/v1/trainings/" + run.session + path);
  }
}
