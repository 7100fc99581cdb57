package io.pacewire.track;

import java.util.ArrayList;
import java.util.List;

/** Everything a fold put out, and the same as text that shows every bit. */
final class Outputs implements FoldSink {
  final List<TrackPoint> points = new ArrayList<>();
  final List<Split> splits = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<Lap> laps = new ArrayList<>();
  final List<String> lines = new ArrayList<>();

  @Override
  public void point(TrackPoint p) {
    points.add(p);
    lines.add("point " + p.index() + " " + p.atEpochMs() + bits(p.latitudeDeg(), p.longitudeDeg())
        + bits(p.distanceM(), p.timerS(), p.paceSPerKm(), p.altitudeM()) + " " + p.heartRateBpm()
        + " " + p.flags());
  }

  @Override
  public void split(Split s) {
    splits.add(s);
    lines.add("split " + s.index() + " " + s.endAtEpochMs() + " " + s.partial()
        + bits(s.distanceM(), s.timerS(), s.averageHeartRateBpm(), s.ascentM()));
  }

  @Override
  public void verdict(Verdict v) {
    verdicts.add(v);
    lines.add("verdict " + v.index() + " " + v.atEpochMs() + " " + v.reason()
        + bits(v.confidence(), v.value(), v.limit(), v.latitudeDeg(), v.longitudeDeg()));
  }

  @Override
  public void lap(Lap l) {
    laps.add(l);
    lines.add("lap " + l.index() + " " + l.endAtEpochMs() + bits(l.distanceM(), l.timerS()));
  }

  /** Null where both are the same. */
  String firstDifference(Outputs expected) {
    for (int i = 0; i < Math.max(lines.size(), expected.lines.size()); i++) {
      String here = i < lines.size() ? lines.get(i) : "(nothing)";
      String there = i < expected.lines.size() ? expected.lines.get(i) : "(nothing)";
      if (!here.equals(there)) {
        return "expected\n" + there + "\nbut was\n" + here;
      }
    }
    return null;
  }

  private static String bits(double... values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(' ').append(Double.toHexString(value));
    }
    return text.toString();
  }
}
