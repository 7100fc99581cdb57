package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {
  private final Random random = new Random(3);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 300_000})
  void whatWasPacked_comesOut(int bytes) throws Exception {
    byte[] body = new byte[bytes];
    random.nextBytes(body);
    assertThat(Gunzip.unpack(packed(body), bytes)).isEqualTo(body);
    if (bytes > 0) {
      assertThatThrownBy(() -> Gunzip.unpack(packed(body), bytes - 1))
          .isInstanceOf(Gunzip.TooMuchException.class);
    }
  }

  @Test
  void membersFollowEachOther_howeverMany() throws Exception {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      members.writeBytes(packed(new byte[0]));
    }
    members.writeBytes(packed(new byte[] {1, 2}));
    members.writeBytes(packed(new byte[] {3}));
    assertThat(Gunzip.unpack(members.toByteArray(), 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> Gunzip.unpack(members.toByteArray(), 2))
        .isInstanceOf(Gunzip.TooMuchException.class);
  }

  /** RFC 1952, 2.3.1: what a header may have besides. */
  @Test
  void whatAHeaderMayHave_isPassedOver() throws Exception {
    byte[] plain = packed(new byte[] {7});
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(plain, 0, 3);
    all.write(0b11111); // text, header CRC, extra, name, comment
    all.write(plain, 4, 6);
    all.writeBytes(new byte[] {2, 0, 'x', 'y', 'a', 0, 'b', 'c', 0, 9, 9});
    all.write(plain, 10, plain.length - 10);
    assertThat(Gunzip.unpack(all.toByteArray(), 1)).containsExactly(7);
  }

  @Test
  void whatIsCutOff_isNone() throws Exception {
    byte[] body = new byte[2_000];
    random.nextBytes(body);
    byte[] packed = packed(body);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> Gunzip.unpack(cut, 2_000)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatWasChanged_isNone_orTheSame() throws Exception {
    byte[] body = new byte[200];
    random.nextBytes(body);
    byte[] packed = packed(body);
    for (int at = 0; at < packed.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = packed.clone();
        changed[at] ^= (byte) (1 << bit);
        try {
          assertThat(Gunzip.unpack(changed, 200))
              .isEqualTo(body); // as in its time, or behind its last bit
        } catch (IOException refused) {
          // as it should
        }
      }
    }
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }
}
