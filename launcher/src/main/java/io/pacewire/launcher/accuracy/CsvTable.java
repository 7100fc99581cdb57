package io.pacewire.launcher.accuracy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table as people keep it: RFC 4180, by names in its first row, in whatever order; commas,
 * semicolons or tabs; any line ends; with a byte order mark or without. What is no UTF-8 is read all
 * the same.
 */
final class CsvTable {
  private static final long MAX_BYTES = 16L << 20;
  private static final char QUOTE = '"';

  private final String text;
  private final char separator;

  /** Off where a quote that nothing closes would swallow the rest of the table. */
  private final boolean linesInQuotes;

  private final List<List<String>> rows = new ArrayList<>();
  private List<String> row = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private boolean quoted;

  private CsvTable(String text, boolean linesInQuotes) {
    this.text = text;
    this.linesInQuotes = linesInQuotes;
    String head = text.lines().findFirst().orElse("");
    this.separator = separator(head);
  }

  /**
   * Its rows by the names of their columns, in lower case; a cell that is not there is empty.
   *
   * @throws IOException where it cannot be read
   */
  static List<Map<String, String>> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    List<List<String>> rows = rows(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    List<Map<String, String>> named = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      Map<String, String> row = new HashMap<>();
      for (int column = 0; column < rows.get(0).size(); column++) {
        String name = rows.get(0).get(column).toLowerCase(Locale.ROOT);
        List<String> cells = rows.get(i);
        String unused = row.putIfAbsent(name, column < cells.size() ? cells.get(column) : "");
      }
      named.add(row);
    }
    return named;
  }

  /** Without the empty ones; cells are stripped. */
  static List<List<String>> rows(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    CsvTable table = new CsvTable(plain, true);
    if (!table.parse()) {
      table = new CsvTable(plain, false);
      boolean unused = table.parse();
    }
    return table.rows;
  }

  private static char separator(String head) {
    char most = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(head, candidate) > count(head, most)) {
        most = candidate;
      }
    }
    return most;
  }

  private static long count(String head, char of) {
    return head.chars().filter(c -> c == of).count();
  }

  /** False where a quote was open at the end. */
  private boolean parse() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean newLine = c == '\n' || c == '\r';
      if (newLine && !(quoted && linesInQuotes)) {
        endRow();
      } else if (c == QUOTE && quoted && i + 1 < text.length() && text.charAt(i + 1) == QUOTE) {
        cell.append(QUOTE);
        i++;
      } else if (c == QUOTE && (quoted || cell.toString().isBlank())) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        endCell();
      } else {
        cell.append(c);
      }
    }
    boolean closed = !quoted;
    endRow();
    return closed;
  }

  private void endCell() {
    row.add(cell.toString().strip());
    cell.setLength(0);
  }

  private void endRow() {
    quoted = false;
    endCell();
    if (row.stream().anyMatch(one -> !one.isEmpty())) {
      rows.add(row);
    }
    row = new ArrayList<>();
  }
}
