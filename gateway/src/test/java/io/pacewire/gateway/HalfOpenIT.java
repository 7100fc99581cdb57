package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.HalfOpenClient;
import io.pacewire.platform.stack.RealServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections to the gateway that bring no request, or never the rest of one: closed, however busy. */
@ExtendWith(RealServers.class)
class HalfOpenIT {
  private static final int HALF_OPEN = Integer.getInteger("pacewire.test.halfOpen", 300);
  private static final String HEAD = "POST /v1/batches HTTP/1.1\r\nHost: localhost\r\n";

  private static TestGateway gateway;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
  }

  @AfterAll
  static void close() throws Exception {
    gateway.close();
  }

  @Test
  void whoBringsNoRequest_isClosedInTime_howeverMany() throws Exception {
    List<HalfOpenClient> open = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      HalfOpenClient client = i % 5 == 0 ? connected() : HalfOpenClient.plain(gateway.port());
      if (i % 10 == 0) {
        client.send(HEAD);
      }
      open.add(client);
    }
    assertThat(gateway.get("/health/live", null).statusCode()).isEqualTo(200);
    for (HalfOpenClient one : open) {
      assertThat(one.ends()).isTrue();
      one.close();
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
      client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.status()).isEqualTo("HTTP/1.1 200 OK");
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

  private static HalfOpenClient connected() throws Exception {
    return HalfOpenClient.overTls(gateway.port());
  }
}
