package io.pacewire.gateway;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens WebSockets, and then says nothing that it is not told to: its frames are a test's. */
final class RawIngest {
  private static final Pattern KEY =
      Pattern.compile("(?i)sec-websocket-key: *(\\S+)\r\n.*\r\n\r\n", Pattern.DOTALL);
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

  final List<NetSocket> opened = new CopyOnWriteArrayList<>();
  private final NetServer server;

  /** @param came is told of what comes on a socket, the request left out */
  RawIngest(Vertx vertx, Consumer<Buffer> came) throws Exception {
    server = Await.get(vertx
        .createNetServer()
        .connectHandler(socket -> {
          Buffer head = Buffer.buffer();
          socket.handler(bytes -> {
            head.appendBuffer(bytes);
            Matcher asked = KEY.matcher(head.toString());
            if (asked.find()) {
              socket.handler(came::accept);
              Future<?> unused = socket
                  .write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept(asked.group(1))
                      + "\r\n\r\n")
                  .onSuccess(told -> opened.add(socket));
            }
          });
        })
        .listen(0, "127.0.0.1"));
  }

  IngestUpstream upstream() {
    return new IngestUpstream("http://127.0.0.1:" + server.actualPort(), null);
  }

  private static String accept(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
