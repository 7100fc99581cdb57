package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pacewire.gateway.LiveViewers.Bounds;
import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.HalfOpenClient;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Promise;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Viewers that do not read, beside one that does: what waits for them is bounded. */
@ExtendWith(RealServers.class)
class SlowViewerIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  /** 24 MB: far more than the system keeps for a connection. */
  private static final int UPDATES = 400;

  private static final String PADDING = "x".repeat(60_000);
  private static final long LONG_MS = 300_000;

  private final UUID session = UUID.randomUUID();
  private final AtomicInteger lastRead = new AtomicInteger();

  @TempDir
  private Path folder;

  private TestGateway gateway;
  /** Held for as long as it is used: Vert.x closes a client that nobody refers to. */
  private WebSocketClient sockets;

  private LiveFeed feed;

  private void open(Bounds bounds) throws Exception {
    gateway = new TestGateway(folder, bounds);
    sockets = gateway.vertx.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setMaxFrameSize(1 << 20)
        .setMaxMessageSize(1 << 20));
    feed = new LiveFeed(gateway.vertx);
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
  }

  @Test
  void whatWaitsForOneThatDoesNotRead_isOneSnapshot_andOthersSeeEverything() throws Exception {
    open(new Bounds(10, 10, 10, LONG_MS));
    try (RawViewer stuck = new RawViewer(gateway.port(), session, gateway.token())) {
      reader();
      publish(UPDATES);
      assertThat(snapshots()).as("of each viewer its first").isEqualTo(2);
      // The one that was behind reads again: what it was sent, then how things are by now.
      stuck.readUntil("\"type\":\"snapshot\"");
      stuck.readUntil("\"version\":2,");
      stuck.readUntil("\"type\":\"snapshot\"");
      assertThat(snapshots()).isEqualTo(3);
      publish(1);
      stuck.readUntil("\"version\":" + lastRead.get() + ",");
    }
  }

  @Test
  void whoDoesNotRead_isClosedAfterAWhile_andWhoReadsIsNot() throws Exception {
    open(new Bounds(10, 10, 10, 1));
    try (RawViewer stuck = new RawViewer(gateway.port(), session, gateway.token())) {
      WebSocket reader = reader();
      assertThat(gateway.viewers()).isEqualTo(2);
      publish(UPDATES);
      await().atMost(SOON).until(() -> gateway.viewers() == 1);
      assertThat(reader.isClosed()).isFalse();
      assertThatThrownBy(() -> stuck.readUntil("what never comes")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whereTooManyDoNotRead_oneMoreIsClosedAtOnce() throws Exception {
    open(new Bounds(10, 10, 1, LONG_MS));
    try (RawViewer stuck = new RawViewer(gateway.port(), session, gateway.token());
        RawViewer another = new RawViewer(gateway.port(), session, gateway.token())) {
      reader();
      publish(UPDATES);
      await().atMost(SOON).until(() -> gateway.viewers() == 2);
      assertThat(stuck).isNotSameAs(another);
    }
  }

  @Test
  void whoOnlyAsks_andReadsNoAnswer_isClosed() throws Exception {
    open(new Bounds(10, 10, 10, LONG_MS));
    try (RawViewer asking = new RawViewer(gateway.port(), session, gateway.token())) {
      assertThatThrownBy(() -> {
            for (int i = 0; i < 400_000; i++) {
              asking.ping();
            }
          })
          .isInstanceOf(IOException.class);
      await().atMost(SOON).until(() -> gateway.viewers() == 0);
    }
  }

  @Test
  void viewersAreSoMany_andOfOneAthleteFewer() throws Exception {
    open(new Bounds(3, 2, 10, LONG_MS));
    UUID other = UUID.randomUUID();
    try (RawViewer one = new RawViewer(gateway.port(), session, gateway.token());
        RawViewer two = new RawViewer(gateway.port(), session, gateway.token())) {
      assertThatThrownBy(() -> new RawViewer(gateway.port(), session, gateway.token()))
          .hasMessageContaining("429");
      try (RawViewer three = new RawViewer(gateway.port(), session, gateway.token(other))) {
        assertThat(gateway.viewers()).isEqualTo(3);
        assertThatThrownBy(
                () -> new RawViewer(gateway.port(), session, gateway.token(UUID.randomUUID())))
            .hasMessageContaining("503");
        three.readUntil("snapshot");
      }
      one.readUntil("snapshot");
      two.readUntil("snapshot");
    }
    await().atMost(SOON).until(() -> gateway.viewers() == 0);
    new RawViewer(gateway.port(), session, gateway.token()).close();
  }

  /** Its token is looked at for so long that it goes away: its place is left for another. */
  @Test
  void whoHangsUpBeforeItIsLetIn_takesNoPlace() throws Exception {
    open(new Bounds(1, 1, 1, LONG_MS));
    Promise<Void> keys = Promise.promise();
    gateway.keysAfter(keys.future());
    try (HalfOpenClient gone = HalfOpenClient.overTls(gateway.port())) {
      gone.send("GET /v1/live/sessions/" + session + " HTTP/1.1\r\nHost: localhost\r\n"
          + "Authorization: Bearer " + gateway.token() + "\r\nConnection: Upgrade\r\n"
          + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      await().atMost(SOON).until(() -> gateway.keysAskedFor() > 0);
    }
    // Whoever was asked after it has gone is answered after that was seen.
    assertThat(gateway.get("/health/live", null).statusCode()).isEqualTo(200);
    keys.complete();
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class) // refused, until its place is free
        .until(() -> {
          new RawViewer(gateway.port(), session, gateway.token()).close();
          return true;
        });
    await().atMost(SOON).until(() -> gateway.viewers() == 0);
  }

  private WebSocket reader() throws Exception {
    ClientWebSocket socket = sockets.webSocket();
    // Before it is connected, or its first message may have come and gone.
    socket.textMessageHandler(text -> lastRead.set(new JsonObject(text).getInteger("version")));
    WebSocket connected = Await.get(socket.connect(new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(gateway.port())
        .setURI("/v1/live/sessions/" + session)
        .putHeader("Authorization", "Bearer " + gateway.token())));
    await().atMost(SOON).until(() -> lastRead.get() == 1);
    await().atMost(SOON).until(() -> feed.isWatched(gateway.athlete));
    return connected;
  }

  /** Each once the one before was read, so that who reads is never behind. */
  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      int version = lastRead.get() + 1;
      feed.publish(
          gateway.athlete,
          new JsonObject()
              .put("type", "delta")
              .put("sessionId", session.toString())
              .put("version", version)
              .put("padding", PADDING));
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(SOON)
          .until(() -> lastRead.get() == version);
    }
  }

  private long snapshots() {
    return gateway.seen.stream().filter(seen -> seen.uri().endsWith("/live")).count();
  }
}
