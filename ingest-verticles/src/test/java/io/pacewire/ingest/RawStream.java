package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** A WebSocket at {@code /v1/stream} that reads only when a test wants it to. */
final class RawStream implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int MASKED = 0x80;
  private static final int LARGEST = 125;
  private static final int MASK_BYTES = 4;

  private final Socket socket;
  private final InputStream in;

  private RawStream(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    socket.setSoTimeout(PATIENCE_MS);
  }

  static RawStream open(int port, String token) throws Exception {
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    RawStream stream = new RawStream(
        trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    stream
        .socket
        .getOutputStream()
        .write(("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + token
                + "\r\n\r\n")
            .getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) stream.read());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException(head.toString());
    }
    return stream;
  }

  /** As large as pings may be; the mask is zero, so that nothing has to be masked. */
  int pings(int count) throws IOException {
    int frame = 2 + MASK_BYTES + LARGEST;
    byte[] bytes = new byte[count * frame];
    for (int i = 0; i < count; i++) {
      bytes[i * frame] = (byte) PING;
      bytes[i * frame + 1] = (byte) (MASKED | LARGEST);
    }
    socket.getOutputStream().write(bytes);
    return bytes.length;
  }

  /** A ping and its pong, whatever comes in between. */
  void roundTrip() throws IOException {
    int unused = pings(1);
    for (int opcode = frame(); opcode != PONG; opcode = frame()) {
      // what the server has to tell
    }
  }

  /** The first write after the other side closed is lost, a later one fails. */
  boolean isClosed() {
    try {
      int unused = pings(1);
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  private int frame() throws IOException {
    int opcode = read();
    int length = read();
    if (length == 126) {
      length = read() << 8 | read();
    }
    in.skipNBytes(length);
    return opcode;
  }

  private int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
