package io.pacewire.activity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Recordings of real devices that lie next to the project, and what another decoder made of them. */
final class Recordings {
  private static final Pattern CELL = Pattern.compile("(?:\"([^\"]*)\"|([^,]*))(,|$)");

  private final Path root;

  private Recordings(Path root) {
    this.root = root;
  }

  static Recordings find() {
    String named = System.getProperty("PACEWIRE_DATA", System.getenv("PACEWIRE_DATA"));
    return new Recordings(Path.of(named == null ? "../../shared/data" : named));
  }

  boolean areThere() {
    return Files.isDirectory(root.resolve("activities"))
        && Files.isDirectory(root.resolve("tracks"));
  }

  Path root() {
    return root.toAbsolutePath().normalize();
  }

  List<Map<String, String>> table(String name) {
    return rows(root.resolve("activities").resolve(name));
  }

  /** What another decoder read out of a file. */
  List<Map<String, String>> track(String file) {
    return rows(root.resolve("tracks").resolve(file + ".csv.gz"));
  }

  byte[] content(String file) {
    try {
      return Files.readAllBytes(root.resolve("activities").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, String>> rows(Path csv) {
    try (InputStream raw = Files.newInputStream(csv);
        InputStream plain = csv.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      List<String> names = cells(in.readLine());
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> cells = cells(line);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(names.size(), cells.size()); i++) {
          row.put(names.get(i), cells.get(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    Matcher found = CELL.matcher(line);
    while (found.find()) {
      cells.add(found.group(1) != null ? found.group(1) : found.group(2));
      if (found.group(3).isEmpty()) {
        break;
      }
    }
    return cells;
  }
}
