package io.pacewire.track.geo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes along a track and keeps what no zone hides. */
final class StretchCutter {
  private final PrivacyZones zones;
  private final List<List<PathPoint>> stretches = new ArrayList<>();
  private final List<Double> shares = new ArrayList<>();
  private @Nullable List<PathPoint> open;
  private @Nullable PathPoint before;
  private double hiddenM;

  StretchCutter(PrivacyZones zones) {
    this.zones = zones;
  }

  List<List<PathPoint>> stretches() {
    return stretches;
  }

  void accept(PathPoint point) {
    PathPoint from = before;
    boolean hidden = zones.hide(point.position());
    if (from == null) {
      hiddenM = point.distanceM();
    } else if (point.afterBreak()) {
      skip(from, point, hidden);
    } else {
      leg(from, point);
    }
    if (hidden) {
      open = null;
    } else {
      show(point);
    }
    before = point;
  }

  /** Nothing is drawn, so nothing is cut; the way counts as hidden if an end is. */
  private void skip(PathPoint from, PathPoint to, boolean hidden) {
    if (hidden || open == null) {
      hiddenM += to.distanceM() - from.distanceM();
    }
    open = null;
  }

  private void leg(PathPoint from, PathPoint to) {
    shares.clear();
    zones.addCuts(from.position(), to.position(), shares);
    shares.add(1.0);
    Collections.sort(shares);
    double start = 0;
    for (double end : shares) {
      part(from, to, start, end);
      start = end;
    }
  }

  private void part(PathPoint from, PathPoint to, double start, double end) {
    if (zones.hide(from.position().towards(to.position(), (start + end) / 2))) {
      hiddenM += (end - start) * (to.distanceM() - from.distanceM());
      open = null;
      return;
    }
    if (open == null) {
      show(from.towards(to, start));
    }
    if (end < 1) {
      show(from.towards(to, end));
    }
  }

  private void show(PathPoint point) {
    double shownM = Math.max(0, point.distanceM() - hiddenM);
    List<PathPoint> stretch = open;
    if (stretch == null) {
      stretch = new ArrayList<>();
      stretches.add(stretch);
      open = stretch;
    }
    stretch.add(point.with(shownM, stretch.isEmpty()));
  }
}
