package io.pacewire.training.imports;

import io.pacewire.activity.ActivityFormat;
import io.pacewire.activity.ActivityLeg;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ActivityWarning;
import io.pacewire.activity.MalformedActivityException;
import io.pacewire.activity.SpeedSensor;
import io.pacewire.training.imports.ActivityTape.Thumb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gathers the activities of a file, up to a bound: what begins a recording may stand at its end. */
final class FileTapes implements ActivitySink {
  /** Eleven days of seconds. */
  static final int MOST_SAMPLES = 1_000_000;

  static final int MOST_ACTIVITIES = 100;
  private static final int MOST_LEGS = 1_000;
  private static final int MOST_FAULTS = 10;

  /** Of a file that is not what its device wrote; others are of samples, and the fold judges those. */
  private static final Set<ActivityWarning.Kind> SAID = EnumSet.of(
      ActivityWarning.Kind.CHECKSUM_WRONG,
      ActivityWarning.Kind.LENGTH_WRONG,
      ActivityWarning.Kind.BROKEN_OFF,
      ActivityWarning.Kind.DAMAGED,
      ActivityWarning.Kind.TRAILING_BYTES,
      ActivityWarning.Kind.UNDATED,
      ActivityWarning.Kind.UNREADABLE_VALUE);

  private final List<ActivityTape> tapes = new ArrayList<>();
  private ActivityTape tape = new ActivityTape();
  private final List<String> faults = new ArrayList<>();
  private boolean hasSport;
  private int before;

  List<ActivityTape> tapes() {
    return tapes;
  }

  /** What is wrong with the file although it could be read, in words; empty where nothing is. */
  String faults() {
    return String.join("; ", faults);
  }

  @Override
  public void begin(ActivityFormat format) {
    if (tapes.size() == MOST_ACTIVITIES) {
      throw new MalformedActivityException("more than " + MOST_ACTIVITIES + " activities");
    }
    before += tape.size();
    tape = new ActivityTape();
    tapes.add(tape);
    hasSport = false;
  }

  @Override
  public void sport(String name) {
    // Of several the limits must be those of none; legs say which holds when.
    tape.sport = hasSport && !tape.sport.equals(name) ? "other" : name;
    hasSport = true;
    tape.speeds.sport(name);
  }

  @Override
  public void device(String name) {
    tape.device = name;
  }

  @Override
  public void speedSensor(SpeedSensor sensor) {
    tape.speeds.sensor(sensor);
  }

  @Override
  public void utcOffset(int offsetS) {
    tape.utcOffsetS = offsetS;
  }

  @Override
  public void sample(ActivitySample sample) {
    bound();
    tape.sample(sample);
  }

  @Override
  public void beats(long atEpochMs, int[] rrMs) {
    bound();
    tape.beats(atEpochMs, rrMs);
  }

  @Override
  public void pause(long atEpochMs) {
    bound();
    tape.mark(atEpochMs, Thumb.PAUSE);
  }

  @Override
  public void resume(long atEpochMs) {
    bound();
    tape.mark(atEpochMs, Thumb.RESUME);
  }

  @Override
  public void lap(long atEpochMs) {
    bound();
    tape.mark(atEpochMs, Thumb.LAP);
  }

  @Override
  public void leg(ActivityLeg leg) {
    if (tape.legs.size() < MOST_LEGS) {
      tape.legs.add(leg);
      tape.speeds.leg(leg);
    }
  }

  @Override
  public void warning(ActivityWarning warning) {
    if (SAID.contains(warning.kind()) && faults.size() < MOST_FAULTS) {
      String more = warning.count() > 1 ? ", " + warning.count() + " times" : "";
      faults.add(warning.text() + " (at " + warning.firstAt() + more + ")");
    }
  }

  @Override
  public void end() {
    tape.end();
  }

  private void bound() {
    if (before + tape.size() >= MOST_SAMPLES) {
      throw new MalformedActivityException("more than " + MOST_SAMPLES + " samples");
    }
  }
}
