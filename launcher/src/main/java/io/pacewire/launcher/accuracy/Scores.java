package io.pacewire.launcher.accuracy;

import io.pacewire.launcher.report.Goals;
import io.pacewire.launcher.report.Goals.Bound;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The errors of every figure, and what they are meant to be. */
final class Scores {
  /** How percentiles are taken, for people and programs. */
  static final String QUANTILE =
      "nearest rank: the smallest error that so large a share of all n does not exceed";

  final Errors positions = new Errors("distance from positions");
  final Errors besideSensors = new Errors("distance from positions, beside a wheel or foot sensor");
  final Errors sensors = new Errors("distance of the wheel or foot sensor itself");
  final Errors shown = new Errors("distance as shown, all of these activities");
  final Errors wet = new Errors("distance, swims and triathlons");
  final Errors noise = new Errors("distance under injected noise");
  final Errors ascent = new Errors("ascent, activities of 30 m and more");
  final Errors timerOfFit = new Errors("timer time, FIT files with events");
  final Errors timerOfOthers = new Errors("timer time, files without events");
  final Errors timerOfFixes = new Errors("timer time, positions alone");
  final Errors laps = new Errors("auto-lap splits");
  final Errors pace = new Errors("pace over 5 to 10 s against the device's speed");
  final Errors steps = new Errors("steps");

  private List<Errors> all() {
    return List.of(
        positions,
        besideSensors,
        sensors,
        shown,
        wet,
        noise,
        ascent,
        timerOfFit,
        timerOfOthers,
        timerOfFixes,
        laps,
        pace,
        steps);
  }

  Errors timer(boolean events) {
    return events ? timerOfFit : timerOfOthers;
  }

  /** Whether any recording could be compared with anything. */
  boolean areAny() {
    return all().stream().anyMatch(errors -> errors.size() > 0);
  }

  /** Number of cases, median, 90th percentile and the worst, of each figure. */
  String table() {
    StringBuilder text = new StringBuilder(Errors.head()).append(System.lineSeparator());
    for (Errors one : all()) {
      text.append(one.row()).append(System.lineSeparator());
    }
    return text.append("p50, p90: ")
        .append(QUANTILE)
        .append(System.lineSeparator())
        .toString();
  }

  JsonArray json() {
    JsonArray array = new JsonArray();
    all().forEach(errors -> array.add(errors.json()));
    return array;
  }

  Goals goals(double worstGeodesyPpm, double driftM) {
    Goals goals = new Goals();
    quantile(goals, positions, 0.5, 0.35);
    quantile(goals, positions, 0.9, 1.6);
    quantile(goals, noise, 0.5, 0.7);
    quantile(goals, noise, 0.9, 1.4);
    quantile(goals, noise, 1, 3);
    String geodesy = "geodesy up to 1 km against Karney, worst";
    goals.add(geodesy, Bound.AT_MOST, 0.1, worstGeodesyPpm, "ppm", GeodesyCheck.PAIRS);
    quantile(goals, ascent, 0.5, 5);
    quantile(goals, ascent, 0.9, 20);
    quantile(goals, timerOfFit, 0.9, 0.5);
    quantile(goals, timerOfFixes, 0.9, 4);
    quantile(goals, laps, 0.5, 0.5);
    quantile(goals, laps, 0.9, 2);
    quantile(goals, pace, 0.5, 3.5);
    goal(goals, steps, "mean", 4, Errors::mean);
    String drift = "drift on a table, ten minutes";
    goals.add(drift, Bound.AT_MOST, 0, driftM, "m", TableDrift.CASES);
    return goals;
  }

  private static void quantile(Goals goals, Errors errors, double share, double percent) {
    String name = share == 1 ? "max" : "p" + Math.round(share * 100);
    goal(goals, errors, name, percent, each -> each.quantile(share));
  }

  private static void goal(
      Goals goals, Errors errors, String name, double percent, ToDoubleFunction<Errors> of) {
    String figure = errors.figure() + ", " + name;
    goals.add(figure, Bound.AT_MOST, percent, of.applyAsDouble(errors), "%", errors.size());
  }
}
