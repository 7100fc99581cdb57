package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;

/** A WebSocket, mostly at {@code /v1/stream}, that reads only when a test wants it to. */
final class RawStream implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int MASKED = 0x80;
  private static final int LARGEST = 125;
  private static final int LENGTH_FOLLOWS = 126;
  private static final int LONG_LENGTH_FOLLOWS = 127;
  private static final int MASK_BYTES = 4;

  private final Socket plain;
  private final Socket socket;
  private final InputStream in;

  private RawStream(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.in = socket.getInputStream();
    socket.setSoTimeout(PATIENCE_MS);
  }

  static RawStream open(int port, String token) throws Exception {
    return open(port, "/v1/stream", "Authorization: Bearer " + token);
  }

  /** MQTT goes in its frames. */
  static RawStream mqtt(int port) throws Exception {
    return open(port, "/mqtt", "Sec-WebSocket-Protocol: mqtt");
  }

  private static RawStream open(int port, String path, String header) throws Exception {
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    Socket plain = new Socket();
    // Before it is connected: what is not read is to wait over there, either way.
    plain.setReceiveBufferSize(BUFFER_BYTES);
    plain.setSendBufferSize(BUFFER_BYTES);
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
    RawStream stream =
        new RawStream(plain, trust.getSocketFactory().createSocket(plain, "localhost", port, true));
    stream
        .socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header + "\r\n\r\n")
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
    return frames(PING, count);
  }

  /** @param first the byte with the kind of frame */
  int frames(int first, int count) throws IOException {
    int frame = 2 + MASK_BYTES + LARGEST;
    byte[] bytes = new byte[count * frame];
    for (int i = 0; i < count; i++) {
      bytes[i * frame] = (byte) first;
      bytes[i * frame + 1] = (byte) (MASKED | LARGEST);
    }
    socket.getOutputStream().write(bytes);
    return bytes.length;
  }

  /** Messages in one write, so that one read of the other side may bring all of them. */
  void send(byte[]... messages) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      frames.write(BINARY);
      frames.write(MASKED | LENGTH_FOLLOWS);
      frames.write(message.length >> 8);
      frames.write(message.length);
      frames.writeBytes(new byte[MASK_BYTES]);
      frames.writeBytes(message);
    }
    socket.getOutputStream().write(frames.toByteArray());
  }

  /** The beginning of a message, so many bytes of it. */
  void begin(int length, int sent) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(BINARY);
    frame.write(MASKED | LONG_LENGTH_FOLLOWS);
    frame.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    frame.writeBytes(new byte[MASK_BYTES + sent]);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** However long it is; the mask is zero. */
  void sendLong(byte[] message) throws IOException {
    begin(message.length, 0);
    socket.getOutputStream().write(message);
  }

  /** What the next message says. */
  byte[] next() throws IOException {
    for (int opcode = read(); opcode != BINARY; opcode = read()) {
      in.skipNBytes(length());
    }
    return in.readNBytes(length());
  }

  /** Whether the other side ends it, whatever comes before. */
  boolean ends() {
    try {
      while (in.read() >= 0) {
        // what it says before
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Status code and reason with which the other side closes, whatever comes before. */
  String closed() throws IOException {
    for (int opcode = read(); opcode != CLOSE; opcode = read()) {
      in.skipNBytes(length());
    }
    byte[] payload = in.readNBytes(length());
    int code = ByteBuffer.wrap(payload).getShort();
    return code + " " + new String(payload, 2, payload.length - 2, UTF_8);
  }

  /** The first message: the other side has taken it in with its token, and not only switched protocols. */
  RawStream greeted() throws IOException {
    int opcode = frame();
    while (opcode != BINARY) {
      opcode = frame();
    }
    return this;
  }

  /** A ping and its pong, whatever comes in between. */
  void roundTrip() throws IOException {
    roundTrips(1);
  }

  /** Many at once. */
  void roundTrips(int count) throws IOException {
    int unused = pings(count);
    for (int left = count; left > 0; ) {
      left -= frame() == PONG ? 1 : 0;
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
    in.skipNBytes(length());
    return opcode;
  }

  private int length() throws IOException {
    int length = read();
    return length == LENGTH_FOLLOWS ? read() << 8 | read() : length;
  }

  private int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  /** Past TLS, which would wait for a write that is not taken to say its goodbye. */
  void abort() throws IOException {
    plain.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
