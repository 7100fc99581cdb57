package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hostile files cost, in a JVM that has no more: it ends with status 3 where that is too little. */
class LittleHeapTest {
  private static final String HEAP = "-Xmx20m";
  private static final int WITHIN_MIN = 3;

  @TempDir
  private Path directory;

  @Test
  void bombsLiesAndEndlessFiles_areReadInTwentyMebibytes() throws Exception {
    Path out = directory.resolve("out");
    Process reading = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            HostileReading.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
    try {
      assertThat(reading.waitFor(WITHIN_MIN, TimeUnit.MINUTES)).isTrue();
    } finally {
      reading.destroyForcibly();
    }
    List<String> said = Files.readAllLines(out);
    assertThat(reading.exitValue()).as(said.toString()).isZero();
    assertThat(said)
        .containsExactly(
            "zip bomb: some samples, TOO_LARGE",
            "gzip bomb: some samples, TOO_LARGE",
            "zips in zips in zips: 0 samples, NESTED_TOO_DEEP",
            "entities: 0 samples, MALFORMED",
            "an attribute without end: 0 samples, MALFORMED",
            "a text without end: 0 samples, MALFORMED",
            "elements in elements: 0 samples, MALFORMED",
            "FIT that says it has 4 GB: 1 samples, read",
            "FIT of definitions: 0 samples, TOO_LARGE",
            "a long ride: 2000000 samples, read");
  }
}
