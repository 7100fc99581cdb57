package io.pacewire.launcher.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a device made of an activity itself; NaN where it says nothing. Compared with, never computed
 * from.
 *
 * @param sensor whether a wheel or a foot sensor drove its distance
 * @param wet a swim, or an activity with one in it: a receiver is under water half the time
 */
record Reference(
    String file,
    double distanceM,
    double timerS,
    double ascentM,
    boolean sensor,
    boolean wet,
    boolean fit) {

  /**
   * Of {@code activities/manifest.csv}.
   *
   * @throws IOException where it is not there or lacks a column
   */
  static List<Reference> list(Path manifest) throws IOException {
    List<String> lines = Files.readAllLines(manifest);
    List<String> names = cells(lines.get(0));
    List<Reference> found = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), i < cells.size() ? cells.get(i) : "");
      }
      found.add(of(row, manifest));
    }
    return found;
  }

  private static Reference of(Map<String, String> row, Path manifest) throws IOException {
    for (String needed : List.of("file", "sport", "ref_distance_m", "ref_distance_source")) {
      if (!row.containsKey(needed)) {
        throw new IOException(manifest + " has no column " + needed);
      }
    }
    String file = text(row, "file");
    String source = text(row, "ref_distance_source");
    String named = (file + " " + text(row, "sport")).toLowerCase(Locale.ROOT);
    return new Reference(
        file,
        number(row, "ref_distance_m"),
        number(row, "ref_timer_s"),
        number(row, "ref_ascent_m"),
        source.contains("wheel") || source.contains("foot"),
        named.contains("swim"),
        file.endsWith(".fit"));
  }

  private static String text(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  private static double number(Map<String, String> row, String column) {
    String text = text(row, column);
    try {
      return text.isBlank() ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** RFC 4180: commas part cells, quotes keep them together. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
