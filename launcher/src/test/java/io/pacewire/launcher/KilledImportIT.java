package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.launcher.TrainingNodes.Blow;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever works at an archive is killed or frozen over it, or PostgreSQL is killed: each file becomes one
 * training, told once, with the figures that an import has which nothing disturbed.
 */
class KilledImportIT {
  private static final boolean LONG = Boolean.getBoolean("pacewire.full");
  private static final int ROUNDS = LONG ? 20 : 3;
  private static final int FILES = 24;
  private static final int EARLY = FILES / 3;
  private static final int SECONDS = 900;
  private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 120 : 60);
  private static final List<Blow> BLOWS =
      List.of(Blow.KILL_BOTH, Blow.DATABASE, Blow.ZOMBIE, Blow.KILL);

  private final long seed = Long.getLong("pacewire.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @TempDir
  Path folder;

  @Test
  void killedAndFrozenOverAnArchive_importsEachFileOnce() throws Exception {
    System.out.println("KilledImportIT: -Dpacewire.seed=" + seed);
    byte[] archive = MadeRuns.archive(FILES, SECONDS);
    try (TrainingServers servers = new TrainingServers(folder);
        TrainingGroup group = new TrainingGroup(servers.brokers(), PATIENCE);
        TrainingNodes nodes = new TrainingNodes(servers, group, Map.of(), random.nextLong());
        StandInIngest ingest = new StandInIngest(servers.brokers())) {
      Map<UUID, String> disturbed = new LinkedHashMap<>();
      int struck = 0;
      for (int round = 0; struck < ROUNDS; round++) {
        assertThat(round)
            .as("archives are at an end before anybody strikes")
            .isLessThan(2 * ROUNDS);
        UUID athlete = UUID.randomUUID();
        disturbed.put(athlete, upload(archive, athlete, servers, nodes));
        long told = untilTold(athlete, random.nextInt(EARLY), servers);
        if (told == FILES) {
          System.out.println("KilledImportIT: at its end already, one more");
          continue; // nothing is left to disturb
        }
        Blow blow = BLOWS.get((struck + (int) (seed & 3)) % BLOWS.size());
        System.out.println("KilledImportIT: " + blow + " after " + told + " files");
        nodes.strike(blow, ingest);
        endLease(servers);
        struck++;
      }
      UUID calm = UUID.randomUUID();
      for (Map.Entry<UUID, String> one : disturbed.entrySet()) {
        assertImported(ended(one.getValue(), one.getKey(), servers, nodes));
      }
      assertImported(ended(upload(archive, calm, servers, nodes), calm, servers, nodes));
      check(disturbed.keySet(), calm, servers);
      System.out.println("KilledImportIT: " + struck + " blows, " + disturbed.size() * FILES
          + " files, a training each");
    }
  }

  /** Whose answer does not come asks again, and says that it is the same. */
  private String upload(
      byte[] archive, UUID athlete, TrainingServers servers, TrainingNodes nodes) {
    HttpResponse<String> answer = await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> client.send(
                request(athlete, "/v1/imports?name=runs.zip&timeZone=UTC", servers, nodes)
                    .header("Idempotency-Key", athlete.toString())
                    .POST(BodyPublishers.ofByteArray(archive))
                    .build(),
                HttpResponse.BodyHandlers.ofString()),
            one -> one.statusCode() < 500);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static HttpRequest.Builder request(
      UUID athlete, String path, TrainingServers servers, TrainingNodes nodes) throws Exception {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodes.port() + path))
        .header("Authorization", "Bearer " + servers.athleteToken(athlete))
        .timeout(PATIENCE);
  }

  /** Returns of how many files it is told what became of them: so many at least. */
  private static long untilTold(UUID athlete, long enough, TrainingServers servers)
      throws Exception {
    try (Connection connection = servers.connectAgain(PATIENCE)) {
      StoredTruth stored = new StoredTruth(connection);
      return await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> stored.number("""
              SELECT count(*) FROM import_file JOIN import_job USING (import_id) WHERE athlete_id = ?
              """, athlete), told -> told >= enough);
    }
  }

  /** As time would do in half a minute; where its owner lives, two work at it for a while. */
  private static void endLease(TrainingServers servers) throws SQLException {
    try (Connection connection = servers.connectAgain(PATIENCE);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE import_job SET leased_until = now() WHERE state = 2");
    }
  }

  private JsonObject ended(
      String location, UUID athlete, TrainingServers servers, TrainingNodes nodes) {
    return await()
        .atMost(PATIENCE.multipliedBy(3))
        .ignoreExceptionsInstanceOf(IOException.class) // whose node has just been killed
        .until(
            () -> new JsonObject(client
                .send(
                    request(athlete, location + "?limit=1000", servers, nodes).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body()),
            report -> Objects.toString(report.getString("state"), "").matches("done|failed"));
  }

  private static void assertImported(JsonObject report) {
    assertThat(report.getString("state")).as(report.encodePrettily()).isEqualTo("done");
    assertThat(report.getJsonArray("files").stream()
            .map(file -> ((JsonObject) file).getString("outcome")))
        .as(report.encodePrettily())
        .hasSize(FILES)
        .containsOnly("imported");
  }

  private static void check(Set<UUID> disturbed, UUID calm, TrainingServers servers)
      throws Exception {
    try (Connection connection = servers.connectAgain(PATIENCE)) {
      StoredTruth stored = new StoredTruth(connection);
      await().atMost(PATIENCE).until(() -> stored.number("SELECT count(*) FROM outbox") == 0);
      await().atMost(PATIENCE).until(() -> stored.number("SELECT count(*) FROM import_piece") == 0);
      ToldFacts told = ToldFacts.read(servers.brokers());
      List<String> expected = stored.importedFigures(calm);
      assertThat(expected).hasSize(FILES);
      for (UUID athlete : disturbed) {
        assertThat(stored.importedFigures(athlete)).isEqualTo(expected);
        for (UUID training : stored.trainings(athlete)) {
          assertThat(told.of(training))
              .filteredOn(fact -> fact.revision() > 0
                  && athlete.toString().equals(fact.body().getString("athleteId")))
              .singleElement()
              .satisfies(fact -> assertThat(fact.type()).isEqualTo("training.finished"));
        }
        assertThat(stored.number(
                "SELECT sum(trainings) FROM training_day WHERE athlete_id = ?", athlete))
            .isEqualTo(FILES);
      }
    }
  }
}
