package io.pacewire.launcher.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A folder of accelerometer recordings with counted steps, as the Oxford step counter's data lies:
 * any {@code *.csv} or {@code *.csv.gz}, in folders of their own or not, but what a phone's own
 * counter said ({@code *stepcounter*}) and the truths ({@code steps-stats.csv}).
 */
final class StepFolder {
  private static final String STATS = "steps-stats.csv";
  private static final int DEPTH = 3;
  private static final int MAX_FILES = 10_000;

  private final Path folder;
  private final Map<String, Integer> truths = new HashMap<>();

  /** @throws IOException where the folder, or the truths that lie in it, cannot be read */
  StepFolder(Path folder) throws IOException {
    this.folder = folder;
    Path stats = folder.resolve(STATS);
    if (Files.isRegularFile(stats)) {
      for (Map<String, String> row : CsvTable.read(stats)) {
        readTruth(row);
      }
    }
  }

  /** The head names its columns, the first of them {@code #dir}. */
  private void readTruth(Map<String, String> row) {
    String name = row.getOrDefault("#dir", row.getOrDefault("dir", ""));
    String steps = row.getOrDefault("steps", "");
    if (!name.isEmpty() && steps.matches("\\d{1,9}")) {
      truths.put(key(name), Integer.parseInt(steps));
    }
  }

  List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> isRecording(file.getFileName().toString().toLowerCase(Locale.ROOT)))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MAX_FILES)
          .toList();
    }
  }

  private static boolean isRecording(String name) {
    boolean table = name.endsWith(".csv") || name.endsWith(".csv.gz");
    return table && !name.equals(STATS) && !name.contains("stepcounter");
  }

  String name(Path recording) {
    return folder.relativize(recording).toString();
  }

  /** By the file's name up to its first dot, or by its folder's. */
  OptionalInt truth(Path recording) {
    String file = recording.getFileName().toString();
    Path parent = recording.toAbsolutePath().getParent();
    Integer named = truths.get(key(file.substring(0, file.indexOf('.'))));
    Integer found = named != null || parent == null || parent.getFileName() == null
        ? named
        : truths.get(key(parent.getFileName().toString()));
    return found == null ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
