package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of sessions and imports are whole, page by page, and what was deleted can be found. */
class ListPagesIT extends TrainingDatabase {
  private static final long HOUR_MS = 3_600_000;
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private ApiServer server;

  @BeforeEach
  void open() throws Exception {
    server = new ApiServer(vertx, core);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void sessions_comeOnceEach_thoughOthersBeginMeanwhile() throws Exception {
    RecordedRun first = RecordedRun.of(10);
    core.apply(first.records(0, 1));
    List<String> begun = new ArrayList<>(List.of(first.session.toString()));
    for (int i = 1; i < 5; i++) {
      RecordedRun next = first.next(i * HOUR_MS, 10);
      core.apply(next.records(0, 1));
      begun.add(0, next.session.toString());
    }
    JsonObject page = get(first.athlete, "/v1/sessions?limit=2");
    List<String> found = ids(page, "sessions", "sessionId");
    RecordedRun later = first.next(9 * HOUR_MS, 10);
    core.apply(later.records(0, 1));
    core.apply(first.record(2)); // goes on, and stays where it is in the list
    while (page.containsKey("next")) {
      page = get(first.athlete, "/v1/sessions?limit=2&cursor=" + page.getString("next"));
      found.addAll(ids(page, "sessions", "sessionId"));
    }
    assertThat(found).isEqualTo(begun);
    assertThat(ids(get(first.athlete, "/v1/sessions?order=asc&limit=3"), "sessions", "sessionId"))
        .containsExactly(begun.get(4), begun.get(3), begun.get(2));
    assertThat(ids(get(first.athlete, "/v1/sessions"), "sessions", "sessionId"))
        .startsWith(later.session.toString())
        .hasSize(6);
    assertThat(ids(get(UUID.randomUUID(), "/v1/sessions"), "sessions", "sessionId"))
        .isEmpty();
  }

  @Test
  void sessions_areThoseUnderWay_unlessOthersAreAskedFor() throws Exception {
    RecordedRun over = RecordedRun.of(10);
    RecordedRun live = over.next(HOUR_MS, 10);
    core.apply(over.all());
    core.apply(live.records(0, 1));
    assertThat(sessions(over, "")).containsExactly(live.session + " live");
    assertThat(sessions(over, "?state=live")).containsExactly(live.session + " live");
    assertThat(sessions(over, "?state=finished")).containsExactly(over.session + " finished");
    assertThat(sessions(over, "?state=finished,live"))
        .containsExactly(live.session + " live", over.session + " finished");
    assertThat(sessions(over, "?state=finished&sport=ride")).isEmpty();
    assertThat(sessions(over, "?state=finished&sport=ride,run")).hasSize(1);
  }

  @Test
  void aCursorOfAnotherList_isRefused() throws Exception {
    RecordedRun first = RecordedRun.of(10);
    core.apply(first.records(0, 1));
    core.apply(first.next(HOUR_MS, 10).records(0, 1));
    String next = get(first.athlete, "/v1/sessions?limit=1").getString("next");
    for (String list : List.of(
        "/v1/sessions?limit=1&order=asc&cursor=",
        "/v1/sessions?limit=1&state=live,finished&cursor=",
        "/v1/imports?cursor=",
        "/v1/trainings?cursor=")) {
      var refused = server.get(first.athlete, list + next);
      assertThat(refused.statusCode()).as(list).isEqualTo(400);
      assertThat(ApiServer.fieldsAtFault(refused)).as(list).containsExactly("cursor");
    }
    assertThat(server.get(first.athlete, "/v1/imports?cursor=a.b").statusCode()).isEqualTo(400);
    assertThat(server.get(first.athlete, "/v1/sessions?state=asleep").statusCode())
        .isEqualTo(400);
    assertThat(server.get(first.athlete, "/v1/imports?state=asleep").statusCode())
        .isEqualTo(400);
  }

  @Test
  void imports_comeOnceEach_byTheirStates() throws Exception {
    UUID athlete = UUID.randomUUID();
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      begun.add(0, imported(athlete));
      if (i < 5) { // four may wait
        var cancelled = server.ask("DELETE", athlete, "/v1/imports/" + begun.get(0), null);
        assertThat(cancelled.statusCode()).isEqualTo(200);
      }
    }
    JsonObject page = get(athlete, "/v1/imports?limit=3");
    List<String> found = ids(page, "imports", "importId");
    String later = imported(athlete);
    while (page.containsKey("next")) {
      page = get(athlete, "/v1/imports?limit=3&cursor=" + page.getString("next"));
      found.addAll(ids(page, "imports", "importId"));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(begun).doesNotContain(later);
    assertThat(ids(get(athlete, "/v1/imports?state=waiting"), "imports", "importId"))
        .containsExactlyInAnyOrder(later, begun.get(0), begun.get(1));
    JsonObject some = get(athlete, "/v1/imports?state=done,cancelled&limit=4");
    assertThat(ids(some, "imports", "importId")).hasSize(4);
    assertThat(ids(
            get(
                athlete,
                "/v1/imports?state=cancelled,done&limit=4&cursor=" + some.getString("next")),
            "imports",
            "importId"))
        .as("the same list, in whatever order its states are named")
        .hasSize(1);
  }

  @Test
  void whatWasDeleted_isListedForWhoAsks_andCanBeRestored() throws Exception {
    RecordedRun kept = RecordedRun.of(10);
    RecordedRun gone = kept.next(HOUR_MS, 10);
    RecordedRun merged = kept.next(2 * HOUR_MS, 10);
    for (RecordedRun run : List.of(kept, gone, merged)) {
      core.apply(run.all());
    }
    assertThat(trainings(kept, "?status=deleted")).isEmpty();
    Training unused = Await.get(
        core.edits.merge(new Target(kept.athlete, kept.session, null), List.of(merged.session)));
    var deleted = server.ask("DELETE", kept.athlete, "/v1/trainings/" + gone.session, null);
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(trainings(kept, "")).containsExactly(kept.session + " finished");
    assertThat(trainings(kept, "?status=deleted"))
        .as("not what was merged")
        .containsExactly(gone.session + " deleted");
    assertThat(trainings(kept, "?status=deleted,finished&sort=distance"))
        .containsExactly(kept.session + " finished", gone.session + " deleted");
    assertThat(trainings(RecordedRun.of(1), "?status=deleted")).isEmpty();

    var restored =
        server.ask("POST", kept.athlete, "/v1/trainings/" + gone.session + "/restore", null);
    assertThat(restored.statusCode()).isEqualTo(200);
    assertThat(trainings(kept, "?status=deleted")).isEmpty();
    assertThat(trainings(kept, "")).hasSize(2);
  }

  private JsonObject get(UUID athlete, String uri) throws Exception {
    var answer = server.get(athlete, uri);
    assertThat(answer.statusCode()).as(uri).isEqualTo(200);
    return ApiServer.json(answer);
  }

  private String imported(UUID athlete) throws Exception {
    var answer = server.ask("POST", athlete, "/v1/imports", "<gpx></gpx>");
    assertThat(answer.statusCode()).isEqualTo(202);
    return ApiServer.json(answer).getString("importId");
  }

  private List<String> sessions(RecordedRun run, String query) throws Exception {
    return named(get(run.athlete, "/v1/sessions" + query), "sessions", "sessionId", "state");
  }

  private List<String> trainings(RecordedRun run, String query) throws Exception {
    return named(get(run.athlete, "/v1/trainings" + query), "trainings", "trainingId", "status");
  }

  private static List<String> named(JsonObject page, String list, String id, String state) {
    return page.getJsonArray(list).stream()
        .map(JsonObject.class::cast)
        .map(one -> one.getString(id) + " " + one.getString(state))
        .toList();
  }

  private static List<String> ids(JsonObject page, String list, String id) {
    return new ArrayList<>(page.getJsonArray(list).stream()
        .map(one -> ((JsonObject) one).getString(id))
        .toList());
  }
}
