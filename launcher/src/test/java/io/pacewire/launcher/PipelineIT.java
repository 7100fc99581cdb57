package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.events.EventTopics;
import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import io.pacewire.launcher.replay.TrainingResult;
import io.pacewire.sdk.UploadState;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the nine hops of a fix with everything real, then kills the server in the middle of a run
 * and compares what came of it with the run that nobody disturbed.
 */
class PipelineIT {
  private static final double SPEED = 200;

  @TempDir
  Path directory;

  @Test
  void aRun_walksTheNineHops_andAKilledServerChangesNothing() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      JsonObject undisturbed = run(server, false);
      assertThat(undisturbed.getDouble("distanceM")).isCloseTo(7_310, within(80.0));
      assertThat(undisturbed.getJsonArray("splits")).hasSize(8);
      leaderboard(server, undisturbed.getInteger("xp"));

      JsonObject killed = run(server, true);
      for (String figure : new String[] {
        "distanceM", "timerS", "movingS", "elapsedS", "ascentM", "xp", "averageHeartRateBpm"
      }) {
        assertThat(killed.getValue(figure)).as(figure).isEqualTo(undisturbed.getValue(figure));
      }
      assertThat(killed.getInteger("revision")).isEqualTo(1);
      assertThat(wornM(killed)).isEqualTo(wornM(undisturbed));
      leaderboard(server, 2 * undisturbed.getInteger("xp"));
      double gearM = server
          .client()
          .get("/v1/gear", server.account().token())
          .getJsonArray("gear")
          .getJsonObject(0)
          .getDouble("distanceM");
      assertThat(gearM).isCloseTo(2 * wornM(undisturbed), within(1e-6));
    }
  }

  private JsonObject run(ServerProcess server, boolean kill) throws Exception {
    DemoAccount account = server.account();
    ReplayOptions options = new ReplayOptions(
        SPEED,
        false,
        URI.create(server.endpoints().getString("streamUrl")),
        server.authority(),
        directory.resolve("device"));
    try (Replay replay = Replay.start(DemoRun.startingAt(0), account, options)) {
      Thread player = new Thread(() -> replay.play(Replay.Progress.NONE), "player");
      player.start();
      if (kill) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> replay.uploadState().batchesAcked() > 15);
        server.kill();
        server.start();
      }
      player.join();
      assertThat(replay.awaitStored(Duration.ofMinutes(2))).as(server.log()).isTrue();
      UploadState upload = replay.uploadState();
      check(server, replay, upload);
      PlatformClient client = server.client();
      return TrainingResult.await(client, server.account(), replay.sessionId(), upload)
          .json();
    }
  }

  /** The device's own count against Kafka and against the chunks. */
  private static void check(ServerProcess server, Replay replay, UploadState upload)
      throws Exception {
    int sealed = upload.batchesSealed();
    assertThat(sealed).isGreaterThan(20);
    assertThat(upload.batchesRefused()).isZero();
    assertThat(upload.batchesStored()).isEqualTo(sealed);
    Set<Integer> everything = new TreeSet<>();
    for (int seq = 0; seq < sealed; seq++) {
      everything.add(seq);
    }
    Stores stores = new Stores(server);
    assertThat(stores.chunkSeqs(replay.sessionId())).containsExactlyElementsOf(everything);
    Set<Integer> onKafka = new TreeSet<>();
    onKafka.addAll(stores.kafkaSeqs(EventTopics.TELEMETRY_LIVE, replay.sessionId()));
    onKafka.addAll(stores.kafkaSeqs(EventTopics.TELEMETRY_BACKFILL, replay.sessionId()));
    assertThat(onKafka).containsExactlyElementsOf(everything);
  }

  private static void leaderboard(ServerProcess server, int xp) throws Exception {
    String token = server.account().token();
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
      JsonObject board = server.client().get("/v1/leaderboards/all/current", token);
      assertThat(board.getJsonArray("rows")).hasSize(1);
      JsonObject row = board.getJsonArray("rows").getJsonObject(0);
      assertThat(row.getInteger("xp")).isEqualTo(xp);
      assertThat(row.getString("displayName")).isEqualTo("Demo Athlete");
      assertThat(row.getBoolean("you")).isTrue();
    });
  }

  private static double wornM(JsonObject result) {
    return result.getJsonArray("gearWear").getJsonObject(0).getDouble("distanceM");
  }
}
