package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks from outside at which processes work inside a data directory. */
final class StackProcesses {
  private StackProcesses() {}

  /** Every process whose working directory lies in the data directory. */
  static List<Long> in(Path dataDirectory) throws IOException {
    Path root = dataDirectory.toRealPath();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> worksIn(process, root))
          .map(process -> Long.parseLong(process.getFileName().toString()))
          .toList();
    }
  }

  static long pid(Path dataDirectory, StackServer server) throws IOException {
    String[] fields = Files.readString(dataDirectory.resolve("run").resolve(server.id() + ".pid"))
        .split(" ", -1);
    return Long.parseLong(fields[0]);
  }

  private static boolean worksIn(Path process, Path root) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(root);
    } catch (IOException gone) {
      return false;
    }
  }
}
