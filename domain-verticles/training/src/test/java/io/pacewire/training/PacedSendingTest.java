package io.pacewire.training;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads of who reads and of who does not, over real connections. */
class PacedSendingTest {
  private static final int MANY_BYTES = 32 << 20;
  private static final long FAST_BYTES_A_S = 1L << 40;
  private final Vertx vertx = Vertx.vertx();
  private final Promise<Void> sent = Promise.promise();
  private final Promise<Void> closed = Promise.promise();
  private PacedSending sending = PacedSending.usual(vertx);
  private int size = MANY_BYTES;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    server = Await.get(vertx
        .createHttpServer()
        .requestHandler(request -> {
          request.connection().closeHandler(gone -> closed.tryComplete());
          ExportSpool spool = new ExportSpool();
          request.response().setChunked(true);
          vertx
              .<Void>executeBlocking(() -> {
                spool.write(new byte[size], 0, size);
                spool.done();
                return null;
              })
              .compose(made -> sending.send(spool, request))
              .eventually(() -> spool.drop(vertx))
              .compose(all -> request.response().end())
              .onComplete(sent);
        })
        .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  /** In a file, and in memory. */
  @ParameterizedTest
  @ValueSource(ints = {MANY_BYTES, 1_000})
  void whoReads_getsEverything(int bytes) throws Exception {
    size = bytes;
    HttpRequest request = HttpRequest.newBuilder()
        .uri(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
    assertThat(
            HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body())
        .hasSize(bytes);
    Await.get(sent.future());
  }

  @Test
  void whoDoesNotRead_isCutOff() throws Exception {
    sending = new PacedSending(vertx, 1, FAST_BYTES_A_S);
    try (Socket socket = unread()) {
      Boolean failed =
          Await.get(sent.future().transform(done -> Future.succeededFuture(done.failed())));
      assertThat(failed).isTrue();
      Await.get(closed.future());
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private Socket unread() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()), 10_000);
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }
}
