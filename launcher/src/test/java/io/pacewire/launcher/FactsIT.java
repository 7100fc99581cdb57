package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.EventTopics;
import io.pacewire.events.TrainingDeleted;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRejected;
import io.pacewire.events.TrainingRestored;
import io.pacewire.events.TrainingRevised;
import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.KafkaSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fact twice and out of order: what follows from it is the same as once and in order. */
class FactsIT {
  private static final long START_MS =
      1_795_383_000_000L; // a Sunday evening in UTC, Monday in Moscow

  @TempDir
  Path directory;

  @Test
  void factsThatComeTwiceAndOutOfOrder_countOnce_andTheNewestWins() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      PlatformClient client = server.client();
      String token = server.account().token();
      UUID athlete = UUID.fromString(client.get("/v1/me", token).getString("athleteId"));
      UUID training = UUID.randomUUID();
      UUID marker = UUID.randomUUID();
      String kafka =
          "127.0.0.1:" + server.endpoints().getJsonObject("ports").getInteger("stack.kafka.port");
      EventPublisher publisher =
          EventPublisher.create(vertx, new KafkaSettings(kafka), "facts-test");

      List<Record> facts = List.of(
          new TrainingRevised(athlete, training, 2, true, figures(6_000)),
          new TrainingFinished(athlete, training, 1, true, figures(5_000)),
          new TrainingFinished(athlete, training, 1, true, figures(5_000)),
          new TrainingRevised(athlete, training, 2, true, figures(6_000)));
      tell(publisher, athlete, facts);
      tell(
          publisher,
          athlete,
          List.of(new TrainingFinished(athlete, marker, 1, true, figures(1_000))));
      expect(client, token, 60 + 10, 7_000);

      tell(
          publisher,
          athlete,
          List.of(
              new TrainingRejected(athlete, training, 3, "vehicle"),
              new TrainingRevised(athlete, training, 2, true, figures(6_000)),
              new TrainingRejected(athlete, training, 3, "vehicle")));
      expect(client, token, 10, 1_000);

      tell(publisher, athlete, List.of(new TrainingRestored(athlete, training, 4, figures(6_500))));
      expect(client, token, 65 + 10, 7_500);

      UUID other = UUID.randomUUID();
      tell(
          publisher,
          athlete,
          List.of(new TrainingFinished(athlete, other, 1, true, figures(3_000))));
      expect(client, token, 65 + 30 + 10, 10_500);
      tell(
          publisher,
          athlete,
          List.of(
              new TrainingDeleted(athlete, other, 2, "merged into " + training),
              new TrainingRevised(athlete, training, 5, true, figures(9_600))));
      expect(client, token, 96 + 10, 10_600);
      tell(
          publisher,
          athlete,
          List.of(
              new TrainingRevised(athlete, training, 6, true, figures(6_500)),
              new TrainingRestored(athlete, other, 3, figures(3_000))));
      expect(client, token, 65 + 30 + 10, 10_500);
      publisher.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static void expect(PlatformClient client, String token, int xp, double gearM) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
      assertThat(client.get("/v1/xp", token).getInteger("totalXp")).isEqualTo(xp);
      JsonObject board = client
          .get("/v1/leaderboards/all/2026-W48", token)
          .getJsonArray("rows")
          .getJsonObject(0);
      assertThat(board.getInteger("xp")).isEqualTo(xp);
      assertThat(client
              .get("/v1/gear", token)
              .getJsonArray("gear")
              .getJsonObject(0)
              .getDouble("distanceM"))
          .isEqualTo(gearM);
    });
  }

  private static void tell(EventPublisher publisher, UUID athlete, List<Record> facts)
      throws Exception {
    for (Record fact : facts) {
      publisher
          .publish(EventEnvelope.of(
              EventTopics.TRAINING, athlete, "training/" + UUID.randomUUID(), START_MS, fact))
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static TrainingFigures figures(double distanceM) {
    return new TrainingFigures(
        "run",
        START_MS,
        START_MS + 1_800_000,
        "Europe/Moscow",
        distanceM,
        1_800,
        1_790,
        1_800,
        10,
        10,
        150,
        170,
        1);
  }
}
