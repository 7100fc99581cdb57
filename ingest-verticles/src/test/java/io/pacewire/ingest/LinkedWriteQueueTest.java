package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.pacewire.platform.stack.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.internal.concurrent.OutboundMessageQueue;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import io.vertx.core.streams.impl.MessagePassingQueue;
import java.lang.reflect.Field;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection whose write queue was replaced is one like any other, but smaller. */
class LinkedWriteQueueTest {
  private static final int WRITES = 20_000;
  private static final int RECORD = 1_024;

  private final Vertx vertx = Vertx.vertx();
  private final NetClient tcp =
      vertx.createNetClient(); // held: Vert.x closes one that nobody holds
  private final WebSocketClient webSockets = vertx.createWebSocketClient(
      new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(1 << 20));
  private final Promise<WriteStream<Buffer>> written = Promise.promise();
  private final Promise<Boolean> replaced = Promise.promise();
  private final Promise<ChannelHandlerContext> connected = Promise.promise();

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  private void into(ChannelHandlerContext context, WriteStream<Buffer> stream) {
    replaced.complete(LinkedWriteQueue.into(connection(context.channel())));
    written.complete(stream);
    connected.complete(context);
  }

  private static VertxConnection connection(Channel channel) {
    return channel.pipeline().get(VertxHandler.class).getConnection();
  }

  private ReadStream<Buffer> connect(boolean webSocket) throws Exception {
    if (webSocket) {
      HttpServer server = Await.get(vertx
          .createHttpServer(new HttpServerOptions().setPort(0).setHost("127.0.0.1"))
          .webSocketHandler(
              socket -> into(((WebSocketInternal) socket).channelHandlerContext(), socket))
          .listen());
      return Await.get(webSockets.connect(server.actualPort(), "127.0.0.1", "/"));
    }
    NetServer server = Await.get(vertx
        .createNetServer()
        .connectHandler(
            socket -> into(((NetSocketInternal) socket).channelHandlerContext(), socket))
        .listen(0, "127.0.0.1"));
    return Await.get(tcp.connect(server.actualPort(), "127.0.0.1"));
  }

  /** From its own event loop and from another thread, while it is read and while it is not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWritten_arrives_inOrder_fromAnyThread(boolean webSocket) throws Exception {
    ReadStream<Buffer> client = connect(webSocket);
    client.pause();
    assertThat(Await.get(replaced.future())).isTrue();
    Channel channel = Await.get(connected.future()).channel();
    assertThat(queue(connection(channel))).isInstanceOf(ConcurrentLinkedQueue.class);

    WriteStream<Buffer> server = Await.get(written.future());
    Promise<Void> first = Promise.promise();
    channel.eventLoop().execute(() -> {
      for (int i = 0; i < WRITES; i++) {
        var unused = server.write(record(i));
      }
      first.complete();
    });
    Await.get(first.future());
    assertThat(server.writeQueueFull()).as("nobody reads").isTrue();
    for (int i = WRITES; i < 2 * WRITES; i++) {
      var unused = server.write(record(i)); // from this thread
    }

    Promise<Void> drained = Promise.promise();
    channel.eventLoop().execute(() -> server.drainHandler(drained::tryComplete));
    Promise<Void> all = Promise.promise();
    AtomicInteger next = new AtomicInteger();
    client.handler(RecordParser.newFixed(RECORD, record -> {
      int expected = next.getAndIncrement();
      int number = record.getInt(RECORD - Integer.BYTES);
      if (number != expected) {
        all.tryFail("got " + number + " instead of " + expected);
      } else if (number == 2 * WRITES - 1) {
        all.tryComplete();
      }
    }));
    client.resume();
    Await.get(all.future());
    Await.get(drained.future());
    assertThat(server.writeQueueFull()).isFalse();
  }

  /** What waits would be lost. */
  @Test
  void aQueueThatIsInUse_isLeft() throws Exception {
    ReadStream<Buffer> client = connect(false);
    client.pause();
    assertThat(Await.get(replaced.future())).isTrue();
    WriteStream<Buffer> server = Await.get(written.future());
    Channel channel = Await.get(connected.future()).channel();
    Promise<Boolean> again = Promise.promise();
    channel.eventLoop().execute(() -> {
      for (int i = 0; i < WRITES; i++) {
        var unused = server.write(Buffer.buffer(new byte[RECORD]));
      }
      again.complete(LinkedWriteQueue.into(connection(channel)));
    });
    assertThat(Await.get(again.future())).isFalse();
  }

  private static Buffer record(int number) {
    return Buffer.buffer(new byte[RECORD - Integer.BYTES]).appendInt(number);
  }

  private static Object queue(VertxConnection connection) throws Exception {
    Object outer = field(VertxConnection.class, "outboundMessageQueue", connection);
    Object inner = field(OutboundMessageQueue.class, "mqp", outer);
    return field(MessagePassingQueue.class, "queue", inner);
  }

  private static Object field(Class<?> owner, String name, Object of) throws Exception {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
