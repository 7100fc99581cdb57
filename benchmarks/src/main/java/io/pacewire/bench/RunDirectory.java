package io.pacewire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the processes of a run keep their data and write their logs; it goes with the run. */
public final class RunDirectory implements AutoCloseable {
  private static final int TAIL_BYTES = 4_000;

  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  public static RunDirectory create(String prefix) throws IOException {
    return new RunDirectory(Files.createTempDirectory(prefix));
  }

  public Path path() {
    return path;
  }

  /** How the logs end that there are: what the processes said before something went wrong. */
  public void tails(List<String> logs, PrintStream say) {
    for (String name : logs) {
      try (RandomAccessFile log = new RandomAccessFile(path.resolve(name).toFile(), "r")) {
        byte[] tail = new byte[(int) Math.min(TAIL_BYTES, log.length())];
        log.seek(log.length() - tail.length);
        log.readFully(tail);
        say.printf("%s:%n%s%n", name, new String(tail, UTF_8));
      } catch (IOException none) {
        // its process was not started
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean unused = Files.deleteIfExists(file);
      }
    }
  }
}
