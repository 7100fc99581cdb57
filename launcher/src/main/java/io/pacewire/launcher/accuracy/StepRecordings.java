package io.pacewire.launcher.accuracy;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * Accelerometer recordings with counted steps, in the two layouts of the Oxford step counter's data:
 * {@code *.accelerometer.csv.gz} (ns, accuracy, x, y, z) whose truth is in {@code steps-stats.csv},
 * and {@code user*.csv.gz} (ns, x, y, z, two counters, and between them the truth so far). m/s2.
 */
final class StepRecordings {
  private static final double STANDARD_GRAVITY_MPS2 = 9.80665;
  private static final double NS_A_MS = 1e6;
  private static final int SAMPLES_A_BATCH = 500;

  /** Any date will do: the recordings say only how much time went by. */
  private static final long START = 1_700_000_000_000L;

  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private static final String BY_NAME = ".accelerometer.csv.gz";

  /** A recording: what was counted by hand and by the fold. */
  record Counted(String name, int truth, int steps) {}

  private final FoldState state = FoldState.start(AthleteParameters.defaults());
  private final SampleBatch batch = new SampleBatch();
  private final SampleBatch decoded = new SampleBatch();
  private long firstNs = Long.MIN_VALUE;
  private long latestMs = START;
  private int seq;

  private StepRecordings() {
    batch.header(SESSION, 0, 0, 0);
    batch.addMark(Mark.start(START, 0, "walk", "UTC", 0, "", "", 0));
  }

  /**
   * Of all recordings of a folder; none where it is not there.
   *
   * @throws IOException where one cannot be read
   */
  static List<Counted> of(Path folder) throws IOException {
    List<Counted> all = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    Map<String, Integer> truths = truths(folder.resolve("steps-stats.csv"));
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.csv.gz")) {
      stream.forEach(files::add);
    }
    files.sort(null);
    for (Path file : files) {
      String name = file.getFileName().toString();
      Integer truth = truths.get(name.replace(BY_NAME, ""));
      if (name.endsWith(BY_NAME) && truth != null) {
        all.add(new StepRecordings().count(file, 2, truth));
      } else if (name.startsWith("user")) {
        all.add(new StepRecordings().count(file, 1, -1));
      }
    }
    return all;
  }

  private static Map<String, Integer> truths(Path stats) throws IOException {
    Map<String, Integer> truths = new TreeMap<>();
    if (!Files.isReadable(stats)) {
      return truths;
    }
    for (String line : Files.readAllLines(stats)) {
      String[] cells = line.split(",", -1);
      if (!line.startsWith("#") && cells.length > 1) {
        truths.put(cells[0].strip(), Integer.parseInt(cells[cells.length - 1].strip()));
      }
    }
    return truths;
  }

  /** @param truth -1 where the column two behind the accelerations says it */
  private Counted count(Path file, int firstColumn, int truth) throws IOException {
    int counted = truth;
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",", -1);
        add(Long.parseLong(cells[0]), cells, firstColumn);
        if (truth < 0) {
          counted = Integer.parseInt(cells[firstColumn + 4]);
        }
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(String.format(Locale.ROOT, "%s is no such recording", file), e);
    }
    batch.addMark(Mark.finish(latestMs, latestMs - START, seq + 1));
    send();
    int steps = (int) state.figures().motion().steps();
    return new Counted(file.getFileName().toString(), counted, steps);
  }

  private void add(long ns, String[] cells, int firstColumn) {
    if (firstNs == Long.MIN_VALUE) {
      firstNs = ns;
    }
    latestMs = START + Math.round((ns - firstNs) / NS_A_MS);
    batch
        .accels()
        .add(
            latestMs,
            latestMs - START,
            milligravity(cells[firstColumn]),
            milligravity(cells[firstColumn + 1]),
            milligravity(cells[firstColumn + 2]));
    if (batch.accels().size() >= SAMPLES_A_BATCH) {
      send();
    }
  }

  private static int milligravity(String mps2) {
    return (int) Math.round(Double.parseDouble(mps2) / STANDARD_GRAVITY_MPS2 * 1e3);
  }

  private void send() {
    byte[] bytes = BatchCodec.encode(batch);
    BatchCodec.decode(bytes, 0, bytes.length, decoded);
    TrackFold.step(state, decoded, FoldSink.NONE);
    batch.clear();
    batch.header(SESSION, 0, 0, ++seq);
  }
}
