package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.Consumed;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/batches} against a real Kafka. */
@ExtendWith(RealServers.class)
class HttpBatchesIT {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String DELIMITED = "application/x-protobuf; encoding=delimited";
  private static TestIngest ingest;
  private static WebClient client;

  private final UUID session = UUID.randomUUID();
  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final long now = System.currentTimeMillis();

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder, Map.of("ingest.maxBodyBytes", 300_000, "ingest.maxBatchBytes", 16_384));
    client = WebClient.create(
        ingest.vertx, new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  @Test
  void oneEnvelope_isInKafka_whenTheAnswerComes() throws Exception {
    byte[] batch = TestIngest.batch(session, 7, 20, now);
    HttpResponse<Buffer> answer =
        post(PROTOBUF, io.pacewire.wire.Envelope.encode(now, null, batch));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    JsonObject entry = entry(answer);
    assertThat(entry.getString("sessionId")).isEqualTo(session.toString());
    assertThat(entry.getJsonArray("acked")).isEqualTo(new JsonArray("[[7,7]]"));
    List<ConsumerRecord<String, byte[]>> records = taken(EventTopics.TELEMETRY_LIVE, 1);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).value()).isEqualTo(batch);
    assertThat(records.get(0).key()).isEqualTo(athlete.toString());
    assertThat(header(records.get(0), "device")).isEqualTo(device.toString());
  }

  @Test
  void severalEnvelopes_packed_areAckedAsRanges_onTheLanesOfTheirAge() throws Exception {
    byte[] body = delimited(
        TestIngest.envelope(session, 0, 5, now - 3_600_000, now),
        TestIngest.envelope(session, 1, 5, now - 3_500_000, now),
        TestIngest.envelope(session, 2, 5, now, now));
    HttpResponse<Buffer> answer = Await.get(
        request(DELIMITED).putHeader("Content-Encoding", "gzip").sendBuffer(packed(body)));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    assertThat(entry(answer).getJsonArray("acked")).isEqualTo(new JsonArray("[[0,2]]"));
    assertThat(taken(EventTopics.TELEMETRY_BACKFILL, 2)).hasSize(2);
    assertThat(taken(EventTopics.TELEMETRY_LIVE, 1)).hasSize(1);
  }

  @Test
  void json_isSealedIntoARealBatch() throws Exception {
    JsonObject body = new JsonObject()
        .put("sent_at_epoch_ms", now)
        .put(
            "batch",
            new JsonObject()
                .put("session_id", session.toString())
                .put("seq", 3)
                .put("first_at_epoch_ms", now - 2_000)
                .put("body", JsonBatchesTest.body(now)));
    HttpResponse<Buffer> answer =
        post("application/json; charset=utf-8", body.encode().getBytes(UTF_8));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    SampleBatch stored =
        BatchCodec.decode(taken(EventTopics.TELEMETRY_LIVE, 1).get(0).value());
    assertThat(stored.seq()).isEqualTo(3);
    assertThat(stored.fixes().size()).isEqualTo(3);
    assertThat(stored.fixes().latitudeE7(2)).isEqualTo(557_000_060);
  }

  @Test
  void aRefusedBatchAmongGoodOnes_isNamed_andTheGoodOnesAreAcked() throws Exception {
    byte[] changed = TestIngest.envelope(session, 1, 5, now, now);
    changed[changed.length - 1] ^= 1;
    HttpResponse<Buffer> answer =
        post(DELIMITED, delimited(TestIngest.envelope(session, 0, 5, now, now), changed));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(entry(answer).getJsonArray("acked")).isEqualTo(new JsonArray("[[0,0]]"));
    assertThat(entry(answer).getJsonArray("refused").getJsonObject(0))
        .isEqualTo(new JsonObject().put("seq", 1).put("reason", "hash-mismatch"));
    assertThat(dead(1)).contains("hash-mismatch");
  }

  @Test
  void whatCanNeverBeTaken_isAProblemThatNamesTheField_andADeadLetter() throws Exception {
    byte[] changed = TestIngest.envelope(session, 1, 5, now, now);
    changed[changed.length - 1] ^= 1;
    JsonObject hash = problem(post(PROTOBUF, changed), 422);
    assertThat(hash.getString("detail")).contains("body_hash");
    assertThat(hash.getJsonArray("faults").getJsonObject(0).getInteger("seq")).isEqualTo(1);
    JsonObject malformed = problem(post(PROTOBUF, new byte[] {8, 1}), 400);
    assertThat(malformed.getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("batch");
    JsonObject large =
        problem(post(PROTOBUF, TestIngest.envelope(session, 2, 16_000, now, now)), 413);
    assertThat(large.getString("detail")).contains("at most 16384");
    assertThat(dead(3)).contains("hash-mismatch", "malformed", "too-large");
    JsonObject json =
        problem(post("application/json", "{\"batch\":{\"seq\":1}}".getBytes(UTF_8)), 400);
    assertThat(json.getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("batch.session_id");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, identity, 415",
    ", identity, 415",
    "application/x-protobuf, br, 415",
    "application/x-protobuf, gzip, 400",
    "application/json, identity, 400",
    "application/x-protobuf;encoding=delimited, identity, 400"
  })
  void otherForms_areProblems(String type, String encoding, int status) throws Exception {
    HttpRequest<Buffer> request = client
        .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
        .bearerTokenAuthentication(ingest.token(athlete, device))
        .putHeader("Content-Encoding", encoding);
    if (type != null) {
      request.putHeader("Content-Type", type);
    }
    problem(Await.get(request.sendBuffer(Buffer.buffer(new byte[] {(byte) 0xff, 1, 2}))), status);
  }

  @Test
  void onlyADevicesGoodToken_getsIn() throws Exception {
    byte[] body = TestIngest.envelope(session, 0, 5, now, now);
    Map<String, Integer> tokens = Map.of(
        "none",
        401,
        ingest.token(athlete, device, "ingest", "public", -120),
        401,
        ingest.token(athlete, null),
        403,
        ingest.token(athlete, device, "athlete", "public", 600),
        403);
    for (Map.Entry<String, Integer> token : tokens.entrySet()) {
      problem(
          Await.get(client
              .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
              .bearerTokenAuthentication(token.getKey())
              .putHeader("Content-Type", PROTOBUF)
              .sendBuffer(Buffer.buffer(body))),
          token.getValue());
    }
    HttpResponse<Buffer> without = Await.get(client
        .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
        .putHeader("Content-Type", PROTOBUF)
        .sendBuffer(Buffer.buffer(body)));
    assertThat(without.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    problem(without, 401);
  }

  @Test
  void aBombAndABodyTooLong_areRefused_beforeTheyAreHeld() throws Exception {
    Buffer bomb = packed(new byte[50_000_000]);
    assertThat(bomb.length()).isLessThan(300_000);
    problem(
        Await.get(request(PROTOBUF).putHeader("Content-Encoding", "gzip").sendBuffer(bomb)), 413);
    problem(Await.get(request(PROTOBUF).sendBuffer(Buffer.buffer(new byte[300_001]))), 413);
  }

  @Test
  void oneRequestAfterTheOther_onOneConnection() throws Exception {
    for (int seq = 0; seq < 20; seq++) {
      assertThat(post(PROTOBUF, TestIngest.envelope(session, seq, 5, now, now)).statusCode())
          .isEqualTo(200);
    }
    assertThat(taken(EventTopics.TELEMETRY_LIVE, 20)).hasSize(20);
  }

  @Test
  void aBrokerThatDies_isWaitedFor_andWhatWasAcknowledgedIsThere() throws Exception {
    RealServers.killKafka();
    List<Future<HttpResponse<Buffer>>> all = new ArrayList<>();
    for (int seq = 0; seq < 20; seq++) {
      byte[] body = TestIngest.envelope(session, seq, 5, now, now);
      all.add(request(PROTOBUF).sendBuffer(Buffer.buffer(body)));
    }
    await().atMost(Duration.ofSeconds(90)).until(() -> all.stream().allMatch(Future::isComplete));
    assertThat(all).allMatch(Future::succeeded);
    List<Integer> statuses = all.stream().map(one -> one.result().statusCode()).toList();
    assertThat(statuses).allMatch(status -> status == 200 || status == 503 || status == 429);
    assertThat(statuses).as("more at once than a device may have").contains(429);
    long acked = statuses.stream().filter(status -> status == 200).count();
    assertThat(taken(EventTopics.TELEMETRY_LIVE, (int) acked))
        .hasSizeGreaterThanOrEqualTo((int) acked);
  }

  private HttpRequest<Buffer> request(String type) throws Exception {
    return client
        .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
        .bearerTokenAuthentication(ingest.token(athlete, device))
        .putHeader("Content-Type", type);
  }

  private HttpResponse<Buffer> post(String type, byte[] body) throws Exception {
    return Await.get(request(type).sendBuffer(Buffer.buffer(body)));
  }

  private static JsonObject entry(HttpResponse<Buffer> answer) {
    JsonArray ledger = answer.bodyAsJsonObject().getJsonArray("ledger");
    assertThat(ledger).hasSize(1);
    return ledger.getJsonObject(0);
  }

  /** RFC 9457. */
  private static JsonObject problem(HttpResponse<Buffer> answer, int status) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(answer.getHeader("Content-Type")).startsWith("application/problem+json");
    JsonObject problem = answer.bodyAsJsonObject();
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).isNotBlank();
    return problem;
  }

  private List<ConsumerRecord<String, byte[]>> taken(String topic, int enough) {
    return mine(Consumed.from(topic, records -> mine(records).size() >= enough));
  }

  private List<ConsumerRecord<String, byte[]>> mine(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .filter(record -> record.key() != null && record.key().equals(athlete.toString()))
        .toList();
  }

  private List<String> dead(int enough) {
    return taken(EventTopics.dead(EventTopics.TELEMETRY_LIVE), enough).stream()
        .map(record -> header(record, "reason"))
        .toList();
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  static byte[] delimited(byte[]... envelopes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] envelope : envelopes) {
      int length = envelope.length;
      for (; length > 0x7F; length >>>= 7) {
        out.write((length & 0x7F) | 0x80);
      }
      out.write(length);
      out.writeBytes(envelope);
    }
    return out.toByteArray();
  }

  private static Buffer packed(byte[] body) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return Buffer.buffer(out.toByteArray());
  }
}
