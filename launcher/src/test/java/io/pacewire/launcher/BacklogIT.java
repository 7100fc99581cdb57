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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Phones that come out of a valley with ten hours each, and athletes who run meanwhile: nobody who
 * runs waits behind the backlog, and nobody is refused. With {@code -Dpacewire.full=true} it is 500
 * phones for two minutes, and all they have must be acknowledged by then. Phones and athletes share this JVM, so how
 * much later who runs is answered is measured elsewhere: {@code ./pacewire bench pipeline --rows backlog}.
 */
class BacklogIT {
  private static final boolean FULL = Boolean.getBoolean("pacewire.full");
  private static final int PHONES = FULL ? 500 : 20;
  private static final int RUNNERS = FULL ? 200 : 20;

  private static final long BEAT_MS = FULL ? 100 : 1_000;

  private static final int ALONE_S = FULL ? 60 : 8;
  private static final int BESIDE_S =
      FULL ? 125 : 10; // the last phones were told of a second later
  private static final int SAMPLES_A_BATCH = 60;
  private static final int BATCHES_OF_TEN_HOURS = 600;
  private static final long TEN_HOURS_MS = 36_000_000;
  private static final int LONGEST_MS = 60_000;

  /** Whoever serves so many does not do it with the options of a demo. */
  private static final List<String> JAVA_OPTIONS = List.of("-Xmx1g", "-XX:+UseParallelGC");

  private final Vertx vertx = Vertx.vertx();
  /** How often each latency in ms came, by what and when; the last place is for all that are longer. */
  private final Map<String, AtomicIntegerArray> latencies = new ConcurrentHashMap<>();

  private volatile String phase = "warm";

  @TempDir
  Path directory;

  private ServerProcess server;
  private SignedTokens tokens;
  private WebSocketClient sockets;

  @BeforeEach
  void open() throws Exception {
    server = new ServerProcess(directory.resolve("data"), JAVA_OPTIONS).start();
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
      run(phone(1, BEAT_MS, System.currentTimeMillis()), i);
    }
    get(vertx.timer(FULL ? 10_000 : 3_000));
    phase = "alone";
    get(vertx.timer(ALONE_S * 1_000L));
    phase = "between";
    List<StreamingPhone> phones = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      phones.add(phone(SAMPLES_A_BATCH, 1_000, System.currentTimeMillis() - TEN_HOURS_MS));
    }
    phones.forEach(phone -> phone.drain(BATCHES_OF_TEN_HOURS));
    phase = "beside";
    get(vertx.timer(BESIDE_S * 1_000L));
    int drained = phones.stream().mapToInt(phone -> phone.ackedCount.get()).sum();
    phase = "after";
    get(vertx.timer(3_000)); // what was sent at last is told
    report(drained, phones);
    if (FULL) {
      assertThat(drained).isEqualTo(PHONES * BATCHES_OF_TEN_HOURS);
    }
    assertThat(phones)
        .allMatch(phone -> phone.refusedCount.get() == 0)
        .allMatch(p -> p.ackedCount.get() > 0);
    for (String what : List.of("acked", "stored")) {
      long alone = percentile(what, "alone", 99);
      long beside = percentile(what, "beside", 99);
      assertThat(beside)
          .as(what + ", alone " + alone + " ms")
          .isLessThan(2 * alone + (FULL ? 1_000 : 4_000));
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(300, TimeUnit.SECONDS);
  }

  private StreamingPhone phone(int samplesABatch, long intervalMs, long startMs) throws Exception {
    String token = tokens.device(UUID.randomUUID(), UUID.randomUUID());
    return new StreamingPhone(
        vertx,
        get(sockets.connect(new WebSocketConnectOptions()
            .setAbsoluteURI(server.endpoints().getString("streamUrl"))
            .putHeader("Authorization", "Bearer " + token))),
        samplesABatch,
        intervalMs,
        startMs);
  }

  /** A batch each beat; they do not all send at once. */
  private void run(StreamingPhone phone, int number) {
    Map<Integer, Sent> unacked = new ConcurrentHashMap<>();
    Map<Integer, Sent> unstored = new ConcurrentHashMap<>(); // which may be told first
    phone.told(
        seq -> note("acked", unacked.remove(seq)), seq -> note("stored", unstored.remove(seq)));
    int[] seq = {0};
    long unused = vertx.setPeriodic(1 + number * BEAT_MS / RUNNERS, BEAT_MS, tick -> {
      int next = seq[0]++;
      Sent now = new Sent(phase, System.nanoTime());
      unacked.put(next, now);
      unstored.put(next, now);
      phone.send(next);
    });
  }

  private record Sent(String phase, long nanos) {}

  private void note(String what, @Nullable Sent sent) {
    if (sent != null) {
      long ms = (System.nanoTime() - sent.nanos()) / 1_000_000;
      latencies
          .computeIfAbsent(what + sent.phase(), made -> new AtomicIntegerArray(LONGEST_MS + 1))
          .incrementAndGet((int) Math.min(LONGEST_MS, ms));
    }
  }

  private long percentile(String what, String when, int percent) {
    AtomicIntegerArray counts = latencies.get(what + when);
    int rank = (int) ((count(what, when) - 1) * (long) percent / 100);
    int ms = 0;
    for (int below = counts.get(0); below <= rank; below += counts.get(ms)) {
      ms++;
    }
    return ms;
  }

  private int count(String what, String when) {
    AtomicIntegerArray counts = latencies.get(what + when);
    int all = 0;
    for (int ms = 0; ms <= LONGEST_MS; ms++) {
      all += counts.get(ms);
    }
    assertThat(all).as(what + " " + when).isGreaterThan(RUNNERS);
    return all;
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
            count(what, when)));
      }
    }
    Files.writeString(Path.of("target", "backlog.txt"), text);
  }
}
