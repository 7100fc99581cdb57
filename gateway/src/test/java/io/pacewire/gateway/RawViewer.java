package io.pacewire.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A viewer that asks for a session, and reads nothing but what it is told to. */
final class RawViewer implements Closeable {
  private static final int TIMEOUT_MS = 30_000;
  private final Socket socket;
  private final BufferedReader in;

  RawViewer(int port, UUID session, String token) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    Socket plain = new Socket();
    plain.setReceiveBufferSize(4_096); // before it is connected: what waits is to wait over there
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
    SSLSocket secure =
        (SSLSocket) trusting.getSocketFactory().createSocket(plain, "localhost", port, true);
    secure.setSoTimeout(TIMEOUT_MS);
    socket = secure;
    in = new BufferedReader(new InputStreamReader(secure.getInputStream(), US_ASCII));
    String request = "GET /v1/live/sessions/" + session + " HTTP/1.1\r\nHost: localhost:" + port
        + "\r\nAuthorization: Bearer " + token + "\r\nConnection: Upgrade\r\nUpgrade: websocket"
        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    secure.getOutputStream().write(request.getBytes(US_ASCII));
    secure.getOutputStream().flush();
    String status = in.readLine();
    if (!status.contains(" 101 ")) {
      throw new IOException(status);
    }
    for (String line = status; !line.isEmpty(); ) {
      line = in.readLine();
    }
  }

  /** Reads on until this has come. */
  void readUntil(String word) throws IOException {
    StringBuilder tail = new StringBuilder();
    while (tail.indexOf(word) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed before " + word);
      }
      tail.append((char) next);
      if (tail.length() > 2 * word.length()) {
        tail.delete(0, word.length());
      }
    }
  }

  /** A masked ping of as much as one may have. */
  void ping() throws IOException {
    byte[] frame = new byte[2 + 4 + 125];
    frame[0] = (byte) 0x89;
    frame[1] = (byte) (0x80 | 125);
    socket.getOutputStream().write(frame);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
