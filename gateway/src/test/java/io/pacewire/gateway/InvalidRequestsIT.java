package io.pacewire.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pacewire.platform.stack.RealServers;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway cannot read as a request, a problem document says. */
@ExtendWith(RealServers.class)
class InvalidRequestsIT {
  private static TestGateway gateway;
  private static SSLContext trust;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
    trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
  }

  @AfterAll
  static void close() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /%s HTTP/1.1\r\nHost: x\r\n\r\n', 414, request-uri-too-long",
    "'GET / HTTP/1.1\r\nHost: x\r\nX-Long: %s\r\n\r\n', 431, request-header-fields-too-large",
    "'GET / HTTP/%s\r\n\r\n', 400, bad-request"
  })
  void whatIsNoRequest_isToldSo(String request, int status, String name) throws Exception {
    String text = String.format(request, status == 400 ? "nonsense" : "x".repeat(40_000));
    try (Socket socket =
        trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.")
          .contains(" " + status + " ")
          .containsIgnoringCase("content-type: application/problem+json")
          .contains("urn:pacewire:problem:" + name);
    }
  }
}
