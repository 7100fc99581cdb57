package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Phones that come out of a valley with ten hours each, and athletes who run meanwhile, through all roles:
 * the backlog of all phones together gets its own share of a node and no more, and nobody who runs is held,
 * deferred or refused for it. With {@code -Dpacewire.full=true} it is 500 phones, whose backlog comes
 * through to its end. How much later who runs is answered is measured: {@code ./pacewire bench pipeline
 * --rows backlog}.
 */
class BacklogIT {
  private static final boolean FULL = Boolean.getBoolean("pacewire.full");
  private static final int PHONES = FULL ? 500 : 20;
  private static final int RUNNERS = FULL ? 200 : 20;
  private static final long BEAT_MS = FULL ? 100 : 500;
  private static final int BEATS_BESIDE = FULL ? 1_200 : 20;
  private static final int SAMPLES_A_BATCH = 60;
  private static final int BATCHES_OF_TEN_HOURS = 600;
  private static final long TEN_HOURS_MS = 36_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 10 : 2);

  /** What each phone may by itself comes to eight times that. */
  private static final int BACKLOG_PER_S = FULL ? 2_500 : 50;

  /** Default of both: a second's worth at once, and in debt for as long as may be. */
  private static final int BURST_S = 1;

  private static final int DEBT_S = 10;

  /** Whoever serves so many does not do it with the options of a demo. */
  private static final List<String> JAVA_OPTIONS = List.of("-Xmx1g", "-XX:+UseParallelGC");

  private final Vertx vertx = Vertx.vertx();
  private final List<MqttRunner> runners = new ArrayList<>();
  private final List<StreamingPhone> phones = new ArrayList<>();

  @TempDir
  Path directory;

  private int managementPort;
  private ServerProcess server;
  private SignedTokens tokens;
  private WebSocketClient sockets;

  @BeforeEach
  void open() throws Exception {
    managementPort = IngestServers.freePort();
    server = new ServerProcess(directory.resolve("data"), JAVA_OPTIONS)
        .set("ingest.management.port", managementPort)
        .set("ingest.limits.nodeBackfill.batchesPerS", BACKLOG_PER_S)
        .start();
    tokens = new SignedTokens(server);
    sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setMaxConnections(2_000)
        .setTrustOptions(new PemTrustOptions().addCertPath(server.authority().toString())));
  }

  @AfterEach
  void close() throws Exception {
    runners.forEach(MqttRunner::close);
    get(vertx.close());
    server.close();
  }

  @Test
  void aBacklogOfManyPhones_holdsNobodyWhoRunsNow() throws Exception {
    int mqttPort = server.endpoints().getJsonObject("ports").getInteger("ingest.mqtt.port");
    for (int i = 0; i < RUNNERS; i++) {
      UUID device = UUID.randomUUID();
      MqttRunner runner =
          new MqttRunner(mqttPort, device, tokens.device(UUID.randomUUID(), device));
      runners.add(runner);
      long unused = vertx.setPeriodic(1 + i * BEAT_MS / RUNNERS, BEAT_MS, tick -> runner.beat());
    }
    await().atMost(PATIENCE).until(() -> runners.stream().allMatch(one -> one.stored() > 0));
    long begun = System.nanoTime();
    for (int i = 0; i < PHONES; i++) {
      phones.add(phone());
    }
    phones.forEach(phone -> phone.drain(BATCHES_OF_TEN_HOURS));
    int sentBefore = of(MqttRunner::sent);
    await()
        .atMost(PATIENCE)
        .until(() -> of(MqttRunner::sent) - sentBefore >= RUNNERS * BEATS_BESIDE
            && phones.stream().allMatch(this::isFarEnough));
    runners.forEach(MqttRunner::stop);

    MetricsPage counted = MetricsPage.read(managementPort);
    long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    int sent = of(MqttRunner::sent);
    await().atMost(PATIENCE).untilAsserted(() -> {
      assertThat(of(MqttRunner::acked)).as("of who runs").isEqualTo(sent);
      assertThat(of(MqttRunner::stored)).as("of who runs").isEqualTo(sent);
    });
    assertThat(counted.sum("pacewire_ingest_batches_total", "door=\"stream\"", "lane=\"backfill\""))
        .as("backlog let in within %d s, all phones together", seconds)
        .isPositive()
        .isLessThanOrEqualTo(BACKLOG_PER_S * (seconds + BURST_S + DEBT_S));
    assertThat(counted.sum(
            "pacewire_ingest_slowed_total", "door=\"stream\"", "limit=\"nodeBackfill\""))
        .as("more was there")
        .isPositive();
    MetricsPage after = MetricsPage.read(managementPort);
    assertThat(after.sum("pacewire_ingest_batches_total", "door=\"mqtt\"", "lane=\"live\""))
        .as("who runs is live")
        .isEqualTo(sent);
    assertThat(after.sum("pacewire_ingest_slowed_total", "door=\"mqtt\"")).isZero();
    assertThat(after.sum("pacewire_ingest_deferred_total", "door=\"mqtt\"")).isZero();
    assertThat(after.sum("pacewire_ingest_refused_total", "door=\"mqtt\"")).isZero();
    assertThat(after.sum("pacewire_ingest_held_total", "door=\"mqtt\"", "by=\"quota\""))
        .isZero();
    assertThat(phones)
        .allMatch(phone -> phone.refusedCount.get() == 0)
        .allMatch(phone -> phone.ackedCount.get() > 0);
  }

  private boolean isFarEnough(StreamingPhone phone) {
    return phone.ackedCount.get() >= (FULL ? BATCHES_OF_TEN_HOURS : 1);
  }

  private int of(ToIntFunction<MqttRunner> count) {
    return runners.stream().mapToInt(count).sum();
  }

  private StreamingPhone phone() throws Exception {
    String token = tokens.device(UUID.randomUUID(), UUID.randomUUID());
    ClientWebSocket socket = sockets.webSocket();
    StreamingPhone phone = new StreamingPhone(
        vertx, socket, SAMPLES_A_BATCH, 1_000, System.currentTimeMillis() - TEN_HOURS_MS);
    get(socket.connect(new WebSocketConnectOptions()
        .setAbsoluteURI(server.endpoints().getString("streamUrl"))
        .putHeader("Authorization", "Bearer " + token)));
    return phone;
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(300, TimeUnit.SECONDS);
  }
}
