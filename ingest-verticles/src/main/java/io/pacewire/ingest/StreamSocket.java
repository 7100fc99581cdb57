package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The transport of one binary WebSocket, with what we put between it and Vert.x. */
record StreamSocket(ServerWebSocket socket, ChannelHandlerContext context) {
  private static final System.Logger LOG = System.getLogger(StreamSocket.class.getName());
  private static final String IDLE = "idle";
  private static final long END_WITHIN_S = 5;

  /**
   * Takes a socket over that nobody has used.
   *
   * @param connection the one it came over: a router hands out sockets that do not say theirs
   */
  static StreamSocket of(ServerWebSocket socket, HttpConnection connection) {
    ChannelHandlerContext context =
        ((ConnectionBase) connection).channel().pipeline().context(VertxHandler.class);
    if (context.handler() instanceof VertxHandler<?> handler) {
      boolean unused = LinkedWriteQueue.into(handler.getConnection());
    }
    return new StreamSocket(socket, context);
  }

  /** In front of everything that knows frames. */
  void addFirst(HeldReads heldReads, LongMessages longMessages) {
    ChannelHandlerContext decoder = context.pipeline().context(WebSocketFrameDecoder.class);
    if (decoder != null) { // else it is about to be closed
      var unused = context
          .pipeline()
          .addBefore(decoder.name(), "heldReads", heldReads)
          .addBefore(decoder.name(), "longMessages", longMessages);
    }
  }

  /**
   * Who does not read what is written is not read either, and closed after a while; what is written
   * are Vert.x' answers to pings, too.
   */
  void watch(
      ReadGate reading,
      Silence silence,
      StreamFrames frames,
      BegunFrames begun,
      long unreadForMs,
      Consumer<CorruptedWebSocketFrameException> corrupted) {
    UnreadWatch unread = new UnreadWatch(reading, unreadForMs);
    withoutIdle(context.pipeline());
    ChannelHandlerContext decoder = context.pipeline().context(WebSocketFrameDecoder.class);
    if (decoder != null) { // else it is about to be closed
      var unusedHere = context.pipeline().addBefore(decoder.name(), "begunFrames", begun);
    }
    var unused = context
        .pipeline()
        .addBefore(context.name(), "unreadWatch", new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext read, Object message) {
            silence.broken();
            if (message instanceof WebSocketFrame frame) {
              begun.decoded(frame);
            }
            if (message instanceof WebSocketFrame frame && frames.takes(frame)) {
              read.fireChannelRead(frame);
            } else { // with the bytes that follow a corrupted frame
              boolean unusedToo = ReferenceCountUtil.release(message);
            }
          }

          /**
           * Vert.x would close at once, and what the device still sends would be answered by a reset:
           * the close frame would be lost with it. The rest is read and thrown away instead.
           */
          @Override
          public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
            if (cause instanceof CorruptedWebSocketFrameException frame) {
              if (caught.pipeline().get(WebSocketFrameDecoder.class) != null) {
                var unusedToo = caught.pipeline().remove(WebSocketFrameDecoder.class);
              }
              begun.drop();
              corrupted.accept(frame);
            } else {
              caught.fireExceptionCaught(cause);
            }
          }

          @Override
          public void channelWritabilityChanged(ChannelHandlerContext changed) {
            changed.fireChannelWritabilityChanged();
            unread.changed(changed.channel());
          }
        });
  }

  /** Vert.x' own would also close who is silent as we do not read. */
  private static void withoutIdle(ChannelPipeline pipeline) {
    if (pipeline.get(IDLE) != null) {
      var unused = pipeline.remove(IDLE);
    }
  }

  /** Says why, and is closed soon even where the other side does not read that, or does not agree. */
  void close(short code, String reason) {
    if (!socket.isClosed()) {
      socket
          .close(code, reason)
          .onFailure(cause -> LOG.log(DEBUG, "close: {0}", cause.getMessage()));
      var unused = context
          .executor()
          .schedule(() -> MqttProtocol.closeNow(context.channel()), END_WITHIN_S, TimeUnit.SECONDS);
    }
  }
}
