package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.Test;

class WebSocketPacketsTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketPackets());

  private static ByteBuf bytes(int... values) {
    ByteBuf buffer = Unpooled.buffer();
    for (int value : values) {
      buffer.writeByte(value);
    }
    return buffer;
  }

  @Test
  void frames_areAStreamOfBytes_howeverTheyAreCut() {
    channel.writeInbound(
        new BinaryWebSocketFrame(false, 0, bytes(1, 2)),
        new ContinuationWebSocketFrame(true, 0, bytes(3)));
    ByteBuf first = channel.readInbound();
    ByteBuf second = channel.readInbound();
    assertThat(first).isEqualTo(bytes(1, 2));
    assertThat(second).isEqualTo(bytes(3));
  }

  @Test
  void whatIsWrittenBetweenTwoFlushes_goesInOneFrame() {
    ChannelFuture one = channel.write(bytes(1, 2));
    ChannelFuture two = channel.write(bytes(3));
    assertThat(one.isDone()).isFalse();
    channel.flush();
    BinaryWebSocketFrame frame = channel.readOutbound();
    assertThat(frame.content()).isEqualTo(bytes(1, 2, 3));
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(one.isSuccess() && two.isSuccess()).isTrue();
  }

  @Test
  void muchAtOnce_isCutIntoFrames() {
    for (int i = 0; i < 100; i++) {
      var unused = channel.write(Unpooled.wrappedBuffer(new byte[1_000]));
    }
    channel.flush();
    int frames = 0;
    int size = 0;
    for (BinaryWebSocketFrame one = channel.readOutbound();
        one != null;
        one = channel.readOutbound()) {
      frames++;
      size += one.content().readableBytes();
    }
    assertThat(size).isEqualTo(100_000);
    assertThat(frames).isBetween(3, 5);
  }

  @Test
  void text_endsTheConnection() {
    channel.writeInbound(new TextWebSocketFrame("hello"));
    CloseWebSocketFrame close = channel.readOutbound();
    assertThat(close.statusCode()).isEqualTo(1003);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whatWasNotSentAtTheEnd_fails() {
    ChannelFuture one = channel.write(bytes(1));
    channel.pipeline().remove(WebSocketPackets.class);
    assertThat(one.isSuccess()).isFalse();
    assertThat(one.isDone()).isTrue();
  }
}
