package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In front of the decoder that is there in earnest, which ends with a frame that is too long. */
class LongMessagesTest {
  private static final int MOST = 70_000;
  private static final int BEGIN = 0x02;
  private static final int GO_ON = 0x00;
  private static final int FINAL = 0x80;
  private static final int PING = 0x89;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private long thrown;
  private final LongMessages limit = new LongMessages(MOST, bytes -> thrown += bytes);
  private final EmbeddedChannel channel =
      new EmbeddedChannel(limit, new WebSocket13FrameDecoder(true, false, MOST));
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Random random = new Random(11);

  /** Of every message: its beginning, and how long it was if that is not all of it. */
  private final List<String> expected = new ArrayList<>();

  private void frame(int first, byte[] payload) {
    int length = payload.length;
    sent.write(first);
    if (length <= 125) {
      sent.write(0x80 | length);
    } else if (length <= 65_535) {
      sent.writeBytes(new byte[] {(byte) 0xFE, (byte) (length >> 8), (byte) length});
    } else {
      sent.writeBytes(new byte[] {(byte) 0xFF, 0, 0, 0, 0});
      sent.writeBytes(Unpooled.copyInt(length).array());
    }
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    sent.writeBytes(mask);
    for (int i = 0; i < length; i++) {
      sent.write(payload[i] ^ mask[i % 4]);
    }
  }

  /** In so many parts, with a ping in between. */
  private void message(int length, int parts) {
    byte[] all = new byte[length];
    random.nextBytes(all);
    int each = length / parts;
    int passed = 0;
    boolean cut = false;
    for (int i = 0; i < parts; i++) {
      int end = i == parts - 1 ? length : (i + 1) * each;
      byte[] part = Arrays.copyOfRange(all, i * each, end);
      frame((i == 0 ? BEGIN : GO_ON) | (i == parts - 1 ? FINAL : 0), part);
      if (i < parts - 1) {
        frame(PING, new byte[3]);
      }
      cut |= passed + part.length > MOST;
      passed += cut ? passed == 0 ? LongMessages.BEGINNING_BYTES : 0 : part.length;
    }
    expected.add(Arrays.hashCode(Arrays.copyOf(all, passed)) + " " + (cut ? length : 0));
  }

  private List<String> decoded() {
    List<String> messages = new ArrayList<>();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (WebSocketFrame frame = channel.readInbound(); frame != null; ) {
      if (frame.content().readableBytes() != 3) { // a ping
        byte[] part = new byte[frame.content().readableBytes()];
        frame.content().readBytes(part);
        message.writeBytes(part);
        if (frame.isFinalFragment()) {
          messages.add(Arrays.hashCode(message.toByteArray()) + " " + limit.nextCutBytes());
          message.reset();
        }
      }
      frame.release();
      frame = channel.readInbound();
    }
    return messages;
  }

  private void write(int most) {
    byte[] bytes = sent.toByteArray();
    sent.reset();
    for (int at = 0; at < bytes.length; ) {
      int next = Math.min(bytes.length, at + 1 + random.nextInt(most));
      ByteBuf piece = Unpooled.copiedBuffer(bytes, at, next - at);
      channel.writeInbound(piece);
      at = next;
    }
  }

  /** However the network cuts it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000, 1_000_000})
  void ofWhatIsTooLong_theBeginningPasses_andWhatComesBehindIt(int most) {
    for (int length : new int[] {0, 10, 200, MOST, MOST + 1, 5, 300_000, 65_536, 90_000, 1}) {
      message(length, 1);
      message(Math.max(length, 20), 4);
    }
    long longest = sent.size();
    write(most);
    assertThat(decoded()).isEqualTo(expected);
    assertThat(thrown).isBetween(longest / 2, longest);
    assertThat(channel.finishAndReleaseAll()).isFalse();
  }

  @Test
  void whoIsNeverDone_isOverdue_unlessItIsNotRead() {
    message(300_000, 1);
    byte[] bytes = sent.toByteArray();
    channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, 200_000));
    assertThat(limit.isOverdue(true, HOUR_NANOS, System.nanoTime())).isFalse();
    assertThat(limit.isOverdue(true, HOUR_NANOS, System.nanoTime() + 2 * HOUR_NANOS))
        .isTrue();
    assertThat(limit.isOverdue(false, HOUR_NANOS, System.nanoTime() + 2 * HOUR_NANOS))
        .isFalse();
    channel.writeInbound(Unpooled.copiedBuffer(bytes, 200_000, bytes.length - 200_000));
    assertThat(decoded()).isEqualTo(expected);
    assertThat(limit.isOverdue(true, 0, System.nanoTime() + 9 * HOUR_NANOS)).isFalse();
    channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, 1));
    assertThat(limit.isOverdue(true, 0, System.nanoTime() + 9 * HOUR_NANOS)).isTrue();
    assertThat(channel.finishAndReleaseAll()).isFalse();
  }

  /** What no device sends is the decoder's to end. */
  @Test
  void aLengthBeyondAllMeasure_isNotHeardToItsEnd() {
    for (long length : new long[] {LongMessages.MOST_BYTES + 1L, -1}) {
      ByteBuf head = Unpooled.buffer().writeByte(BEGIN | FINAL).writeByte(0xFF).writeLong(length);
      EmbeddedChannel own = new EmbeddedChannel(new LongMessages(MOST, bytes -> {}));
      own.writeInbound(head.copy().writeInt(0).writeZero(100));
      ByteBuf passed = own.readInbound();
      assertThat(passed.getLong(2)).isEqualTo(length);
      passed.release();
      head.release();
      assertThat(own.finishAndReleaseAll()).isFalse();
    }
  }
}
