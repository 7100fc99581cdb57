package io.pacewire.ingest;

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
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections of the web doors that bring no request, or never the rest of one: closed, however busy. */
@ExtendWith(RealServers.class)
class WebHalfOpenIT {
  private static final int HALF_OPEN = Integer.getInteger("pacewire.test.halfOpen", 1_000);
  private static final int PATIENCE_MS = 30_000;
  private static final int DRIPS = 200;
  private static final int DRIP_MS = 100;
  private static final String HEAD = "POST /v1/batches HTTP/1.1\r\nHost: localhost\r\n";

  private static TestIngest ingest;
  private static SSLContext trust;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder, Map.of("ingest.loops", 1, "ingest.connectTimeoutS", 2, "ingest.idleTimeoutS", 5));
    trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  @Test
  void whoBringsNoRequest_isClosedInTime_howeverMany() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      Socket socket = i % 5 == 0
          ? connected()
          : new Socket(InetAddress.getLoopbackAddress(), ingest.verticle.streamPort());
      if (i % 10 == 0) {
        send(socket, HEAD);
      }
      open.add(socket);
    }
    try (RawStream good = RawStream.open(
        ingest.verticle.streamPort(), ingest.token(UUID.randomUUID(), UUID.randomUUID()))) {
      good.roundTrip();
      for (Socket one : open) {
        one.setSoTimeout(PATIENCE_MS);
        assertThat(ends(one)).isTrue();
        one.close();
      }
      good.roundTrip(); // those have deadlines of their own
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
      send(socket, "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(status(socket)).isEqualTo("HTTP/1.1 404 Not Found");
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

  @Test
  void whoGoesOnInTime_isNotClosed() throws Exception {
    try (Socket socket = connected()) {
      socket.setSoTimeout(PATIENCE_MS);
      for (int i = 0; i < 4; i++) {
        send(socket, "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(status(socket)).isEqualTo("HTTP/1.1 404 Not Found");
        socket.setSoTimeout(1_000); // all in all longer than a first request may take
        assertThat(reads(socket)).isTrue();
        socket.setSoTimeout(PATIENCE_MS);
      }
    }
  }

  private static Socket connected() throws IOException {
    Socket socket = trust
        .getSocketFactory()
        .createSocket(InetAddress.getLoopbackAddress(), ingest.verticle.streamPort());
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
