package io.pacewire.platform.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** By when one connection has to bring its next request. Used from its event loop alone. */
final class ConnectionDeadline {
  private static final String BYTES = "requestBytes";

  private final Channel channel;
  private final long headWithinMs;
  private final long idleForMs;
  private @Nullable Runnable firstCame;
  private int underWay;
  private boolean headBegan;
  private @Nullable ScheduledFuture<?> due;

  ConnectionDeadline(Channel channel, long headWithinMs, long idleForMs, Runnable firstCame) {
    this.channel = channel;
    this.headWithinMs = headWithinMs;
    this.idleForMs = idleForMs;
    this.firstCame = firstCame;
  }

  /** Of HTTP/2 only the time without any request counts: its frames may be pings, which are no request. */
  void opened() {
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    if (decoder != null) {
      var unused = pipeline.addBefore(decoder.name(), BYTES, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext read, Object bytes) {
          bytesCame();
          read.fireChannelRead(bytes);
        }
      });
    }
    var unused = channel.closeFuture().addListener(closed -> cancel());
    headBegan = true;
    endsIn(headWithinMs);
  }

  private void bytesCame() {
    if (underWay == 0 && !headBegan) {
      headBegan = true;
      endsIn(headWithinMs);
    }
  }

  void requestCame() {
    Runnable first = firstCame;
    if (first != null) {
      firstCame = null;
      first.run();
    }
    underWay++;
    headBegan = false;
    cancel();
  }

  /** @param whole whether all of the request came: what nobody reads may not drip for ever either */
  void answered(boolean whole) {
    underWay--;
    if (underWay == 0) {
      headBegan = !whole;
      endsIn(whole ? idleForMs : headWithinMs);
    }
  }

  private void endsIn(long ms) {
    cancel();
    if (isWebSocket()) {
      ChannelPipeline pipeline = channel.pipeline();
      if (pipeline.get(BYTES) != null) {
        var unused = pipeline.remove(BYTES);
      }
    } else if (channel.isOpen()) {
      due = channel.eventLoop().schedule(this::end, ms, TimeUnit.MILLISECONDS);
    }
  }

  private void end() {
    if (underWay == 0 && !isWebSocket()) {
      var unused = channel.close();
    }
  }

  /** Those have deadlines of their own. */
  private boolean isWebSocket() {
    return channel.pipeline().get(WebSocketFrameDecoder.class) != null;
  }

  private void cancel() {
    ScheduledFuture<?> armed = due;
    if (armed != null) {
      boolean unused = armed.cancel(false);
      due = null;
    }
  }
}
