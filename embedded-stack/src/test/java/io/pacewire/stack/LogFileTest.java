package io.pacewire.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir
  Path folder;

  @Test
  void aLogBeyondItsLimit_isMovedAsideAndEmptied() throws Exception {
    Path file = Files.writeString(folder.resolve("x.log"), "one\ntwo\nthree\n");
    new LogFile(file).bound(5);
    assertThat(file).isEmptyFile();
    assertThat(folder.resolve("x.log.1")).hasContent("one\ntwo\nthree\n");
  }

  @Test
  void aLogWithinItsLimit_staysAsItIs() throws Exception {
    Path file = Files.writeString(folder.resolve("x.log"), "one\n");
    new LogFile(file).bound(100);
    assertThat(file).hasContent("one\n");
  }

  @Test
  void theTail_isTheLastLines() throws Exception {
    Path file = Files.writeString(folder.resolve("x.log"), "one\ntwo\nthree\n");
    assertThat(new LogFile(file).tail(2)).isEqualTo("two\nthree");
    assertThat(new LogFile(folder.resolve("none.log")).tail(2)).isEmpty();
  }
}
