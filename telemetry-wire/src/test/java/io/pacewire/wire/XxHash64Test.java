package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what the reference implementation gives for its own self-test's input, seed 0. */
class XxHash64Test {
  @ParameterizedTest
  @CsvSource({
    "0, EF46DB3751D8E999",
    "1, 4FCE394CC88952D8",
    "4, 9256E58AA397AEF1",
    "14, CFFA8DB881BC3A3D",
    "31, AD09D9A6941DD847",
    "32, AF5753D39159EDEE",
    "33, 6711CBDD8543BAA8",
    "101, 0EAB543384F878AD",
    "222, 9DD507880DEBB03D"
  })
  void givesWhatTheReferenceGives(int length, String expected) {
    byte[] bytes = selfTestInput(length + 5);
    assertThat(XxHash64.hash(bytes, 0, length)).isEqualTo(Long.parseUnsignedLong(expected, 16));
    byte[] shifted = new byte[length + 9];
    System.arraycopy(bytes, 0, shifted, 7, length);
    assertThat(XxHash64.hash(shifted, 7, length)).isEqualTo(XxHash64.hash(bytes, 0, length));
  }

  @Test
  void hashesText() {
    byte[] text = "Nobody inspects the spammish repetition".getBytes(StandardCharsets.US_ASCII);
    assertThat(XxHash64.hash(text, 0, text.length)).isEqualTo(0xFBCEA83C8A378BF1L);
  }

  private static byte[] selfTestInput(int length) {
    byte[] bytes = new byte[length];
    int generator = (int) 2_654_435_761L;
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (generator >>> 24);
      generator *= generator;
    }
    return bytes;
  }
}
