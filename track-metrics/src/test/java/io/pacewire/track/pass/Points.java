package io.pacewire.track.pass;

import io.pacewire.track.TrackPoint;
import io.pacewire.track.TrackPoints;
import java.util.ArrayList;
import java.util.List;

/** Points whose distance is told second by second. */
final class Points {
  final List<TrackPoint> list = new ArrayList<>();
  private double distanceM;
  private int second;
  private int bpm;

  Points() {
    list.add(TrackPoints.at(0, 0, 0, 0, 0, 0));
  }

  Points bpm(int value) {
    bpm = value;
    return this;
  }

  Points go(int seconds, double mps) {
    return go(seconds, mps, 0);
  }

  Points go(int seconds, double mps, int flags) {
    for (int i = 0; i < seconds; i++) {
      second++;
      distanceM += mps;
      list.add(TrackPoints.at(second, distanceM / 111_000, 0, distanceM, bpm, flags));
    }
    return this;
  }

  /** Time goes by without a point. */
  Points silence(int seconds, double metres, int flags) {
    second += seconds - 1;
    return go(1, metres, flags);
  }
}
