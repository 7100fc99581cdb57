package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.HalfOpenClient;
import io.pacewire.platform.stack.RealServers;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are nobody's yet: counted by what they wait for, and no more than there is room for. */
@ExtendWith(RealServers.class)
class WaitingRoomIT {
  private static final int ROOM = 3;
  private static TestIngest ingest;
  private static SSLContext trust;
  private static WebClient client;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder, Map.of("ingest.limits.waitingConnections", ROOM, "ingest.connectTimeoutS", 120));
    client = WebClient.create(ingest.vertx);
    trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  @Test
  void whoWaits_isCounted_andOneMoreIsTurnedAway_untilAPlaceIsFree() throws Exception {
    try (HalfOpenClient web = connected(ingest.verticle.streamPort())) {
      try (HalfOpenClient tcp = connected(ingest.verticle.mqttPort());
          HalfOpenClient socket = connected(ingest.verticle.mqttWebSocketPort())) {
        awaitWaiting(2, 1);
        assertTurnedAway(ingest.verticle.mqttPort());
        assertTurnedAway(ingest.verticle.streamPort());
        assertThat(refused("mqtt")).isEqualTo(1);
        assertThat(refused("web")).isEqualTo(1);

        web.send("GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(web.status()).as("it had its place").isEqualTo("HTTP/1.1 404 Not Found");
        awaitWaiting(2, 0);
        try (RawClient device = RawClient.overTls(trust, ingest.verticle.mqttPort())
            .connected(new RawClient.Connect(token()))) {
          awaitWaiting(2, 0); // who has said its name waits no more
          device.disconnect(0);
        }
        assertThat(tcp.isOpenFor(1)).isTrue();
        assertThat(socket.isOpenFor(1)).isTrue();
      }
      awaitWaiting(0, 0);
      assertThat(web.isOpenFor(1)).as("between two requests it holds no place").isTrue();
    }
    assertThat(refused("mqtt")).isEqualTo(1);
    assertThat(refused("web")).isEqualTo(1);
  }

  private static HalfOpenClient connected(int port) throws Exception {
    return HalfOpenClient.overTls(port).shaken();
  }

  private static void assertTurnedAway(int port) throws Exception {
    try (HalfOpenClient more = HalfOpenClient.overTls(port)) {
      assertThat(more.ends()).isTrue();
    }
  }

  private static String token() throws Exception {
    return ingest.token(UUID.randomUUID(), UUID.randomUUID());
  }

  private static void awaitWaiting(int mqtt, int web) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
      assertThat(metric("pacewire_ingest_connections_waiting{door=\"mqtt\"}")).isEqualTo(mqtt);
      assertThat(metric("pacewire_ingest_connections_waiting{door=\"web\"}")).isEqualTo(web);
    });
  }

  private static double refused(String door) throws Exception {
    return metric("pacewire_ingest_connections_refused_total{door=\"" + door
        + "\",limit=\"waitingConnections\"}");
  }

  private static double metric(String name) throws Exception {
    String metrics = Await.get(client
            .get(ingest.verticle.managementPort(), "127.0.0.1", "/metrics")
            .send())
        .bodyAsString();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }
}
