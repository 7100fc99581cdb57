package io.pacewire.track;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What a device recorded, and what it made of it itself. */
final class RecordedTrack {
  private static final int ABSENT = SampleBatch.ABSENT;

  final String name;
  final double distanceM;
  final double timerS;
  /** NaN where the device says none. */
  final double ascentM;

  final boolean hasSpeedSensor;
  private final String sport;
  private final List<String[]> rows = new ArrayList<>();

  private RecordedTrack(List<String> row, Path data) throws IOException {
    name = row.get(1);
    sport = sport(row.get(8).toLowerCase(Locale.ROOT), name);
    distanceM = Double.parseDouble(row.get(12));
    timerS = Double.parseDouble(row.get(13));
    ascentM = row.get(16).isEmpty() ? Double.NaN : Double.parseDouble(row.get(16));
    hasSpeedSensor = row.get(17).contains("footpod") || row.get(17).contains("wheel");
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(data.resolve("tracks/" + name + ".csv.gz"))),
        StandardCharsets.UTF_8))) {
      in.readLine();
      in.lines().forEach(line -> rows.add(line.split(",", -1)));
    }
  }

  /** All but swims and triathlons. */
  static List<RecordedTrack> listOnLand(Path data) throws IOException {
    List<RecordedTrack> tracks = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("activities/manifest.csv"))) {
      List<String> row = cells(line);
      boolean wet = (row.get(1) + row.get(8)).toLowerCase(Locale.ROOT).contains("swim");
      if (!row.get(1).equals("file") && !wet) {
        tracks.add(new RecordedTrack(row, data));
      }
    }
    return tracks;
  }

  Figures fold() {
    return fold(null, FoldSink.NONE);
  }

  Figures fold(FoldSink out) {
    return fold(null, out);
  }

  /** Under a receiver's noise, with 5 m stated. */
  Figures foldNoisy(long seed) {
    return fold(new ReceiverNoise(seed * 7_919 + name.hashCode()), FoldSink.NONE);
  }

  private Figures fold(@Nullable ReceiverNoise noise, FoldSink out) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 0);
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
      boolean heard =
          noise == null || noise.next(segment == null ? 0 : Math.max(0, at - last) / 1e3);
      segment = row[6];
      last = at;
      if (heard && !row[1].isEmpty()) {
        addFix(batch, at, row, noise);
      }
    }
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, out);
    TrackFold.end(state, out);
    return state.figures();
  }

  private static void addFix(SampleBatch batch, long at, String[] row, ReceiverNoise noise) {
    double latitude = Double.parseDouble(row[1]);
    double longitude = Double.parseDouble(row[2]);
    if (noise != null) {
      double radians = Math.toRadians(latitude);
      latitude += Math.toDegrees(noise.offNorthM / Geodesy.metresPerRadianNorth(radians));
      longitude += Math.toDegrees(noise.offEastM / Geodesy.metresPerRadianEast(radians));
    }
    batch
        .fixes()
        .add(
            at,
            0,
            (int) Math.round(latitude * 1e7),
            (int) Math.round(longitude * 1e7),
            row[3].isEmpty() ? ABSENT : (int) Math.round(Double.parseDouble(row[3]) * 100),
            noise == null ? ABSENT : 500,
            ABSENT,
            ABSENT,
            ABSENT);
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
