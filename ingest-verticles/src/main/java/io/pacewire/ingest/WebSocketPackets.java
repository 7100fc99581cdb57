package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MQTT packets in WebSocket frames (MQTT 5.0, 6): frames come cut as the client likes; what goes out
 * between two flushes goes in one frame. Text ends the connection, as the standard wants.
 */
final class WebSocketPackets extends ChannelDuplexHandler {
  private static final int FRAME_BYTES = 32 * 1024;

  private final List<ChannelPromise> promises = new ArrayList<>();
  private @Nullable ByteBuf gathered;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof BinaryWebSocketFrame frame) {
      context.fireChannelRead(frame.content());
    } else if (message instanceof ContinuationWebSocketFrame frame) {
      context.fireChannelRead(frame.content());
    } else {
      ReferenceCountUtil.release(message);
      if (message instanceof TextWebSocketFrame) {
        last(context, new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
      } else if (message instanceof HttpRequest) {
        last(context, notFound());
      }
    }
  }

  private static DefaultFullHttpResponse notFound() {
    DefaultFullHttpResponse response = new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, 0)
        .set(HttpHeaderNames.CONNECTION, "close");
    return response;
  }

  private static void last(ChannelHandlerContext context, Object message) {
    var unused = context.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf packet)) {
      var unused = context.write(message, promise);
      return;
    }
    ByteBuf frame = gathered;
    if (frame == null) {
      frame = context.alloc().buffer(Math.max(256, packet.readableBytes()));
      gathered = frame;
    }
    frame.writeBytes(packet);
    packet.release();
    if (!promise.isVoid()) {
      promises.add(promise);
    }
    if (frame.readableBytes() >= FRAME_BYTES) {
      send(context);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    send(context);
    context.flush();
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    send(context);
    var unused = context.close(promise);
  }

  private void send(ChannelHandlerContext context) {
    ByteBuf frame = gathered;
    if (frame == null) {
      return;
    }
    gathered = null;
    List<ChannelPromise> waiting = List.copyOf(promises);
    promises.clear();
    var unused = context
        .write(new BinaryWebSocketFrame(frame))
        .addListener((ChannelFuture written) -> waiting.forEach(one -> settle(one, written)));
  }

  private static void settle(ChannelPromise promise, ChannelFuture written) {
    boolean unused = written.isSuccess()
        ? promise.trySuccess()
        : promise.tryFailure(
            written.cause() == null ? new IllegalStateException("closed") : written.cause());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ByteBuf frame = gathered;
    gathered = null;
    if (frame != null) {
      frame.release();
    }
    promises.forEach(promise -> {
      boolean unused = promise.tryFailure(new IllegalStateException("closed"));
    });
    promises.clear();
  }
}
