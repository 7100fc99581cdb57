package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.imports.ImportSettings;
import io.pacewire.training.imports.MadeFiles;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One role over two databases on a real PostgreSQL, and a real Kafka: an athlete's upload, batches,
 * training, edits and lists are where the athlete's slot is, and nowhere else.
 */
@ExtendWith(RealServers.class)
class SeveralDatabasesIT {
  private static final List<String> TABLES =
      List.of("session_head", "chunk", "training", "training_summary", "import_job");

  private static Vertx vertx;
  private static TrainingNode node;
  private static final List<Pool> POOLS = new ArrayList<>();
  private static DatabaseSlots slots;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    PgSettings low = RealServers.schemaIn("slots_low", "training");
    PgSettings high = RealServers.schemaIn("slots_high", "training");
    POOLS.add(low.pool(vertx));
    POOLS.add(high.pool(vertx));
    slots = DatabaseSlots.parse(
        "0-511=postgresql://" + low.address() + ",512-1023=postgresql://" + high.address(), low);
    node = TrainingNode.start(ImportSettings.usual(), slots);
  }

  @AfterAll
  static void close() throws Exception {
    node.close();
    for (Pool pool : POOLS) {
      Await.get(pool.close());
    }
    Await.get(vertx.close());
  }

  private static UUID athleteOf(int database) {
    UUID athlete = UUID.randomUUID();
    while (slots.of(athlete) != database) {
      athlete = UUID.randomUUID();
    }
    return athlete;
  }

  @Test
  void whoSendsAndAsks_isServedByTheDatabaseOfTheSlot_andByNoOther() throws Exception {
    List<UUID> athletes = List.of(athleteOf(0), athleteOf(1), athleteOf(1));
    for (UUID athlete : athletes) {
      JsonObject report =
          node.imported(athlete, MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, 120));
      assertThat(report.getJsonObject("counts").getInteger("imported")).isEqualTo(1);
    }
    for (UUID athlete : athletes) {
      JsonObject list = node.json(athlete, "/v1/trainings");
      assertThat(list.getJsonArray("trainings")).hasSize(1);
      String id = list.getJsonArray("trainings").getJsonObject(0).getString("trainingId");
      HttpResponse<byte[]> rejected =
          node.send(node.request(athlete, "/v1/trainings/" + id + "/reject")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"reason\":\"a train\"}"))
              .build());
      assertThat(rejected.statusCode()).isEqualTo(200);
      int own = slots.of(athlete);
      for (String table : TABLES) {
        assertThat(rows(own, table, athlete)).as(table).isPositive();
        assertThat(rows(1 - own, table, athlete)).as("of %s elsewhere", table).isZero();
      }
    }
    assertThat(node.get(athletes.get(0), "/v1/trainings?sort=nonsense").statusCode())
        .as("the document's checks hold in each")
        .isEqualTo(400);
    assertThat(node.get(athletes.get(1), "/v1/trainings?sort=nonsense").statusCode())
        .isEqualTo(400);
  }

  private static long rows(int database, String table, UUID athlete) throws Exception {
    Row found = Await.get(POOLS
            .get(database)
            .query(
                "SELECT count(*) AS found FROM " + table + " WHERE athlete_id = '" + athlete + "'")
            .execute())
        .iterator()
        .next();
    return found.getLong("found");
  }
}
