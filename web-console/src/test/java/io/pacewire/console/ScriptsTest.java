package io.pacewire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of the console that need no page, run by Node where there is one. */
class ScriptsTest {
  private static final Path ASSETS = Path.of("src/main/resources/io/pacewire/console/assets");
  private static final Path TESTS = Path.of("src/test/js");

  @TempDir
  Path directory;

  @BeforeAll
  static void needsNode() {
    assumeTrue(runs("node", "--test", "--version"), "SKIPPED: no Node that runs tests");
  }

  @Test
  void theirOwnTestsHold() throws Exception {
    copy(ASSETS);
    copy(TESTS);
    Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
    List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
    try (Stream<Path> files = Files.list(TESTS)) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(command::add);
    }
    Path said = directory.resolve("said.txt");
    Process process = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
    int status = process.waitFor();
    String told = Files.readString(said, UTF_8);
    assertThat(status).as(told).isZero();
    assertThat(told).doesNotContain("# tests 0");
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file :
          files.filter(one -> one.toString().matches(".*\\.(js|json)")).toList()) {
        Path to = directory.resolve(from.relativize(file).toString());
        Files.createDirectories(to.resolveSibling("."));
        Files.copy(file, to);
      }
    }
  }

  private static boolean runs(String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
