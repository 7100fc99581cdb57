package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In front of the decoder that is there in earnest. */
class BegunFramesTest {
  private static final int ROOM = 1_000_000;
  private static final int BINARY = 0x82;
  private static final int BEGIN = 0x02;
  private static final int GO_ON = 0x00;
  private static final int END = 0x80;
  private static final int PING = 0x89;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final ReadAheadBytes held =
      new ReadAheadBytes(ROOM, "unfinished", new SimpleMeterRegistry());
  private final List<ReadAheadLimit> full = new ArrayList<>();
  private boolean waits;
  private int decoded;

  private final BegunFrames frames =
      new BegunFrames(new ReadAhead(held, UUID.randomUUID()), true, () -> waits, full::add);
  private final EmbeddedChannel channel = new EmbeddedChannel(
      frames,
      new WebSocket13FrameDecoder(true, false, 1 << 20),
      new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
          decoded++;
          frames.decoded((WebSocketFrame) message);
          ((WebSocketFrame) message).release();
        }
      });

  private static byte[] frame(int first, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (length <= 125) {
      out.write(0x80 | length);
    } else if (length <= 65_535) {
      out.writeBytes(new byte[] {(byte) 0xFE, (byte) (length >> 8), (byte) length});
    } else {
      out.writeBytes(new byte[] {
        (byte) 0xFF, 0, 0, 0, 0, 0, (byte) (length >> 16), (byte) (length >> 8), (byte) length
      });
    }
    out.writeBytes(new byte[4 + length]);
    return out.toByteArray();
  }

  private void write(byte[] bytes, int from, int to) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
  }

  private void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** However the network cuts it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 1_000, 1_000_000})
  void whatIsWhole_isHeldNoMore(int cut) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 125, 126, 5_000, 65_535, 65_536, 70_000}) {
      out.writeBytes(frame(BINARY, length));
    }
    byte[] stream = out.toByteArray();
    for (int from = 0; from < stream.length; from += cut) {
      write(stream, from, Math.min(stream.length, from + cut));
    }
    assertThat(decoded).isEqualTo(8);
    assertThat(held.heldBytes()).isZero();
    assertThat(full).isEmpty();
    assertThat(channel.finish()).isFalse();
    assertThat(held.athletes()).isZero();
  }

  @Test
  void whatHasBegun_isHeld_andEndsTheConnectionWhereThereIsNoRoom() {
    byte[] frame = frame(BINARY, 500_000);
    write(frame, 0, 100_000);
    assertThat(held.heldBytes()).isEqualTo(100_000);
    write(frame, 100_000, 250_000);
    assertThat(held.heldBytes()).isEqualTo(ROOM / ReadAheadBytes.PARTS);
    assertThat(full).isEmpty();
    write(frame, 250_000, 250_001);
    assertThat(full).containsExactly(ReadAheadLimit.ATHLETE_BYTES);
    write(frame, 250_001, frame.length);
    assertThat(full).hasSize(1);
    assertThat(decoded).as("nothing is taken any more").isZero();
    assertThat(channel.finish()).isFalse();
    assertThat(held.heldBytes()).isZero();
  }

  /** Which are joined behind the decoder. */
  @Test
  void partsOfAMessage_areHeldUntilItIsWhole() {
    write(frame(BEGIN, 10_000));
    write(frame(GO_ON, 20_000));
    write(frame(PING, 10));
    assertThat(held.heldBytes()).isBetween(30_000L, 30_100L);
    write(frame(END, 10));
    assertThat(held.heldBytes()).isZero();
    for (int part = 0; part < 25; part++) {
      write(frame(part == 0 ? BEGIN : GO_ON, 10_000));
    }
    assertThat(full).containsExactly(ReadAheadLimit.ATHLETE_BYTES);
  }

  /** A frame's first byte keeps the buffer that all the others before it came in. */
  @Test
  void whatBeginsAtTheEndOfABuffer_keepsAllOfIt() {
    byte[] whole = frame(BINARY, 10_000);
    byte[] both = java.util.Arrays.copyOf(whole, whole.length + 1);
    both[whole.length] = (byte) BINARY;
    write(both);
    assertThat(decoded).isEqualTo(1);
    assertThat(held.heldBytes()).isEqualTo(both.length);
  }

  @Test
  void aFrameThatBegan_hasToEnd_asLongAsItIsRead() {
    long now = System.nanoTime();
    assertThat(frames.isOverdue(true, 1, now + HOUR_NANOS)).isFalse(); // there is none
    write(frame(BINARY, 5));
    assertThat(frames.isOverdue(true, 1, now + HOUR_NANOS)).isFalse();
    write(new byte[] {(byte) BINARY});
    assertThat(frames.isOverdue(true, 2 * HOUR_NANOS, now + HOUR_NANOS)).isFalse();
    assertThat(frames.isOverdue(true, HOUR_NANOS / 2, now + HOUR_NANOS)).isTrue();
    assertThat(frames.isOverdue(false, HOUR_NANOS / 2, now + 2 * HOUR_NANOS)).isFalse();
    assertThat(frames.isOverdue(true, HOUR_NANOS / 2, now + 2 * HOUR_NANOS)).isFalse();
    assertThat(frames.isOverdue(true, HOUR_NANOS / 2, now + 3 * HOUR_NANOS)).isTrue();
  }

  /** More of it, and pings, are no new begin. */
  @Test
  void partsThatGoOn_areNoNewBegin() {
    write(frame(BEGIN, 5));
    boolean unused = frames.isOverdue(false, 0, System.nanoTime() - HOUR_NANOS); // began then
    write(frame(GO_ON, 5));
    write(frame(PING, 5));
    assertThat(frames.isOverdue(true, HOUR_NANOS / 2, System.nanoTime())).isTrue();
    write(frame(END, 5));
    assertThat(frames.isOverdue(true, 0, System.nanoTime() + HOUR_NANOS)).isFalse();
    write(frame(BEGIN, 5));
    assertThat(frames.isOverdue(true, HOUR_NANOS / 2, System.nanoTime())).isFalse();
  }

  @Test
  void whoIsNobody_sendsAConnectAndWhatGoesBefore_noMore() {
    waits = true;
    for (int sent = 0; sent + 131 <= BegunFrames.MOST_OF_NOBODY; sent += 131) {
      write(frame(PING, 125));
    }
    assertThat(full).isEmpty();
    write(frame(PING, 125));
    assertThat(full).containsExactly(ReadAheadLimit.CONNECT_BYTES);
  }

  @Test
  void whoSaidWhoItIs_sendsAsMuchAsItLikes() {
    for (int sent = 0; sent < 2 * BegunFrames.MOST_OF_NOBODY; sent += 131) {
      write(frame(PING, 125));
    }
    assertThat(full).isEmpty();
  }
}
