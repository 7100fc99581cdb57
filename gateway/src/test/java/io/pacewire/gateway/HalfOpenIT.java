package io.pacewire.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pacewire.platform.stack.RealServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections to the gateway that bring no request, or never the rest of one: closed, however busy. */
@ExtendWith(RealServers.class)
class HalfOpenIT {
  private static final int HALF_OPEN = Integer.getInteger("pacewire.test.halfOpen", 300);
  private static final int PATIENCE_MS = 30_000;
  private static final int DRIPS = 200;
  private static final int DRIP_MS = 100;
  private static final String HEAD = "POST /v1/batches HTTP/1.1\r\nHost: localhost\r\n";

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

  @Test
  void whoBringsNoRequest_isClosedInTime_howeverMany() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      Socket socket =
          i % 5 == 0 ? connected() : new Socket(InetAddress.getLoopbackAddress(), gateway.port());
      if (i % 10 == 0) {
        send(socket, HEAD);
      }
      socket.setSoTimeout(PATIENCE_MS);
      open.add(socket);
    }
    assertThat(gateway.get("/health/live", null).statusCode()).isEqualTo(200);
    for (Socket one : open) {
      assertThat(ends(one)).isTrue();
      one.close();
    }
  }

  @Test
  void whoDripsHeaders_isClosedAllTheSame() throws Exception {
    try (Socket socket = connected()) {
      send(socket, HEAD);
      assertThat(endsWhileDripping(socket, "X-Drip: 1\r\n")).isTrue();
    }
  }

  @Test
  void whoDripsTheHeadersOfItsSecondRequest_isClosed() throws Exception {
    try (Socket socket = connected()) {
      send(socket, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(status(socket)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(endsWhileDripping(socket, "X")).isTrue();
    }
  }

  @Test
  void whoDripsABodyThatWasRefused_isClosed() throws Exception {
    try (Socket socket = connected()) {
      send(socket, HEAD + "Content-Length: 100000\r\n\r\n");
      assertThat(status(socket)).isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(endsWhileDripping(socket, "x")).isTrue();
    }
  }

  private static Socket connected() throws IOException {
    Socket socket =
        trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String status(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; ) {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** Drips for longer than any time that is given. */
  private static boolean endsWhileDripping(Socket socket, String drip) throws IOException {
    socket.setSoTimeout(DRIP_MS);
    try {
      for (int i = 0; i < DRIPS; i++) {
        send(socket, drip);
        if (!reads(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  /** Whether it is open still; what there is to read is read. */
  private static boolean reads(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read(new byte[4_096]) >= 0) {
        // the rest of an answer
      }
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private static boolean ends(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // what TLS has to say
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
