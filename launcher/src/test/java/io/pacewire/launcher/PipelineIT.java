package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.events.EventTopics;
import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import io.pacewire.launcher.replay.Timeline;
import io.pacewire.launcher.replay.TrainingResult;
import io.pacewire.sdk.UploadState;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the nine hops of a fix with everything real, then kills the server in the middle of a run
 * and compares what came of it with the run that nobody disturbed.
 */
class PipelineIT {
  private static final double SPEED = 200;

  /** Each kills the server at another moment; many of them in the long form of the tests. */
  private static final int ROUNDS = Boolean.getBoolean("pacewire.full") ? 10 : 1;

  private static final Random RANDOM = new Random();

  @TempDir
  Path directory;

  @Test
  void aRun_walksTheNineHops_andAKilledServerChangesNothing() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      JsonObject undisturbed = run(server, false);
      assertThat(undisturbed.getDouble("distanceM")).isCloseTo(7_310, within(80.0));
      assertThat(undisturbed.getJsonArray("splits")).hasSize(8);
      leaderboard(server, undisturbed.getInteger("xp"));

      for (int round = 1; round <= ROUNDS; round++) {
        JsonObject killed = run(server, true);
        for (String figure : new String[] {
          "distanceM", "timerS", "movingS", "elapsedS", "ascentM", "xp", "averageHeartRateBpm"
        }) {
          assertThat(killed.getValue(figure)).as(figure).isEqualTo(undisturbed.getValue(figure));
        }
        assertThat(killed.getInteger("revision")).isEqualTo(1);
        assertThat(wornM(killed)).isEqualTo(wornM(undisturbed));
        leaderboard(server, (1 + round) * undisturbed.getInteger("xp"));
      }
      double gearM = server
          .client()
          .get("/v1/gear", server.account().token())
          .getJsonArray("gear")
          .getJsonObject(0)
          .getDouble("distanceM");
      assertThat(gearM).isCloseTo((1 + ROUNDS) * wornM(undisturbed), within(1e-6));
    }
  }

  private JsonObject run(ServerProcess server, boolean kill) throws Exception {
    DemoAccount account = server.account();
    // So fast a replay looks like backlog, which is slowed: its batches are few and large.
    int killAfter = 1 + RANDOM.nextInt(5);
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
            .until(() -> replay.uploadState().batchesAcked() > killAfter);
        server.kill();
        server.start();
      }
      player.join();
      assertThat(replay.awaitStored(Duration.ofMinutes(2)))
          .as("killed after %d: %s", killAfter, server.log())
          .isTrue();
      UploadState upload = replay.uploadState();
      check(server, replay, upload);
      PlatformClient client = server.client();
      return TrainingResult.await(client, server.account(), replay.sessionId(), upload)
          .json();
    }
  }

  /** What the sensors said against Kafka and against the chunks: every sample there, once, as it was. */
  private static void check(ServerProcess server, Replay replay, UploadState upload)
      throws Exception {
    int sealed = upload.batchesSealed();
    assertThat(sealed).isGreaterThan(6);
    assertThat(upload.batchesRefused()).isZero();
    assertThat(upload.batchesStored()).isEqualTo(sealed);
    Stores stores = new Stores(server);
    SortedMap<Integer, byte[]> chunks = stores.chunks(replay.sessionId());
    assertThat(chunks.keySet())
        .containsExactlyElementsOf(IntStream.range(0, sealed).boxed().toList());
    List<Stores.Batch> onKafka =
        new ArrayList<>(stores.batches(EventTopics.TELEMETRY_LIVE, replay.sessionId()));
    onKafka.addAll(stores.batches(EventTopics.TELEMETRY_BACKFILL, replay.sessionId()));
    assertThat(onKafka.stream().map(Stores.Batch::seq).collect(Collectors.toSet()))
        .isEqualTo(chunks.keySet());
    assertThat(onKafka)
        .allSatisfy(batch -> assertThat(batch.bytes()).isEqualTo(chunks.get(batch.seq())));
    assertThat(stored(chunks.values())).isEqualTo(recorded());
  }

  /** Every sample of the chunks: milliseconds since the first, and what was measured. */
  private static List<String> stored(Collection<byte[]> chunks) {
    List<String> samples = new ArrayList<>();
    long first = BatchCodec.decode(chunks.iterator().next()).firstAtEpochMs();
    for (byte[] chunk : chunks) {
      SampleBatch batch = BatchCodec.decode(chunk);
      FixColumn fixes = batch.fixes();
      for (int i = 0; i < fixes.size(); i++) {
        samples.add("fix " + (fixes.atEpochMs(i) - first) + " " + fixes.latitudeE7(i) + " "
            + fixes.longitudeE7(i));
      }
      HeartRateColumn rates = batch.heartRates();
      for (int i = 0; i < rates.size(); i++) {
        samples.add("bpm " + (rates.atEpochMs(i) - first) + " " + rates.bpm(i));
      }
      ScalarColumn cadences = batch.cadences();
      for (int i = 0; i < cadences.size(); i++) {
        samples.add("cadence " + (cadences.atEpochMs(i) - first) + " " + cadences.value(i));
      }
    }
    Collections.sort(samples);
    return samples;
  }

  /** What the sensors of the demo run said, written down in the same way without the SDK. */
  private static List<String> recorded() {
    List<String> samples = new ArrayList<>();
    for (Timeline.Event event : DemoRun.startingAt(0).events()) {
      if (event instanceof Timeline.Fix fix) {
        samples.add("fix " + fix.atEpochMs() + " " + Math.round(fix.latitudeDeg() * 1e7) + " "
            + Math.round(fix.longitudeDeg() * 1e7));
      } else if (event instanceof Timeline.HeartRate rate) {
        samples.add("bpm " + rate.atEpochMs() + " " + rate.bpm());
      } else if (event instanceof Timeline.Cadence cadence) {
        samples.add("cadence " + cadence.atEpochMs() + " " + cadence.perMinute());
      }
    }
    Collections.sort(samples);
    return samples;
  }

  private static void leaderboard(ServerProcess server, int xp) throws Exception {
    String token = server.account().token();
    Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
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
