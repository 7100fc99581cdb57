package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A stream's token is renewed in place by another one of the same device, and by nothing else. */
@ExtendWith(RealServers.class)
class StreamRenewalIT {
  private static final Duration CUT_OFF = Duration.ofSeconds(30);
  private static final short TOKEN = 4401;
  private static TestIngest ingest;
  private static WebSocketClient sockets;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final List<ServerFrame> told = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(folder, Map.of());
    sockets = ingest.vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  @Test
  void whoseTokenRunsOut_isWarned_andGoesOnWithANewOne() throws Exception {
    WebSocket socket = stream(token(athlete, device, 59));
    await().until(() -> warnings() == 1);
    renew(socket, token(athlete, device, 58));
    await().until(() -> warnings() == 2); // the new one runs out, too: so it is the one that counts
    renew(socket, token(athlete, device, 600));
    assertTaken(socket, 0);
    assertThat(warnings()).isEqualTo(2);
    Await.get(socket.close());
  }

  @Test
  void aRevocation_cutsOffWhoHasRenewed() throws Exception {
    WebSocket socket = stream(token(athlete, device, 600));
    renew(socket, token(athlete, device, 700));
    assertTaken(socket, 0);
    ingest.revoke(device);
    await().atMost(CUT_OFF).until(socket::isClosed);
    assertThat(socket.closeStatusCode()).isEqualTo(TOKEN);
    assertThat(socket.closeReason()).isEqualTo("device was revoked");
  }

  @Test
  void aTokenOfSomebodyElse_endsTheStream() throws Exception {
    assertEnds("token of another device", token(athlete, UUID.randomUUID(), 600));
    assertEnds("token of another device", token(UUID.randomUUID(), device, 600));
    assertEnds(
        "token of another device", ingest.token(athlete, device, "ingest", "another-gym", 600));
  }

  @Test
  void aTokenThatLetsNobodyIn_endsTheStream() throws Exception {
    assertEnds("token not valid", token(athlete, device, -120));
    assertEnds("token not valid", ingest.token(athlete, device, "athlete", "public", 600));
    assertEnds("token not valid", ingest.token(athlete, null, "ingest", "public", 600));
    String good = token(athlete, device, 600);
    String forged = good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86);
    assertEnds("token not valid", forged);
    assertEnds("token not valid", "nothing like a token");
  }

  /**
   * Else the answer that comes last would hold, whichever token it is about. The first one is looked at
   * until the second has come: a quick thread may verify it before anybody asks for the answer.
   */
  @Test
  void twoRenewalsAtOnce_endTheStream() throws Exception {
    try (RawStream stream =
        RawStream.open(ingest.verticle.streamPort(), token(athlete, device, 600))) {
      BusyVerifier busy = new BusyVerifier(ingest.vertx);
      stream.send(
          ClientFrame.renewal(token(athlete, device, 700)),
          ClientFrame.renewal(token(athlete, device, 800)));
      assertThat(stream.closed()).isEqualTo(TOKEN + " a renewal is under way");
      busy.end();
    }
  }

  private void assertEnds(String reason, String token) throws Exception {
    WebSocket socket = stream(token(athlete, device, 600));
    renew(socket, token);
    assertThat(ended(socket)).isEqualTo(reason);
  }

  private static String ended(WebSocket socket) {
    await().until(socket::isClosed);
    assertThat(socket.closeStatusCode()).isEqualTo(TOKEN);
    return socket.closeReason();
  }

  private void assertTaken(WebSocket socket, int seq) {
    long now = System.currentTimeMillis();
    Future<?> unused = socket.writeBinaryMessage(
        Buffer.buffer(ClientFrame.publish(now, null, TestIngest.batch(session, seq, 5, now))));
    await()
        .until(() -> told.stream()
            .flatMap(frame -> frame.ledger().stream())
            .anyMatch(entry -> entry.acked().count() > 0));
  }

  private long warnings() {
    return told.stream()
        .filter(frame -> "token-expires".equals(frame.warning()))
        .count();
  }

  private String token(UUID of, UUID by, long validForS) throws Exception {
    return ingest.token(of, by, "ingest", "public", validForS);
  }

  private static void renew(WebSocket socket, String token) {
    Future<?> unused = socket.writeBinaryMessage(Buffer.buffer(ClientFrame.renewal(token)));
  }

  private WebSocket stream(String token) throws Exception {
    ClientWebSocket socket = sockets.webSocket();
    // Before it is connected, or its first message may have come and gone.
    socket.binaryMessageHandler(message -> told.add(ServerFrame.parse(message.getBytes())));
    return Await.get(socket.connect(new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(ingest.verticle.streamPort())
        .setURI(StreamConnections.PATH)
        .putHeader("Authorization", "Bearer " + token)));
  }
}
