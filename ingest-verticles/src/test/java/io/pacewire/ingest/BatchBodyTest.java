package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.pacewire.platform.web.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BatchBodyTest {
  private static final int MOST_BYTES = 300_000;

  private final BatchBody body = new BatchBody(MOST_BYTES, 256);
  private final BatchMedia media = BatchMedia.of("application/x-protobuf", "gzip");

  @Test
  void aBomb_isUnpackedNoFurtherThanABodyGoes() throws Exception {
    byte[] bomb = packed(100_000_000);
    refuses(packed(MOST_BYTES + 1)); // so that everything is loaded
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    refuses(bomb);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5L * MOST_BYTES);
  }

  private void refuses(byte[] packed) {
    assertThatThrownBy(() -> body.envelopes(media, packed, 0))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(413));
  }

  @Test
  void whatJustFits_isTaken() throws Exception {
    assertThat(body.envelopes(media, packed(MOST_BYTES), 0)).containsExactly(new byte[MOST_BYTES]);
  }

  private static byte[] packed(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(new byte[zeros]);
    }
    return out.toByteArray();
  }
}
