package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Agreement with real devices, on recordings that are not part of the project. */
class RecordedTracksTest {
  @Test
  void distance_agreesWithTheDevices() throws IOException {
    Path data = data();
    assumeTrue(
        Files.isDirectory(data.resolve("tracks")),
        "SKIPPED: no recordings at " + data.toAbsolutePath() + " (set PACEWIRE_DATA)");
    List<Double> errors = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("activities/manifest.csv"))) {
      List<String> row = cells(line);
      String sport = row.get(8).toLowerCase(Locale.ROOT);
      if (row.get(1).equals("file") || sport.contains("swim") || row.get(1).contains("swim")) {
        continue;
      }
      Path track = data.resolve("tracks/" + row.get(1) + ".csv.gz");
      double device = Double.parseDouble(row.get(12));
      FoldState state = fold(track, sport(sport, row.get(1)));
      Figures figures = state.figures();
      double error = (figures.distanceM() - device) / device * 100;
      System.out.printf(
          Locale.ROOT,
          "%-70s %-10s device %8.0f m, fold %8.0f m, %+6.2f %%, estimated %6.0f m, set aside %4d of %5d, ascent %5.0f (%s), timer %6.0f (%s) moving %6.0f%n",
          row.get(1),
          figures.sport(),
          device,
          figures.distanceM(),
          error,
          figures.estimatedM(),
          figures.rejectedFixCount(),
          figures.fixCount(),
          figures.ascentM(),
          row.get(16),
          figures.timerS(),
          row.get(13),
          figures.movingS());
      errors.add(Math.abs(error));
    }
    Collections.sort(errors);
    double median = errors.get(errors.size() / 2);
    double p90 = errors.get((int) Math.ceil(errors.size() * 0.9) - 1);
    System.out.printf(
        Locale.ROOT, "distance: n %d, p50 %.2f %%, p90 %.2f %%%n", errors.size(), median, p90);
    assertThat(median).isLessThanOrEqualTo(0.5);
    assertThat(p90).isLessThanOrEqualTo(3);
  }

  private static FoldState fold(Path track, String sport) throws IOException {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 0);
    List<String[]> rows = new ArrayList<>();
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(track)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        rows.add(line.split(",", -1));
      }
    }
    String segment = null;
    long last = 0;
    for (String[] row : rows) {
      long at = Math.round(Double.parseDouble(row[0]) * 1_000);
      if (segment == null) {
        batch.addMark(Mark.start(at, 0, sport, "UTC", 0, "", "", 0));
      } else if (!segment.equals(row[6])) {
        batch.addMark(Mark.pause(last, 0));
        batch.addMark(Mark.resume(at, 0));
      }
      segment = row[6];
      last = at;
      if (row[1].isEmpty()) {
        continue;
      }
      batch
          .fixes()
          .add(
              at,
              0,
              (int) Math.round(Double.parseDouble(row[1]) * 1e7),
              (int) Math.round(Double.parseDouble(row[2]) * 1e7),
              row[3].isEmpty()
                  ? SampleBatch.ABSENT
                  : (int) Math.round(Double.parseDouble(row[3]) * 100),
              SampleBatch.ABSENT,
              SampleBatch.ABSENT,
              SampleBatch.ABSENT,
              SampleBatch.ABSENT);
    }
    TrackFold.step(state, batch, FoldSink.NONE);
    return state;
  }

  private static String sport(String device, String file) {
    if (device.contains("run")) {
      return "run";
    }
    if (device.contains("cycl") || device.contains("bik")) {
      return "ride";
    }
    return file.contains("walk") ? "walk" : file.contains("ski") ? "xc-ski" : "other";
  }

  private static Path data() {
    String named = System.getenv("PACEWIRE_DATA");
    return Path.of(named == null ? "../../shared/data" : named);
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
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
