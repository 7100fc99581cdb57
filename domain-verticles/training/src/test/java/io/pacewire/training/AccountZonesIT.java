package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccountChanged;
import io.pacewire.events.AccountRegistered;
import io.pacewire.platform.stack.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time zone of an account is that of its days, where a request names none. */
class AccountZonesIT extends TrainingDatabase {
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final ZoneRepository zones = core.parts.zones();
  private ApiServer server;

  @BeforeEach
  void open() throws Exception {
    server = new ApiServer(vertx, core);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private void registered(UUID athlete, String zone) throws Exception {
    Await.get(zones.handle(new AccountRegistered(athlete, "Maria", zone, "en", 1)));
  }

  private void changed(UUID athlete, int revision, String zone) throws Exception {
    Await.get(zones.handle(new AccountChanged(athlete, revision, "Maria", zone, "en", 2)));
  }

  @Test
  void theNewestRevisionHolds_whateverIsToldTwiceOrLate() throws Exception {
    UUID athlete = UUID.randomUUID();
    assertThat(Await.get(zones.find(athlete))).isEmpty();
    changed(athlete, 2, "Asia/Tokyo");
    registered(athlete, "Europe/Berlin");
    changed(athlete, 1, "Europe/Paris");
    changed(athlete, 2, "Asia/Tokyo");
    assertThat(Await.get(zones.find(athlete))).contains(ZoneId.of("Asia/Tokyo"));
    changed(athlete, 3, "Mars/Olympus");
    assertThat(Await.get(zones.find(athlete))).isEmpty();
  }

  /** It begins at 22:26 in Berlin, which is the next day in Auckland. */
  @Test
  void daysAndLoad_areThoseOfTheAccount_unlessTheRequestNamesAZone() throws Exception {
    RecordedRun run = RecordedRun.of(120);
    core.apply(run.all());
    assertThat(day(run, "")).isEqualTo("2026-05-28 of null");
    assertThat(loadDay(run, "")).isEqualTo("2026-05-28 of null");
    registered(run.athlete, "Pacific/Auckland");
    assertThat(day(run, "")).isEqualTo("2026-05-29 of Pacific/Auckland");
    assertThat(loadDay(run, "")).isEqualTo("2026-05-29 of Pacific/Auckland");
    String berlin = "&timeZone=Europe/Berlin";
    assertThat(day(run, berlin)).isEqualTo("2026-05-28 of Europe/Berlin");
    assertThat(loadDay(run, berlin)).isEqualTo("2026-05-28 of Europe/Berlin");
    changed(run.athlete, 1, "America/Lima");
    assertThat(day(run, "")).isEqualTo("2026-05-28 of America/Lima");
  }

  @Test
  void anImport_isOfTheAccountsZone_unlessTheRequestNamesOne_alsoWhenItIsSentAgain()
      throws Exception {
    UUID athlete = UUID.randomUUID();
    assertThat(imported(athlete, "?name=a.gpx", "one")).isEqualTo("UTC");
    registered(athlete, "Pacific/Auckland");
    assertThat(imported(athlete, "?name=b.gpx", "two")).isEqualTo("Pacific/Auckland");
    assertThat(imported(athlete, "?name=c.gpx&timeZone=Europe/Berlin", "three"))
        .isEqualTo("Europe/Berlin");
    changed(athlete, 1, "America/Lima");
    assertThat(imported(athlete, "?name=b.gpx", "two"))
        .as("answered as before")
        .isEqualTo("Pacific/Auckland");
  }

  private String day(RecordedRun run, String more) throws Exception {
    JsonObject totals = ApiServer.json(server.get(run.athlete, "/v1/totals?by=day" + more));
    JsonArray days = totals.getJsonArray("totals");
    assertThat(days).hasSize(1);
    JsonObject day = days.getJsonObject(0);
    assertThat(day.getInteger("trainings")).isEqualTo(1);
    assertThat(day.getDouble("distanceM"))
        .isEqualTo(core.written(run).figures().getDouble("distanceM"));
    return day.getString("name") + " of " + totals.getString("timeZone");
  }

  private String loadDay(RecordedRun run, String more) throws Exception {
    JsonObject load =
        ApiServer.json(server.get(run.athlete, "/v1/load?from=2026-05-25&to=2026-06-02" + more));
    assertThat(load.getInteger("measuredTrainings")).isEqualTo(1);
    return load.getJsonArray("days").stream()
            .map(JsonObject.class::cast)
            .filter(day -> day.getDouble("load") > 0)
            .map(day -> day.getString("day"))
            .findFirst()
            .orElseThrow()
        + " of " + load.getString("timeZone");
  }

  private String imported(UUID athlete, String query, String key) throws Exception {
    var answer =
        server.ask("POST", athlete, "/v1/imports" + query, "<gpx></gpx>", "Idempotency-Key", key);
    assertThat(answer.statusCode()).isEqualTo(202);
    return ApiServer.json(answer).getString("timeZone");
  }
}
