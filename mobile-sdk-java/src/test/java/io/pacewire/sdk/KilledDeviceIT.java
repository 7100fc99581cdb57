package io.pacewire.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.SampleBatch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The device's process is killed again and again, in the middle of writing, sealing and sending.
 */
@Timeout(120)
class KilledDeviceIT {
  /** Many more in the long form of the tests. */
  private static final int KILLS = Boolean.getBoolean("pacewire.full") ? 60 : 6;

  private static final int RANGE = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final TestPlatform platform = new TestPlatform();

  @AfterEach
  void stop() {
    TestServers.await(vertx.close());
  }

  @Test
  void whatWasSaidToBeOnDisk_arrivesOnce_withoutAHoleInTheNumbers() throws Exception {
    Path store = folder.resolve("store.db");
    List<Integer> promised = new ArrayList<>();
    try (TestStream stream = new TestStream(vertx, platform, new HttpServerOptions())) {
      Random random = new Random(7);
      for (int kill = 0; kill < KILLS; kill++) {
        platform.storing = kill % 2 == 0;
        int last = recordUntilKilled(store, stream, kill * RANGE, 3 + random.nextInt(12));
        for (int number = kill * RANGE; number <= last; number++) {
          promised.add(number);
        }
      }
      platform.storing = true;
      UUID session = finish(store, stream);
      List<Integer> arrived = numbers(session);

      assertThat(arrived).doesNotHaveDuplicates().containsAll(promised);
      assertThat(platform.isWhole(session)).as("numbers without a hole").isTrue();
      assertThat(platform.contentConflicts).as("a number kept its content").hasValue(0);
      assertThat(platform.taken).hasSize(1);
    }
  }

  private int recordUntilKilled(Path store, TestStream stream, int from, int promises)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RecordingProcess.class.getName(),
            store.toString(),
            stream.uri().toString(),
            Integer.toString(from))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    int last = -1;
    try (BufferedReader out = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < promises; i++) {
        last = Integer.parseInt(out.readLine());
      }
      assertThat(process.toHandle().destroyForcibly()).as("SIGKILL").isTrue();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Integer.parseInt(line); // promised before it died
      }
    }
    process.waitFor();
    return last;
  }

  private UUID finish(Path store, TestStream stream) throws InterruptedException {
    try (PacewireClient client = PacewireClient.builder().store(store).stream(stream.uri())
        .deviceId(new UUID(7, 7))
        .tokens(() -> "t.t.t")
        .build(TestTokens.quick())) {
      RecordingSession session = client.resume(client.openSessions().get(0).sessionId());
      session.finish();
      assertThat(session.awaitStored(PATIENCE)).isTrue();
      UploadState state = session.uploadState();
      assertThat(state.batchesStored()).isEqualTo(state.batchesSealed());
      return session.sessionId();
    }
  }

  private List<Integer> numbers(UUID session) {
    List<Integer> numbers = new ArrayList<>();
    for (SampleBatch batch : platform.batches(session)) {
      for (int i = 0; i < batch.fixes().size(); i++) {
        numbers.add((int) Math.round(batch.fixes().latitudeE7(i) / 100.0));
      }
    }
    return numbers;
  }
}
