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
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * An accelerometer recording through codec and fold. A row is: ns, x, y, z (m/s2); or with the
 * sensor's accuracy before x, five in all; or with a counter, the true steps so far and perhaps
 * another counter behind z, six or seven in all. A head is passed over.
 */
final class StepRecording {
  private static final double STANDARD_GRAVITY_MPS2 = 9.80665;
  private static final double NS_A_MS = 1e6;
  private static final int SAMPLES_A_BATCH = 500;
  private static final int WITH_ACCURACY = 5;
  private static final int TRUTH_COLUMN = 5;

  /** Any date will do: the recordings say only how much time went by. */
  private static final long START = 1_700_000_000_000L;

  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");

  /** What was counted by hand and by the fold. */
  record Counted(String name, int truth, int steps) {
    double errorPercent() {
      return ((double) steps / truth - 1) * 100;
    }
  }

  private final FoldState state = FoldState.start(AthleteParameters.defaults());
  private final SampleBatch batch = new SampleBatch();
  private final SampleBatch decoded = new SampleBatch();
  private double firstNs = Double.NaN;
  private long latestMs = START;
  private int seq;
  private int columns;
  private int truth;

  private StepRecording(OptionalInt stated) {
    truth = stated.orElse(-1);
    batch.header(SESSION, 0, 0, 0);
    batch.addMark(Mark.start(START, 0, "walk", "UTC", 0, "", "", 0));
  }

  /**
   * @param stated steps by hand, where the recording itself does not say
   * @throws IOException where it cannot be read, is no such recording or nobody counted
   */
  static Counted count(String name, Path file, OptionalInt stated) throws IOException {
    StepRecording recording = new StepRecording(stated);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.US_ASCII))) {
      recording.read(in);
    }
    return new Counted(name, recording.truth, recording.finish());
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void read(BufferedReader in) throws IOException {
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      try {
        if (!line.isBlank() && !(columns == 0 && isHead(line))) {
          row(line.split(",", -1));
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException("line " + number + " is no sample of an accelerometer", e);
      }
    }
    if (columns == 0) {
      throw new IOException("it has no samples");
    }
    if (truth <= 0) {
      throw new IOException(truth < 0 ? "nobody counted its steps" : "no steps were counted");
    }
  }

  private static boolean isHead(String line) {
    return line.strip().matches("[\"#A-Za-z_\uFEFF].*");
  }

  private void row(String[] cells) {
    columns = columns == 0 ? cells.length : columns;
    int first = columns == WITH_ACCURACY ? 2 : 1;
    double ns = number(cells[0]);
    firstNs = Double.isNaN(firstNs) ? ns : firstNs;
    latestMs = START + Math.round((ns - firstNs) / NS_A_MS);
    int x = milligravity(cells[first]);
    int y = milligravity(cells[first + 1]);
    int z = milligravity(cells[first + 2]);
    batch.accels().add(latestMs, latestMs - START, x, y, z);
    if (columns > TRUTH_COLUMN) {
      truth = (int) number(cells[TRUTH_COLUMN]);
    }
    if (batch.accels().size() >= SAMPLES_A_BATCH) {
      send();
    }
  }

  private static double number(String cell) {
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(cell);
    }
    return value;
  }

  private static int milligravity(String mps2) {
    return (int) Math.round(number(mps2) / STANDARD_GRAVITY_MPS2 * 1e3);
  }

  private int finish() {
    batch.addMark(Mark.finish(latestMs, latestMs - START, seq + 1));
    send();
    return (int) state.figures().motion().steps();
  }

  private void send() {
    byte[] bytes = BatchCodec.encode(batch);
    BatchCodec.decode(bytes, 0, bytes.length, decoded);
    TrackFold.step(state, decoded, FoldSink.NONE);
    batch.clear();
    batch.header(SESSION, 0, 0, ++seq);
  }
}
