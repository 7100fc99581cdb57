package io.pacewire.activity;

import static io.pacewire.activity.FitShape.ENUM;
import static io.pacewire.activity.FitShape.STRING;
import static io.pacewire.activity.FitShape.UINT16;
import static io.pacewire.activity.FitShape.UINT32;
import static io.pacewire.activity.FitShape.UINT8;
import static io.pacewire.activity.FitShape.field;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * FIT 2.0 activity files (FIT profile, "Activity File"), a chain of them for several activities:
 * who made it, the timer's events around records and beats, laps as they end, one session.
 */
final class FitWriter implements FormatWriter {
  private static final int START = 0;
  private static final int STOP_ALL = 4;
  private static final int BEATS_A_MESSAGE = 5;
  private static final int BEATS_WAIT_MS = 2_000;
  private static final int SOFTWARE_VERSION = 1;
  private static final int WHEEL = 123;
  private static final int FOOT = 124;

  private static final FitShape FILE_ID = new FitShape(FitProfile.FILE_ID, new int[][] {
    field(0, ENUM), field(1, UINT16), field(2, UINT16), field(4, UINT32), field(8, STRING)
  });
  private static final FitShape FILE_CREATOR =
      new FitShape(FitProfile.FILE_CREATOR, new int[][] {field(0, UINT16)});
  private static final FitShape CREATOR = new FitShape(FitProfile.DEVICE_INFO, new int[][] {
    field(FitProfile.TIMESTAMP, UINT32), field(0, UINT8), field(2, UINT16), field(27, STRING)
  });
  private static final FitShape SENSOR = new FitShape(
      FitProfile.DEVICE_INFO,
      new int[][] {field(FitProfile.TIMESTAMP, UINT32), field(0, UINT8), field(1, UINT8)});
  private static final FitShape EVENT = new FitShape(
      FitProfile.EVENT,
      new int[][] {field(FitProfile.TIMESTAMP, UINT32), field(0, ENUM), field(1, ENUM)});
  private static final FitShape HRV =
      new FitShape(FitProfile.HRV, new int[][] {field(0, UINT16, BEATS_A_MESSAGE)});

  private final Spool spool = new Spool();
  private final FitOutput out;
  private FitRecordWriter records;
  private @Nullable FitSummaries begun;
  private boolean running;
  private int sensors;
  private final double[] beats = new double[BEATS_A_MESSAGE];
  private int waitingBeats;
  private long beatsAtMs;

  FitWriter(OutputStream to) {
    this.out = new FitOutput(to, spool);
    this.records = new FitRecordWriter(out);
  }

  @Override
  public void begin(ActivityOutline outline) {
    records = new FitRecordWriter(out);
    begun = new FitSummaries(out, outline);
    sensors = 0;
    waitingBeats = 0;
    String device = outline.deviceName().isBlank() ? "Pacewire" : outline.deviceName();
    double start = FitClock.nearest(outline.startAtEpochMs());
    out.write(15, FILE_ID, device, FitProfile.ACTIVITY_FILE, FitProfile.DEVELOPMENT, 0, start);
    out.write(14, FILE_CREATOR, "", SOFTWARE_VERSION);
    out.write(13, CREATOR, device, start, 0, FitProfile.DEVELOPMENT);
    timer(outline.startAtEpochMs(), START);
    running = true;
  }

  @Override
  public void sample(ActivitySample sample) {
    if (sample.atEpochMs() - beatsAtMs > BEATS_WAIT_MS) {
      writeBeats(); // the time of the record before is nearer
    }
    summaries().lapsUntil(sample.atEpochMs());
    records.write(sample);
    writeBeats();
  }

  @Override
  public void speedSensor(SpeedSensor sensor) {
    sensors++;
    double at = FitClock.nearest(summaries().outline().startAtEpochMs());
    out.write(12, SENSOR, "", at, sensors, sensor == SpeedSensor.WHEEL ? WHEEL : FOOT);
  }

  /**
   * They have no time of their own, and readers take that of the record before them: those that may stand
   * in one message wait for the record that follows them in time.
   */
  @Override
  public void beats(long atEpochMs, int[] rrMs) {
    for (int rr : rrMs) {
      if (waitingBeats == BEATS_A_MESSAGE) {
        writeBeats();
      }
      beats[waitingBeats++] = rr;
    }
    beatsAtMs = atEpochMs;
  }

  /** Five in a message; those that are missing are not valid. */
  private void writeBeats() {
    if (waitingBeats > 0) {
      Arrays.fill(beats, waitingBeats, BEATS_A_MESSAGE, Double.NaN);
      out.write(11, HRV, "", beats);
      waitingBeats = 0;
    }
  }

  @Override
  public void pause(long atEpochMs) {
    if (running) {
      timer(atEpochMs, STOP_ALL);
      running = false;
    }
  }

  @Override
  public void resume(long atEpochMs) {
    if (!running) {
      timer(atEpochMs, START);
      running = true;
    }
  }

  @Override
  public void end() {
    writeBeats();
    pause(summaries().outline().endAtEpochMs());
    summaries().end();
    out.endFile();
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    try {
      spool.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FitSummaries summaries() {
    return Objects.requireNonNull(begun, "no activity has begun");
  }

  private void timer(long atEpochMs, int action) {
    writeBeats(); // behind the event they would be of its time
    out.write(10, EVENT, "", FitClock.nearest(atEpochMs), FitProfile.TIMER, action);
  }
}
