package io.pacewire.training.imports;

import io.pacewire.activity.ActivityLeg;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.RecordedActivity;
import io.pacewire.activity.SensorSpeeds;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * One activity of a file in the wire's units, as it was told: what sensors measured and the athlete
 * did, none of what a file says of its own totals. Some 50 bytes a sample.
 */
final class ActivityTape {
  private static final double E7 = 1e7;
  private static final double HUNDRED = 100;

  /** On the highest mountain and in the deepest valley, with weather to spare; more is water. */
  private static final double LEAST_PA = 20_000;

  private static final double MOST_PA = 120_000;
  private static final int RR_A_SECOND = 1_024;
  private static final int MS_A_SECOND = 1_000;

  /** What is further ahead than some records are apart is of another clock. */
  private static final long BEATS_AHEAD_MS = 30_000;

  final TimedValues samples = new TimedValues();
  final IntColumn latitudeE7 = new IntColumn();
  final IntColumn longitudeE7 = new IntColumn();
  final IntColumn altitudeCm = new IntColumn();
  final IntColumn accuracyCm = new IntColumn();
  /** Whosever it is, where there is a position. */
  final IntColumn fixSpeedCmS = new IntColumn();

  final IntColumn heartRateBpm = new IntColumn();
  /** Twice the file's cycles: steps on foot, which may be odd in number. */
  final IntColumn halfCyclesPerMin = new IntColumn();

  final IntColumn powerW = new IntColumn();
  final IntColumn temperatureCdeg = new IntColumn();
  final IntColumn pressurePa = new IntColumn();
  final TimedValues rrIntervals = new TimedValues();
  final TimedValues speedsCmS = new TimedValues();
  /** Each with the number of its {@link Thumb}. */
  final TimedValues marks = new TimedValues();

  final List<ActivityLeg> legs = new ArrayList<>();
  final SensorSpeeds speeds = new SensorSpeeds();
  String sport = "other";
  String device = "";
  int utcOffsetS = RecordedActivity.UNKNOWN_OFFSET;
  private long beatsToldAtMs = Long.MIN_VALUE;
  private long lastBeatAtMs = Long.MIN_VALUE;

  /** What the athlete's thumb did. */
  enum Thumb {
    PAUSE(0),
    RESUME(1),
    LAP(2);

    private final int number;

    Thumb(int number) {
      this.number = number;
    }

    static Thumb of(int number) {
      return number == 0 ? PAUSE : number == 1 ? RESUME : LAP;
    }
  }

  void sample(ActivitySample sample) {
    int place = samples.size();
    samples.add(sample.atEpochMs(), SampleBatch.ABSENT);
    if (sample.hasPosition()) {
      latitudeE7.set(place, (int) Math.round(sample.latitudeDeg() * E7));
      longitudeE7.set(place, (int) Math.round(sample.longitudeDeg() * E7));
      accuracyCm.set(place, sample.accuracyM() >= 0 ? hundredths(sample.accuracyM()) : absent());
      fixSpeedCmS.set(place, sample.speedMps() >= 0 ? hundredths(sample.speedMps()) : absent());
    }
    altitudeCm.set(place, hundredths(sample.altitudeM()));
    heartRateBpm.set(place, sample.heartRateBpm() > 0 ? sample.heartRateBpm() : absent());
    double cycles = sample.cadencePerMin();
    halfCyclesPerMin.set(place, cycles >= 0 ? (int) Math.round(2 * cycles) : absent());
    powerW.set(place, sample.powerW() >= 0 ? sample.powerW() : absent());
    temperatureCdeg.set(place, hundredths(sample.temperatureC()));
    double pressure = sample.pressurePa();
    boolean air = pressure >= LEAST_PA && pressure <= MOST_PA;
    pressurePa.set(place, air ? (int) Math.round(pressure) : absent());
    speeds.sample(sample);
  }

  /**
   * Each beat at the time up to which it was measured. Those that are told at the time of others before
   * them follow those: a FIT file says of beats only what its last record was.
   */
  void beats(long atMs, int[] rrMs) {
    long at = atMs == beatsToldAtMs ? lastBeatAtMs : beforeBeats(atMs, rrMs);
    for (int rr : rrMs) {
      at += rr;
      rrIntervals.add(at, Math.round((float) rr * RR_A_SECOND / MS_A_SECOND));
    }
    beatsToldAtMs = atMs;
    lastBeatAtMs = at;
  }

  /** Where they begin that end at this time; none is before the last one, if that is near. */
  private long beforeBeats(long atMs, int[] rrMs) {
    long begin = atMs;
    for (int rr : rrMs) {
      begin -= rr;
    }
    boolean overtakes =
        rrMs.length > 0 && begin + rrMs[0] < lastBeatAtMs && lastBeatAtMs <= atMs + BEATS_AHEAD_MS;
    return overtakes ? lastBeatAtMs - rrMs[0] : begin;
  }

  void mark(long atMs, Thumb thumb) {
    marks.add(atMs, thumb.number);
  }

  /** Nothing more comes: whose the speeds are is known now. */
  void end() {
    speeds.tell((at, speedMps) -> speedsCmS.add(at, hundredths(speedMps)));
  }

  /** How much was told. */
  int size() {
    return samples.size() + rrIntervals.size() + marks.size();
  }

  private static int hundredths(double value) {
    return Double.isFinite(value) && Math.abs(value) < Integer.MAX_VALUE / HUNDRED
        ? (int) Math.round(value * HUNDRED)
        : absent();
  }

  private static int absent() {
    return SampleBatch.ABSENT;
  }
}
