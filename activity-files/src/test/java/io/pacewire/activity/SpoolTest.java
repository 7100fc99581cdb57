package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  @TempDir
  Path directory;

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 300_000})
  void whatWasWritten_comesOutOnce_andThenThereIsRoomForMore(int length) throws IOException {
    try (Spool spool = new Spool(100, directory)) {
      for (int round = 0; round < 2; round++) {
        byte[] written = bytes(length + round);
        spool.write(written, 0, written.length / 2);
        spool.write(written, written.length / 2, written.length - written.length / 2);
        assertThat(spool.size()).isEqualTo(written.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        spool.drainTo(out);
        assertThat(out.toByteArray()).isEqualTo(written);
        assertThat(spool.size()).isZero();
      }
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** As after a process that was killed by now: nothing is left that somebody could find. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file keeps its name there")
  void whatWaitsOnDisk_hasNoName() throws IOException {
    try (Spool spool = new Spool(100, directory)) {
      byte[] written = bytes(5_000);
      spool.write(written, 0, written.length);
      assertThat(directory).isEmptyDirectory();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      spool.drainTo(out);
      assertThat(out.toByteArray()).isEqualTo(written);
    }
  }
}
