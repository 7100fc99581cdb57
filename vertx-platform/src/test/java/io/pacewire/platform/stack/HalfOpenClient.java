package io.pacewire.platform.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Somebody who connects to a server of this machine, and brings no request or never the rest of one. */
public final class HalfOpenClient implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;
  private static final int DRIPS = 200;
  private static final int DRIP_MS = 100;

  private final Socket socket;

  private HalfOpenClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MS);
  }

  /** Before TLS has begun. */
  public static HalfOpenClient plain(int port) throws IOException {
    return new HalfOpenClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Over TLS, whoever the server says it is. */
  public static HalfOpenClient overTls(int port) throws IOException, GeneralSecurityException {
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    return new HalfOpenClient(
        trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
  }

  /** Until here TLS has not begun: now it is agreed upon. */
  public HalfOpenClient shaken() throws IOException {
    ((SSLSocket) socket).startHandshake();
    return this;
  }

  /** As it is, which may be half of something. */
  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** The first line of an answer. */
  public String status() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; ) {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** An answer without its body. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Drips for longer than any time that is given; whether it is closed before that. */
  public boolean endsWhileDripping(String drip) throws IOException {
    try {
      for (int i = 0; i < DRIPS; i++) {
        send(drip);
        if (!isOpenFor(DRIP_MS)) {
          return true;
        }
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  /** Whether it is not closed within some time; what there is to read meanwhile is read. */
  public boolean isOpenFor(int ms) throws IOException {
    socket.setSoTimeout(ms);
    try {
      while (socket.getInputStream().read(new byte[4_096]) >= 0) {
        // the rest of an answer
      }
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MS);
    }
  }

  /** Whether the other side closes it. */
  public boolean ends() {
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
