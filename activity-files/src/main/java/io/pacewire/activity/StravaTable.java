package io.pacewire.activity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code activities.csv} of a Strava export, a row an activity. Its header is in the athlete's
 * language, so columns go by their place (third the name, fourth the type), and the file by its value,
 * which begins with {@code activities/}.
 */
final class StravaTable {
  private static final int NAME = 2;
  private static final int TYPE = 3;
  private static final int MAX_CELLS = 256;
  private static final int MAX_CELL = 16_384;
  private static final int END = -1;

  private final Reader in;
  private final StringBuilder cell = new StringBuilder();
  private int next;

  private StravaTable(Reader in) throws IOException {
    this.in = in;
    this.next = in.read();
  }

  /**
   * Rows that are of no use are passed over; so is what is longer than a table would be. No file is told
   * under a name longer than {@link ArchiveReading#MAX_NAME}: one described by such would not be found.
   */
  static void read(InputStream content, ArchiveSink sink) throws IOException {
    StravaTable table =
        new StravaTable(new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8)));
    for (List<String> row = table.row(); !row.isEmpty(); row = table.row()) {
      String file =
          row.stream().filter(one -> one.startsWith("activities/")).findFirst().orElse("");
      boolean named = !file.isEmpty() && file.length() <= ArchiveReading.MAX_NAME;
      if (named && row.size() > TYPE) {
        String type = Texts.shortened(row.get(TYPE).strip());
        sink.described(new ArchiveDescription(file, row.get(NAME).strip(), Sports.of(type), type));
      }
    }
  }

  /** Empty at the end. */
  private List<String> row() throws IOException {
    List<String> cells = new ArrayList<>();
    while (next != END) {
      cell();
      if (cells.size() < MAX_CELLS) {
        cells.add(cell.toString());
      }
      boolean more = next == ',';
      if (next == '\r') {
        next = in.read();
      }
      next = next == END ? END : in.read();
      if (!more) {
        return cells;
      }
    }
    return cells;
  }

  /** Up to the comma or the end of the line (RFC 4180). */
  private void cell() throws IOException {
    cell.setLength(0);
    boolean quoted = next == '"';
    next = quoted ? in.read() : next;
    while (next != END && (quoted || (next != ',' && next != '\r' && next != '\n'))) {
      if (quoted && next == '"') {
        next = in.read();
        quoted = next == '"'; // a quote twice is one
        if (!quoted) {
          continue;
        }
      }
      if (cell.length() < MAX_CELL) {
        cell.append((char) next);
      }
      next = in.read();
    }
  }
}
