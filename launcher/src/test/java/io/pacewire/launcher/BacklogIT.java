package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Phones that come out of a valley with ten hours each, and athletes who run meanwhile: how much
 * later the latter's batches are acknowledged and stored. With {@code -Dpacewire.full=true} it is 500
 * phones for two minutes and the goal itself is asserted; the short form is too short for a p99 and
 * asserts that nobody waits behind the backlog.
 */
class BacklogIT {
  private static final boolean FULL = Boolean.getBoolean("pacewire.full");
  private static final int PHONES = FULL ? 500 : 20;
  private static final int RUNNERS = FULL ? 100 : 20;
  private static final int ALONE_S = FULL ? 60 : 8;
  private static final int BESIDE_S = FULL ? 120 : 10;
  private static final int SAMPLES_A_BATCH = 60;
  private static final int BATCHES_OF_TEN_HOURS = 600;
  private static final long TEN_HOURS_MS = 36_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Queue<Long>> latencies = new ConcurrentHashMap<>();
  private volatile String phase = "warm";

  @TempDir
  Path directory;

  private ServerProcess server;
  private SignedTokens tokens;
  private WebSocketClient sockets;

  @BeforeEach
  void open() throws Exception {
    server = new ServerProcess(directory.resolve("data")).start();
    tokens = new SignedTokens(server);
    sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setMaxConnections(2_000)
        .setTrustOptions(new PemTrustOptions().addCertPath(server.authority().toString())));
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
    server.close();
  }

  @Test
  void aBacklogOfManyPhones_doesNotDelayWhoRunsNow() throws Exception {
    for (int i = 0; i < RUNNERS; i++) {
      run(phone(1, System.currentTimeMillis()), i);
    }
    get(vertx.timer(FULL ? 10_000 : 3_000));
    phase = "alone";
    get(vertx.timer(ALONE_S * 1_000L));
    phase = "between";
    List<StreamingPhone> phones = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      phones.add(phone(SAMPLES_A_BATCH, System.currentTimeMillis() - TEN_HOURS_MS));
    }
    phones.forEach(phone -> phone.drain(BATCHES_OF_TEN_HOURS));
    phase = "beside";
    get(vertx.timer(BESIDE_S * 1_000L));
    int drained = phones.stream().mapToInt(phone -> phone.ackedCount.get()).sum();
    phase = "after";
    get(vertx.timer(3_000)); // what was sent at last is told
    report(drained, phones);
    assertThat(phones)
        .allMatch(phone -> phone.refusedCount.get() == 0)
        .allMatch(p -> p.ackedCount.get() > 0);
    for (String what : List.of("acked", "stored")) {
      long alone = percentile(what, "alone", 99);
      long beside = percentile(what, "beside", 99);
      assertThat(beside)
          .as(what + ", alone " + alone + " ms")
          .isLessThan(FULL ? alone * 5 / 4 : 2 * alone + 4_000);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(300, TimeUnit.SECONDS);
  }

  private StreamingPhone phone(int samplesABatch, long startMs) throws Exception {
    String token = tokens.device(UUID.randomUUID(), UUID.randomUUID());
    return new StreamingPhone(
        vertx,
        get(sockets.connect(new WebSocketConnectOptions()
            .setAbsoluteURI(server.endpoints().getString("streamUrl"))
            .putHeader("Authorization", "Bearer " + token))),
        samplesABatch,
        startMs);
  }

  /** A batch every second, as the SDK does it; they do not all send at once. */
  private void run(StreamingPhone phone, int number) {
    Map<Integer, Long> sent = new ConcurrentHashMap<>();
    Map<Integer, String> phases = new ConcurrentHashMap<>();
    phone.told(seq -> note("acked", phases, sent, seq), seq -> note("stored", phases, sent, seq));
    int[] seq = {0};
    long unused = vertx.setPeriodic(1 + number * 1_000L / RUNNERS, 1_000, tick -> {
      int next = seq[0]++;
      sent.put(next, System.nanoTime());
      phases.put(next, phase);
      phone.send(next);
    });
  }

  private void note(String what, Map<Integer, String> phases, Map<Integer, Long> sent, int seq) {
    Long at = sent.get(seq);
    if (at != null) {
      latencies
          .computeIfAbsent(what + phases.get(seq), made -> new ConcurrentLinkedQueue<>())
          .add((System.nanoTime() - at) / 1_000_000);
    }
  }

  private long percentile(String what, String when, int percent) {
    List<Long> all = latencies.get(what + when).stream().sorted().toList();
    assertThat(all).hasSizeGreaterThan(RUNNERS);
    return all.get((all.size() - 1) * percent / 100);
  }

  private void report(int drained, List<StreamingPhone> phones) throws Exception {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT,
        "%d phones, %d of %d batches acknowledged in %d s, %d deferred%n",
        PHONES,
        drained,
        PHONES * BATCHES_OF_TEN_HOURS,
        BESIDE_S,
        phones.stream().mapToInt(phone -> phone.deferredCount.get()).sum()));
    for (String what : List.of("acked", "stored")) {
      for (String when : List.of("alone", "beside")) {
        text.append(String.format(
            Locale.ROOT,
            "%s %s: p50 %d ms, p99 %d ms of %d%n",
            what,
            when,
            percentile(what, when, 50),
            percentile(what, when, 99),
            latencies.get(what + when).size()));
      }
    }
    Files.writeString(Path.of("target", "backlog.txt"), text);
  }
}
