package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pacewire.launcher.client.DemoDevice;
import io.pacewire.sdk.Fix;
import io.pacewire.sdk.PacewireClient;
import io.pacewire.sdk.RecordingSession;
import io.pacewire.sdk.SessionOptions;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that reaches the gateway alone: the SDK's stream, and batches in JSON as somebody types them. */
class WebDoorsIT {
  private static final int FIXES = 60;
  private static final int TOO_LONG_BYTES = 2_000_000;
  private static final int TOLD_WITHIN_MS = 90_000;
  private static final boolean FULL = Boolean.getBoolean("pacewire.full");

  @TempDir
  Path directory;

  @Test
  void devicesGetTheirDataThrough_byTheGatewayAlone() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      DemoDevice device = server.account().device("phone behind a proxy");
      try (Socket batches = drips(server, "/v1/batches", device.token().text());
          Socket archive = drips(server, "/v1/imports", server.account().token())) {
        streams(server, device);
        tooLongIsRefused(URI.create(server.endpoints().getString("streamUrl")), device);
        tooLongIsRefused(gatewayStream(server), device);
        postsJson(server, device);
        wasTooSlow(batches, "request-timeout");
        if (FULL) {
          wasTooSlow(archive, "upload-too-slow"); // after a minute
        }
      }
      for (int i = 0; i < 3; i++) {
        isRefusedAmidTheBody(server, device, "application/x-protobuf", 413, "too-large");
        isRefusedAmidTheBody(server, device, "text/plain", 415, "unsupported-media-type");
      }
    }
  }

  /** Begins a request, and leaves it at that. */
  private static Socket drips(ServerProcess server, String path, String token) throws Exception {
    URI gateway = URI.create(server.endpoints().getString("consoleUrl"));
    Socket socket =
        trustful().getSocketFactory().createSocket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout(TOLD_WITHIN_MS);
    String head = "POST " + path + " HTTP/1.1\r\nHost: " + gateway.getAuthority()
        + "\r\nAuthorization: Bearer " + token
        + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static void wasTooSlow(Socket socket, String name) throws Exception {
    StringBuilder answer = new StringBuilder();
    for (int next = 0; next >= 0 && next != '}'; ) {
      next = socket.getInputStream().read();
      answer.append((char) next);
    }
    assertThat(answer.toString())
        .startsWith("HTTP/1.1 408 ")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("urn:pacewire:problem:" + name);
  }

  private static SSLContext trustful() throws Exception {
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    return trust;
  }

  /** A body of unknown length, of which ingest reads no more than it takes: said by ingest, not by its absence. */
  private static void isRefusedAmidTheBody(
      ServerProcess server, DemoDevice device, String type, int status, String name)
      throws Exception {
    HttpClient client = HttpClient.newBuilder()
        .sslContext(trustful())
        .version(HttpClient.Version.HTTP_1_1)
        .build();
    HttpResponse<String> answer = client.send(
        HttpRequest.newBuilder(
                URI.create(server.endpoints().getString("consoleUrl")).resolve("/v1/batches"))
            .header("Authorization", "Bearer " + device.token().text())
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(new byte[2 << 20])))
            .build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body() + server.log()).isEqualTo(status);
    assertThat(answer.body()).contains("urn:pacewire:problem:" + name);
  }

  private static URI gatewayStream(ServerProcess server) {
    return URI.create(server.endpoints().getString("consoleUrl").replace("https", "wss"))
        .resolve("/v1/stream");
  }

  /** By name, so that it is not sent again; what comes behind it on the same stream is taken. */
  private static void tooLongIsRefused(URI door, DemoDevice device) throws Exception {
    UUID session = UUID.randomUUID();
    BlockingQueue<LedgerEntry> told = new LinkedBlockingQueue<>();
    WebSocket socket = HttpClient.newBuilder()
        .sslContext(trustful())
        .build()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + device.token().text())
        .buildAsync(door, new LedgerListener(told))
        .get(TOLD_WITHIN_MS, TimeUnit.MILLISECONDS);
    long now = System.currentTimeMillis();
    byte[] longest = Arrays.copyOf(batch(session, 0, now), TOO_LONG_BYTES);
    for (byte[] batch : List.of(longest, batch(session, 1, now))) {
      socket
          .sendBinary(ByteBuffer.wrap(ClientFrame.publish(now, null, batch)), true)
          .get(TOLD_WITHIN_MS, TimeUnit.MILLISECONDS);
    }
    Map<Integer, String> refused = new TreeMap<>();
    int acked = 0;
    while (refused.isEmpty() || acked == 0) {
      LedgerEntry entry = told.poll(TOLD_WITHIN_MS, TimeUnit.MILLISECONDS);
      assertThat(entry).as("refused %s, acked %s at %s", refused, acked, door).isNotNull();
      refused.putAll(entry.refused());
      acked += entry.acked().count();
    }
    assertThat(refused).isEqualTo(Map.of(0, "too-large"));
    socket.abort();
  }

  private static byte[] batch(UUID session, int seq, long now) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, seq);
    batch.heartRates().add(now, 1, 120, SampleBatch.ABSENT);
    return BatchCodec.encode(batch);
  }

  /** Of what a stream says. */
  private record LedgerListener(BlockingQueue<LedgerEntry> told) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] message = new byte[data.remaining()];
      data.get(message);
      told.addAll(ServerFrame.parse(message).ledger());
      socket.request(1);
      return null;
    }
  }

  private void streams(ServerProcess server, DemoDevice device) throws Exception {
    try (PacewireClient client =
        PacewireClient.builder().store(directory.resolve("phone.db")).stream(gatewayStream(server))
            .deviceId(device.deviceId())
            .tokens(() -> device.token().text())
            .trust(Files.readAllBytes(server.authority()))
            .uploadInterval(Duration.ofMillis(50))
            .build()) {
      long start = System.currentTimeMillis() - FIXES * 1_000L;
      RecordingSession session = client.start(SessionOptions.builder()
          .sport("run")
          .timeZone(ZoneId.of("Europe/Moscow"))
          .startedAtEpochMs(start)
          .build());
      for (int i = 0; i < FIXES; i++) {
        session.addFix(start + i * 1_000L, Fix.at(55.7 + i * 3e-5, 37.6).withAccuracyM(4));
      }
      session.finish(start + FIXES * 1_000L);
      assertThat(session.awaitStored(Duration.ofMinutes(1)))
          .as(session.uploadState() + "\n" + server.log())
          .isTrue();
    }
  }

  private static void postsJson(ServerProcess server, DemoDevice device) throws Exception {
    UUID session = UUID.randomUUID();
    long start = System.currentTimeMillis() - 10_000;
    JsonObject body = new JsonObject()
        .put(
            "fixes",
            new JsonObject()
                .put("clock", new JsonObject().put("wall_delta_ms", new JsonArray("[1000,1000]")))
                .put("latitude_e7", new JsonArray("[557000000,300,300]"))
                .put("longitude_e7", new JsonArray("[376000000,0,0]")))
        .put(
            "marks",
            new JsonArray()
                .add(new JsonObject()
                    .put("kind", "START")
                    .put("at_epoch_ms", start)
                    .put("sport", "run")
                    .put("time_zone", "Europe/Moscow"))
                .add(new JsonObject()
                    .put("kind", "FINISH")
                    .put("at_epoch_ms", start + 2_000)
                    .put("monotonic_ms", 2_000)
                    .put("batch_count", 1)));
    JsonObject answer = server
        .client()
        .post(
            "/v1/batches",
            device.token().text(),
            new JsonObject()
                .put(
                    "batch",
                    new JsonObject()
                        .put("session_id", session.toString())
                        .put("seq", 0)
                        .put("first_at_epoch_ms", start)
                        .put("body", body)));
    assertThat(answer.getJsonArray("ledger").getJsonObject(0).getJsonArray("acked"))
        .isEqualTo(new JsonArray("[[0,0]]"));
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> server
            .client()
            .get("/v1/sessions/" + session + "/ledger", server.account().token())
            .getJsonArray("stored")
            .equals(new JsonArray("[[0,0]]")));
  }
}
