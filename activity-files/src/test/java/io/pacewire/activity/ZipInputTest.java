package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ZipInputTest {
  @Test
  void behindAReadThatThrew_noByteIsReadOnceMore() throws IOException {
    int[] reads = new int[1];
    ZipInput in = new ZipInput(new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("one by one");
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        return switch (reads[0]++) {
          case 0 -> 2;
          case 1 -> throw new StackOverflowError("as deep as a reader has gone");
          default -> -1;
        };
      }
    });
    int unused = in.u16();
    assertThatThrownBy(in::u16).isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(in::u16).isInstanceOf(EOFException.class);
  }
}
