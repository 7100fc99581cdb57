package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of the web doors that mean no good: they go, others do not notice, nothing grows. */
@ExtendWith(RealServers.class)
class WebHostileIT {
  private static final int FLOOD_BYTES = 256 << 20;
  private static final int BOMBS = 60;
  private static final int BOMB_BYTES = 200_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of 500 pings; ten times as many as it takes where nothing is late. */
  private static final int MOST_ROUNDS = 400;

  private static TestIngest ingest;
  private static WebClient client;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder,
        Map.of("ingest.loops", 1, "ingest.mqtt.unreadS", 1, "ingest.maxBodyBytes", 500_000));
    client = WebClient.create(
        ingest.vertx,
        new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false),
        new PoolOptions().setHttp1MaxSize(BOMBS));
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  @AfterEach
  void nobodyElseNoticed() throws Exception {
    try (RawStream good = stream(UUID.randomUUID())) {
      good.roundTrip();
    }
    long now = System.currentTimeMillis();
    HttpResponse<Buffer> answer =
        post(UUID.randomUUID(), TestIngest.envelope(UUID.randomUUID(), 0, 5, now, now), null);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
  }

  private RawStream stream(UUID of) throws Exception {
    return RawStream.open(ingest.verticle.streamPort(), ingest.token(athlete, of));
  }

  /** Vert.x answers each by itself. */
  @Test
  void whoPingsAndNeverReads_isNotReadEither_andClosed() throws Exception {
    long sent = 0;
    long begunNs = System.nanoTime();
    try (RawStream rude = stream(device)) {
      while (sent < FLOOD_BYTES) {
        sent += rude.pings(500);
      }
    } catch (IOException closed) {
      // as it should
    }
    assertThat(sent).as("bytes that were taken").isLessThan(FLOOD_BYTES / 4);
    assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isLessThan(PATIENCE.multipliedBy(2));
  }

  @Test
  void textIsRefused_howeverItIsCut() throws Exception {
    for (int begin : new int[] {0x81, 0x01}) {
      try (RawStream rude = stream(device)) {
        rude.frames(begin, 1);
        assertThat(rude.closed()).startsWith("1003 ");
      }
    }
  }

  /** However long it is: it is not sent again, and what comes behind it is taken. */
  @ParameterizedTest
  @ValueSource(ints = {300_000, 3_000_000})
  void aBatchThatIsTooLong_isRefusedByName_andTheStreamGoesOn(int bytes) throws Exception {
    UUID session = UUID.randomUUID();
    long now = System.currentTimeMillis();
    byte[] padded = Arrays.copyOf(TestIngest.batch(session, 7, 5, now), bytes);
    SortedMap<Integer, String> refused = new TreeMap<>();
    int acked = 0;
    try (RawStream phone = stream(device)) {
      phone.sendLong(ClientFrame.publish(now, null, padded));
      phone.send(ClientFrame.publish(now, null, TestIngest.batch(session, 8, 500, now)));
      while (refused.isEmpty() || acked == 0) {
        for (LedgerEntry told : ServerFrame.parse(phone.next()).ledger()) {
          refused.putAll(told.refused());
          acked += told.acked().count();
        }
      }
      phone.roundTrip();
    }
    assertThat(refused).isEqualTo(Map.of(7, "too-large"));
    assertThat(acked).isEqualTo(1);
  }

  @Test
  void whoPingsAndPings_pays() throws Exception {
    double slowed = slowed();
    try (RawStream eager = stream(device)) {
      for (int i = 0; i < MOST_ROUNDS && slowed() <= slowed; i++) {
        eager.roundTrips(500);
      }
    }
    assertThat(slowed()).isGreaterThan(slowed);
  }

  private static double slowed() {
    return Metrics.of(ingest.vertx)
        .get("pacewire.ingest.slowed")
        .tag("door", "stream")
        .tag("limit", "device")
        .counter()
        .count();
  }

  @Test
  void aDeviceThatNeverReads_isToldNoMore_andClosed() throws Exception {
    LedgerFeed training = new LedgerFeed(ingest.vertx);
    try (RawStream rude = stream(device);
        RawStream good = stream(UUID.randomUUID())) {
      await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> {
        for (int i = 0; i < 5_000; i++) { // of a session each: those of one are told as one
          LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 0);
          entry.stored().add(0, 7);
          training.publish(device, Buffer.buffer(entry.encode()));
        }
        good.roundTrip(); // on the same event loop
        return rude.isClosed();
      });
    }
  }

  @Test
  void manyBombsAtOnce_areRefused_andCostAFewBodies() throws Exception {
    byte[] bomb = packed(BOMB_BYTES);
    assertThat(bomb.length).isLessThan(500_000);
    Runtime here = Runtime.getRuntime();
    System.gc(); // what others left is not its
    long before = here.totalMemory() - here.freeMemory();
    List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
    for (int i = 0; i < BOMBS; i++) {
      answers.add(
          posting(UUID.randomUUID(), UUID.randomUUID(), "application/x-protobuf", bomb, "gzip"));
    }
    long most = before;
    Future<?> all = Future.join(answers);
    while (!all.isComplete()) {
      most = Math.max(most, here.totalMemory() - here.freeMemory());
      Await.get(ingest.vertx.timer(5));
    }
    assertThat(answers).allMatch(Future::succeeded);
    assertThat(answers)
        .extracting(answer -> answer.result().statusCode())
        .as("too large, or no room while others are looked at")
        .isSubsetOf(413, 503)
        .contains(413);
    assertThat(most - before).as("bytes on the heap").isLessThan((long) BOMB_BYTES * 4);
  }

  @Test
  void otherWaysToMakeMuchOfLittle_areRefused() throws Exception {
    byte[] nested = new byte[200_000];
    Arrays.fill(nested, (byte) '[');
    assertThat(post(device, "application/json", nested, null).statusCode())
        .as("weighed before it is parsed")
        .isEqualTo(413);
    byte[] number = "{\"sent_at_epoch_ms\":1e999999999,\"batch\":{}}".getBytes(US_ASCII);
    assertThat(post(device, "application/json", number, null).statusCode()).isEqualTo(400);
    byte[] deflated = packed(10);
    assertThat(post(device, deflated, "deflate").statusCode()).isEqualTo(415);
    assertThat(post(device, deflated, "gzip, gzip").statusCode()).isEqualTo(415);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    byte[] empty = packed(0);
    while (members.size() < 400_000) {
      members.writeBytes(empty);
    }
    assertThat(post(device, members.toByteArray(), "gzip").statusCode()).isEqualTo(400);
    byte[] cutOff = Arrays.copyOf(packed(1_000), 20);
    assertThat(post(device, cutOff, "gzip").statusCode()).isEqualTo(400);
  }

  private HttpResponse<Buffer> post(UUID of, byte[] body, String encoding) throws Exception {
    return Await.get(posting(of, body, encoding));
  }

  private Future<HttpResponse<Buffer>> posting(UUID of, byte[] body, String encoding)
      throws Exception {
    return posting(of, "application/x-protobuf", body, encoding);
  }

  private HttpResponse<Buffer> post(UUID of, String type, byte[] body, String encoding)
      throws Exception {
    return Await.get(posting(of, type, body, encoding));
  }

  private Future<HttpResponse<Buffer>> posting(UUID of, String type, byte[] body, String encoding)
      throws Exception {
    return posting(athlete, of, type, body, encoding);
  }

  private static Future<HttpResponse<Buffer>> posting(
      UUID athlete, UUID of, String type, byte[] body, String encoding) throws Exception {
    var request = client
        .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
        .bearerTokenAuthentication(ingest.token(athlete, of))
        .putHeader("Content-Type", type);
    if (encoding != null) {
      request.putHeader("Content-Encoding", encoding);
    }
    return request.sendBuffer(Buffer.buffer(body));
  }

  private static byte[] packed(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      byte[] part = new byte[1 << 16];
      for (int left = zeros; left > 0; left -= part.length) {
        gzip.write(part, 0, Math.min(left, part.length));
      }
    }
    return out.toByteArray();
  }
}
