package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCourseTest {
  private static final int TEXT = 0x81;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int CLOSE = 0x88;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereFramesEnd_isKnown_howeverTheyAreCut(boolean masked) {
    Random random = new Random(7);
    Buffer all = Buffer.buffer();
    List<Integer> ends = new ArrayList<>();
    for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 0, 3, 70_000}) {
      all.appendBuffer(frame(TEXT, masked, length));
      ends.add(all.length());
    }
    FrameCourse course = new FrameCourse();
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at < all.length(); ) {
      int next = Math.min(all.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 9_000));
      Buffer piece = all.slice(at, next);
      for (int in = 0; in < piece.length(); ) {
        in = course.toEnd(piece, in);
        if (course.isBetweenFrames()) {
          found.add(at + in);
        }
      }
      at = next;
    }
    assertThat(found).isEqualTo(ends);
  }

  @Test
  void aPongAsksForNothing_aPingAndAMessageDo() {
    FrameCourse course = new FrameCourse();
    course.pass(frame(PONG, true, 4));
    assertThat(course.tookQuestion()).isFalse();
    course.pass(frame(PING, true, 4));
    assertThat(course.tookQuestion()).isTrue();
    assertThat(course.tookQuestion()).isFalse();
    course.pass(frame(TEXT, true, 4).slice(0, 7));
    assertThat(course.tookQuestion()).isTrue();
    assertThat(course.isClosed()).isFalse();
    course.pass(Buffer.buffer(new byte[3]).appendBuffer(frame(CLOSE, true, 2)));
    assertThat(course.isClosed()).isTrue();
  }

  @Test
  void aLengthThatNoFrameCanHave_endsNowhere() {
    FrameCourse course = new FrameCourse();
    course.pass(
        Buffer.buffer().appendUnsignedByte((short) 0x82).appendByte((byte) 127).appendLong(-1));
    course.pass(Buffer.buffer(new byte[100_000]));
    assertThat(course.isBetweenFrames()).isFalse();
  }

  private static Buffer frame(int first, boolean masked, int length) {
    Buffer frame = Buffer.buffer().appendUnsignedByte((short) first);
    int mask = masked ? 0x80 : 0;
    if (length < 126) {
      frame.appendUnsignedByte((short) (mask | length));
    } else if (length < 65_536) {
      frame.appendUnsignedByte((short) (mask | 126)).appendUnsignedShort(length);
    } else {
      frame.appendUnsignedByte((short) (mask | 127)).appendLong(length);
    }
    return frame.appendBytes(new byte[masked ? 4 : 0]).appendBytes(new byte[length]);
  }
}
