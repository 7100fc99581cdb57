package io.pacewire.training;

import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.SpeedSensor;
import io.pacewire.wire.FixColumn;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongToDoubleFunction;

/**
 * Tells a recording's batches as activity files hold them: what sensors measured at one moment as one
 * sample, pauses between them. Pure; a file's own counters come from the training.
 */
final class BatchSamples {
  private static final double E7 = 1e7;
  private static final double HUNDRED = 100;
  private static final int MS_A_SECOND = 1_000;
  private static final int RR_A_SECOND = 1_024;
  private static final Set<String> ON_FOOT = Set.of("run", "trail-run", "walk", "hike");
  private static final Set<String> ON_WHEELS = Set.of("ride", "mtb", "indoor");

  /** Sooner than that is the same second of a file. */
  private static final long LATE_MS = 1_000;

  /** So long a value holds where a file has a place for it at positions alone. */
  private static final long HOLDS_MS = 3_000;

  private static final int FIXES = 0;
  private static final int RATES = 1;
  private static final int CADENCES = 2;
  private static final int POWERS = 3;
  private static final int SPEEDS = 4;
  private static final int TEMPERATURES = 5;
  private static final int PRESSURES = 6;
  private static final int ALTITUDES = 7;
  private static final int KINDS = 8;

  private final String sport;
  private final LongToDoubleFunction distanceM;
  private final boolean fills;
  private long untoldMs = Long.MAX_VALUE;
  private final ActivitySink sink;
  private final int[] next = new int[KINDS];
  private final int[] values = new int[KINDS];
  private final long[] heardMs = new long[KINDS];
  private final int[] heard = new int[KINDS];
  private int[] beats = new int[16];
  private int nextBeat;
  private int nextMark;
  private boolean speedTold;

  /**
   * @param distanceM so far, by time; NaN where unknown
   * @param fills whether positions get what was heard just before them: some formats have no other
   *     place for it
   */
  BatchSamples(String sport, LongToDoubleFunction distanceM, boolean fills, ActivitySink sink) {
    this.sport = sport;
    this.distanceM = distanceM;
    this.fills = fills;
    this.sink = sink;
    Arrays.fill(heardMs, Long.MIN_VALUE / 2);
  }

  /**
   * Of a format whose readers, ours too, take an activity to begin with its first sample: where nothing is
   * measured at its start, there is one that holds its time alone, as watches write it.
   */
  void beginAt(long startMs) {
    untoldMs = startMs;
  }

  void tell(SampleBatch batch) {
    Arrays.fill(next, 0);
    nextBeat = 0;
    nextMark = 0;
    if (batch.speeds().size() > 0 && !speedTold) {
      speedTold = true;
      sink.speedSensor(ON_WHEELS.contains(sport) ? SpeedSensor.WHEEL : SpeedSensor.FOOT);
    }
    for (long at = earliest(batch); at != Long.MAX_VALUE; at = earliest(batch)) {
      silence(at);
      marks(batch, at);
      beats(batch, at);
      sample(batch, at);
    }
    beats(batch, Long.MAX_VALUE);
    marks(batch, Long.MAX_VALUE);
  }

  private void silence(long untilMs) {
    if (untilMs - LATE_MS >= untoldMs) {
      double none = Double.NaN;
      sink.sample(new ActivitySample(
          untoldMs, none, none, none, none, -1, none, -1, none, none, none, none));
    }
    untoldMs = Long.MAX_VALUE;
  }

  private long earliest(SampleBatch batch) {
    long at = Long.MAX_VALUE;
    for (int kind = 0; kind < KINDS; kind++) {
      at = Math.min(at, atMs(batch, kind));
    }
    return at;
  }

  /** Of what is next of a kind. */
  private long atMs(SampleBatch batch, int kind) {
    int place = next[kind];
    return switch (kind) {
      case FIXES -> place < batch.fixes().size() ? batch.fixes().atEpochMs(place) : Long.MAX_VALUE;
      case RATES ->
        place < batch.heartRates().size() ? batch.heartRates().atEpochMs(place) : Long.MAX_VALUE;
      default -> {
        ScalarColumn column = scalar(batch, kind);
        yield place < column.size() ? column.atEpochMs(place) : Long.MAX_VALUE;
      }
    };
  }

  private static ScalarColumn scalar(SampleBatch batch, int kind) {
    return switch (kind) {
      case CADENCES -> batch.cadences();
      case POWERS -> batch.powers();
      case SPEEDS -> batch.speeds();
      case TEMPERATURES -> batch.temperatures();
      case PRESSURES -> batch.pressures();
      case ALTITUDES -> batch.altitudes();
      default -> throw new IllegalArgumentException("no column " + kind);
    };
  }

  /** Who goes on at this moment does so before what is measured then, who pauses does so after. */
  private void marks(SampleBatch batch, long untilMs) {
    while (nextMark < batch.marks().size()) {
      Mark mark = batch.marks().get(nextMark);
      boolean resumes = mark.kind() == Mark.Kind.RESUME;
      boolean due = mark.atEpochMs() < untilMs || (resumes && mark.atEpochMs() == untilMs);
      if (!due) {
        return;
      }
      nextMark++;
      if (resumes) {
        sink.resume(mark.atEpochMs());
      } else if (mark.kind() == Mark.Kind.PAUSE) {
        sink.pause(mark.atEpochMs());
      }
    }
  }

  private void beats(SampleBatch batch, long untilMs) {
    ScalarColumn column = batch.rrIntervals();
    int count = 0;
    long last = 0;
    while (nextBeat < column.size() && column.atEpochMs(nextBeat) <= untilMs) {
      if (count == beats.length) {
        beats = Arrays.copyOf(beats, 2 * count);
      }
      last = column.atEpochMs(nextBeat);
      beats[count++] =
          (int) Math.round((double) column.value(nextBeat++) * MS_A_SECOND / RR_A_SECOND);
    }
    if (count > 0) {
      sink.beats(last, Arrays.copyOf(beats, count));
    }
  }

  private void sample(SampleBatch batch, long at) {
    for (int kind = 0; kind < KINDS; kind++) {
      values[kind] = SampleBatch.ABSENT;
      if (atMs(batch, kind) == at) {
        int place = next[kind]++;
        values[kind] = value(batch, kind, place);
        heard[kind] = values[kind];
        heardMs[kind] = at;
      }
    }
    boolean placed = values[FIXES] != SampleBatch.ABSENT;
    if (fills && placed) {
      for (int kind = RATES; kind < ALTITUDES; kind++) { // a height is of its place
        boolean holds = at - heardMs[kind] <= HOLDS_MS && at >= heardMs[kind];
        values[kind] = values[kind] == SampleBatch.ABSENT && holds ? heard[kind] : values[kind];
      }
    }
    FixColumn fixes = batch.fixes();
    int fix = values[FIXES];
    sink.sample(new ActivitySample(
        at,
        placed ? clamped(fixes.latitudeE7(fix) / E7, 90) : Double.NaN,
        placed ? clamped(fixes.longitudeE7(fix) / E7, 180) : Double.NaN,
        scaled(altitudeCm(fixes), HUNDRED),
        placed ? scaled(fixes.accuracyCm(fix), HUNDRED) : Double.NaN,
        values[RATES] > 0 ? values[RATES] : -1,
        scaled(values[CADENCES], ON_FOOT.contains(sport) ? 2 : 1),
        Math.max(-1, values[POWERS]),
        scaled(speedCmS(fixes), HUNDRED),
        scaled(values[TEMPERATURES], HUNDRED),
        scaled(values[PRESSURES], 1),
        distanceM.applyAsDouble(at)));
  }

  /**
   * A file has one place for a sensor's and a receiver's, and names the sensor for all of it: where
   * there is a sensor, the receiver's stays out.
   */
  private int speedCmS(FixColumn fixes) {
    int fix = values[FIXES];
    return speedTold || fix == SampleBatch.ABSENT ? values[SPEEDS] : fixes.speedCms(fix);
  }

  /** That of the position counts where it has one. */
  private int altitudeCm(FixColumn fixes) {
    int fix = values[FIXES];
    int own = fix == SampleBatch.ABSENT ? fix : fixes.altitudeCm(fix);
    return own == SampleBatch.ABSENT ? values[ALTITUDES] : own;
  }

  /** Of fixes their place. */
  private static int value(SampleBatch batch, int kind, int place) {
    return switch (kind) {
      case FIXES -> place;
      case RATES -> batch.heartRates().bpm(place);
      default -> scalar(batch, kind).value(place);
    };
  }

  private static double scaled(int value, double scale) {
    return value == SampleBatch.ABSENT ? Double.NaN : value / scale;
  }

  /** Devices may have sent anything; a file holds places on Earth. */
  private static double clamped(double deg, double most) {
    return Math.max(-most, Math.min(most, deg));
  }
}
