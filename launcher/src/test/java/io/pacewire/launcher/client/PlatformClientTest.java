package io.pacewire.launcher.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PlatformClientTest {
  @Test
  void whereNobodyListens_itSaysWhere() throws Exception {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    assertThatThrownBy(() -> new PlatformClient(nobody, null).get("/v1/trainings", null))
        .isInstanceOf(PlatformException.class)
        .hasMessage(
            "GET /v1/trainings: the platform does not answer (no connection to " + nobody + ")");
  }
}
