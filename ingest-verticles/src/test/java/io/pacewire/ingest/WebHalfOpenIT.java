package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.HalfOpenClient;
import io.pacewire.platform.stack.RealServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections of the web doors that bring no request, or never the rest of one: closed, however busy. */
@ExtendWith(RealServers.class)
class WebHalfOpenIT {
  private static final int HALF_OPEN = Integer.getInteger("pacewire.test.halfOpen", 1_000);
  private static final String HEAD = "POST /v1/batches HTTP/1.1\r\nHost: localhost\r\n";

  private static TestIngest ingest;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder, Map.of("ingest.loops", 1, "ingest.connectTimeoutS", 4, "ingest.idleTimeoutS", 60));
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  @Test
  void whoBringsNoRequest_isClosedInTime_howeverMany() throws Exception {
    List<HalfOpenClient> open = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      HalfOpenClient client =
          i % 5 == 0 ? connected() : HalfOpenClient.plain(ingest.verticle.streamPort());
      if (i % 10 == 0) {
        client.send(HEAD);
      }
      open.add(client);
    }
    try (RawStream good = RawStream.open(
        ingest.verticle.streamPort(), ingest.token(UUID.randomUUID(), UUID.randomUUID()))) {
      good.roundTrip();
      for (HalfOpenClient one : open) {
        assertThat(one.ends()).isTrue();
        one.close();
      }
      good.roundTrip(); // those have deadlines of their own
    }
  }

  @Test
  void whoDripsHeaders_isClosedAllTheSame() throws Exception {
    try (HalfOpenClient client = connected()) {
      client.send(HEAD);
      assertThat(client.endsWhileDripping("X-Drip: 1\r\n")).isTrue();
    }
  }

  @Test
  void whoDripsTheHeadersOfItsSecondRequest_isClosed() throws Exception {
    try (HalfOpenClient client = connected()) {
      client.send("GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.status()).isEqualTo("HTTP/1.1 404 Not Found");
      assertThat(client.endsWhileDripping("X")).isTrue();
    }
  }

  @Test
  void whoDripsABodyThatWasRefused_isClosed() throws Exception {
    try (HalfOpenClient client = connected()) {
      client.send(HEAD + "Content-Length: 100000\r\n\r\n");
      assertThat(client.status()).isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(client.endsWhileDripping("x")).isTrue();
    }
  }

  @Test
  void whoGoesOnInTime_isNotClosed() throws Exception {
    try (HalfOpenClient client = connected()) {
      for (int i = 0; i < 8; i++) {
        client.send("GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.status()).isEqualTo("HTTP/1.1 404 Not Found");
        // All in all longer than a first request may take.
        assertThat(client.isOpenFor(1_000)).isTrue();
      }
    }
  }

  private static HalfOpenClient connected() throws Exception {
    return HalfOpenClient.overTls(ingest.verticle.streamPort());
  }
}
