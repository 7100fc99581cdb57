package io.pacewire.training.imports;

import io.pacewire.activity.ActivityLeg;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How activities of a file become recordings. Pure. */
final class RecordingRules {
  /** Devices round the times of legs that touch each other. */
  private static final long TOUCHING_MS = 2_000;

  private RecordingRules() {}

  /**
   * A recording a leg, where the file states several that follow one another: each session of a
   * triathlon is a training of its own sport. What lies between two belongs to the earlier one.
   *
   * @param described the sport that the archive states; empty where it does not
   */
  static List<Recording> cut(ActivityTape tape, String described, ZoneId zone) {
    List<ActivityLeg> legs = new ArrayList<>(tape.legs);
    legs.sort(Comparator.comparingLong(ActivityLeg::startAtEpochMs));
    if (legs.size() < 2 || !follow(legs)) {
      String sport = tape.sport.equals("other") && !described.isEmpty() ? described : tape.sport;
      return List.of(new Recording(tape, sport, Long.MIN_VALUE, Long.MAX_VALUE, zone));
    }
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < legs.size(); i++) {
      long from = i == 0 ? Long.MIN_VALUE : legs.get(i).startAtEpochMs();
      long before = i == legs.size() - 1 ? Long.MAX_VALUE : legs.get(i + 1).startAtEpochMs();
      if (holdsSample(tape, from, before)) {
        recordings.add(new Recording(tape, legs.get(i).sport(), from, before, zone));
      }
    }
    return recordings;
  }

  private static boolean follow(List<ActivityLeg> legs) {
    for (int i = 1; i < legs.size(); i++) {
      ActivityLeg earlier = legs.get(i - 1);
      ActivityLeg later = legs.get(i);
      if (later.startAtEpochMs() <= earlier.startAtEpochMs()
          || later.startAtEpochMs() < earlier.endAtEpochMs() - TOUCHING_MS) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsSample(ActivityTape tape, long fromMs, long beforeMs) {
    for (int i = 0; i < tape.samples.size(); i++) {
      if (tape.samples.atMs(i) >= fromMs && tape.samples.atMs(i) < beforeMs) {
        return true;
      }
    }
    return false;
  }
}
