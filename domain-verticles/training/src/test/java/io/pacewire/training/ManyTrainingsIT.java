package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.ListQuery.Sort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An athlete with 5,000 trainings: every page is one look into one index, whatever the sort. */
@ExtendWith(RealServers.class)
class ManyTrainingsIT {
  private static final System.Logger LOG = System.getLogger(ManyTrainingsIT.class.getName());
  private static final int TRAININGS = 5_000;
  private static final int DELETED = 500;
  private static final int PAGE = 50;
  private static Vertx vertx;
  private static Pool pool;
  private static ApiServer server;
  private static RecordedRun run;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("training");
    Await.get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
    TrainingCore core = new TrainingCore(vertx, pool);
    server = new ApiServer(vertx, core);
    run = RecordedRun.of(180); // half an hour, 5.4 km
    core.apply(run.all());
    multiply();
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    Await.get(pool.close());
    Await.get(vertx.close());
  }

  /** Copies of one real training, one every 16 hours into the past, each as long as it likes. */
  private static void multiply() throws Exception {
    sql("""
        CREATE UNLOGGED TABLE copy AS
        SELECT gen_random_uuid() AS id, n AS n FROM generate_series(1, %d) AS n
        """.formatted(TRAININGS - 1 + DELETED));
    copy("training_revision", """
        '{"training_id": "' || id || '", "start_at_ms": ' || (start_at_ms - n * 57600000::bigint) || '}'
        """);
    copy("training", """
        '{"training_id": "' || id || '", "start_at_ms": ' || (start_at_ms - n * 57600000::bigint) || '}'
        """);
    copy("training_summary", """
        '{"training_id": "' || id || '", "start_at_ms": ' || (start_at_ms - n * 57600000::bigint)
          || ', "day": "' || (day - (n * 2 / 3)) || '", "distance_m": ' || (distance_m + n %% 977)
          || ', "timer_s": ' || (timer_s + n %% 613)
          || ', "status": "' || (CASE WHEN n < %1$d THEN status ELSE 'deleted' END)
          || '", "sport": "' || (CASE WHEN n %% 50 = 0 THEN 'swim' ELSE 'run' END) || '"}'
        """.formatted(TRAININGS));
    sql("DELETE FROM copy WHERE n >= $1", TRAININGS);
    copy("training_effort", """
        '{"training_id": "' || id || '", "elapsed_s": ' || (elapsed_s + n % 389) || '}'
        """);
    sql("DELETE FROM training_day WHERE athlete_id = $1", run.athlete);
    sql("""
        INSERT INTO training_day
        SELECT athlete_id, day, sport, count(*), sum(distance_m), sum(timer_s), sum(moving_s),
            sum(elapsed_s), sum(ascent_m), sum(descent_m), sum(energy_kcal), sum(impulse), count(*), 0, 0
        FROM training_summary WHERE athlete_id = $1 AND status <> 'deleted' GROUP BY 1, 2, 3
        """, run.athlete);
    sql("DROP TABLE copy");
    for (String table : List.of(
        "training_revision", "training", "training_summary", "training_day", "training_effort")) {
      sql("ANALYZE " + table);
    }
  }

  /** @param changes an expression of a JSON object with the columns that differ */
  private static void copy(String table, String changes) throws Exception {
    sql(
        "INSERT INTO " + table + " SELECT (jsonb_populate_record(original, (" + changes
            + ")::jsonb)).* FROM " + table + " AS original CROSS JOIN copy WHERE athlete_id = $1",
        run.athlete);
  }

  private static void sql(String statement, Object... values) throws Exception {
    var unused = Await.get(pool.preparedQuery(statement).execute(Tuple.wrap(values)));
  }

  @Test
  void everySort_isReadFromItsIndex_andNoFurtherThanThePage() throws Exception {
    for (Sort sort : Sort.values()) {
      for (boolean ascending : new boolean[] {false, true}) {
        ListQuery query = ListQueries.sorted(sort, ascending);
        JsonObject plan = plan(query);
        List<JsonObject> nodes = new ArrayList<>();
        collect(plan, nodes);
        assertThat(nodes)
            .as(plan.encodePrettily())
            .hasSize(2)
            .first()
            .satisfies(limit -> assertThat(limit.getString("Node Type")).isEqualTo("Limit"));
        JsonObject scan = nodes.get(1);
        assertThat(scan.getString("Index Name"))
            .isEqualTo("training_summary_by_" + sort.wireName());
        assertThat(scan.getNumber("Actual Rows").intValue()).isLessThanOrEqualTo(PAGE);
        assertThat(scan.getInteger("Rows Removed by Filter", 0)).isZero();
      }
    }
  }

  @Test
  void whatWasDeleted_isReadFromAnIndexOfItsOwn() throws Exception {
    ListQuery query =
        new ListQuery(null, List.of(Training.DELETED), null, ListQueries.ANY, Sort.START, false);
    Tuple first = TrainingListRepository.tuple(run.athlete, query, ListCursor.start(false), PAGE);
    JsonObject plan = plan(query, first);
    List<JsonObject> nodes = new ArrayList<>();
    collect(plan, nodes);
    assertThat(nodes)
        .as(plan.encodePrettily())
        .anyMatch(node -> "training_summary_deleted".equals(node.getString("Index Name")))
        .filteredOn(node -> "training_summary".equals(node.getString("Relation Name")))
        .singleElement()
        .satisfies(read -> {
          assertThat(read.getNumber("Actual Rows").intValue()).isLessThanOrEqualTo(DELETED);
          assertThat(read.getInteger("Rows Removed by Filter", 0)).isZero();
        });
    assertThat(json("/v1/trainings?status=deleted&limit=200").getJsonArray("trainings"))
        .hasSize(200);
  }

  @Test
  void pages_holdEveryTrainingOnce() throws Exception {
    Set<String> seen = new HashSet<>();
    String next = "";
    int pages = 0;
    while (next != null) {
      JsonObject page =
          json("/v1/trainings?limit=200&sort=distance" + (next.isEmpty() ? "" : "&cursor=" + next));
      page.getJsonArray("trainings")
          .forEach(one ->
              assertThat(seen.add(((JsonObject) one).getString("trainingId"))).isTrue());
      next = page.getString("next");
      pages++;
    }
    assertThat(seen).hasSize(TRAININGS);
    assertThat(pages).isEqualTo(TRAININGS / 200);
    assertThat(json("/v1/trainings?sport=swim&limit=200").getJsonArray("trainings"))
        .hasSize(99);
  }

  /** What it takes is told and not asserted: who else works on this machine, nobody knows. */
  @Test
  void listsAndDetails_areAnsweredSoonEnough() throws Exception {
    measured("list", i -> "/v1/trainings?limit=50");
    measured("list by distance", i -> "/v1/trainings?limit=50&sort=distance&order=asc");
    measured("list of a rare sport", i -> "/v1/trainings?limit=50&sport=swim");
    JsonArray some = json("/v1/trainings?limit=200").getJsonArray("trainings");
    measured("list of what was deleted", i -> "/v1/trainings?limit=50&status=deleted");
    measured("detail", i -> "/v1/trainings/" + some.getJsonObject(i % 200).getString("trainingId"));
    measured("totals by week", i -> "/v1/totals?by=week");
    measured("totals by week elsewhere", i -> "/v1/totals?by=week&timeZone=Asia/Tokyo");
    measured("records", i -> "/v1/records");
    measured("load", i -> "/v1/load?to=2026-05-28");
    assertThat(json("/v1/totals?by=year&limit=100").getJsonArray("totals").stream()
            .mapToInt(one -> ((JsonObject) one).getInteger("trainings"))
            .sum())
        .isEqualTo(TRAININGS);
  }

  private interface Uri {
    String of(int request);
  }

  private static void measured(String what, Uri uri) throws Exception {
    int requests = Boolean.getBoolean("pacewire.full") ? 2_000 : 40;
    long[] tookNs = new long[requests];
    for (int i = -requests / 4; i < requests; i++) {
      long beganNs = System.nanoTime();
      HttpResponse<byte[]> response = server.get(run.athlete, uri.of(Math.abs(i)));
      if (i >= 0) {
        tookNs[i] = System.nanoTime() - beganNs;
      }
      assertThat(response.statusCode()).isEqualTo(200);
    }
    Arrays.sort(tookNs);
    LOG.log(
        System.Logger.Level.INFO,
        String.format(
            "%s: p50 %.1f ms, p99 %.1f ms of %d",
            what, tookNs[requests / 2] / 1e6, tookNs[requests * 99 / 100] / 1e6, requests));
  }

  private static JsonObject json(String uri) throws Exception {
    HttpResponse<byte[]> response = server.get(run.athlete, uri);
    assertThat(response.statusCode()).isEqualTo(200);
    return ApiServer.json(response);
  }

  private JsonObject plan(ListQuery query) throws Exception {
    // In the middle of the list, as a cursor has it.
    TrainingListRepository lists = new TrainingListRepository(pool);
    List<TrainingSummary> before = Await.get(lists.list(run.athlete, query, null, 1_000));
    TrainingSummary last = before.get(999);
    ListCursor cursor = new ListCursor(query.sort().value(last), last.trainingId());
    return plan(query, TrainingListRepository.tuple(run.athlete, query, cursor, PAGE));
  }

  private static JsonObject plan(ListQuery query, Tuple values) throws Exception {
    for (Row row : Await.get(pool.preparedQuery(
            "EXPLAIN (ANALYZE, FORMAT JSON) " + TrainingListRepository.statement(query))
        .execute(values))) {
      return row.get(JsonArray.class, 0).getJsonObject(0).getJsonObject("Plan");
    }
    throw new AssertionError("no plan");
  }

  private static void collect(JsonObject plan, List<JsonObject> nodes) {
    nodes.add(plan);
    for (Object child : plan.getJsonArray("Plans", new JsonArray())) {
      collect((JsonObject) child, nodes);
    }
  }

  @Test
  void anotherAthlete_hasNoneOfThem() throws Exception {
    HttpResponse<byte[]> other = server.get(UUID.randomUUID(), "/v1/trainings");
    assertThat(ApiServer.json(other).getJsonArray("trainings")).isEmpty();
  }
}
