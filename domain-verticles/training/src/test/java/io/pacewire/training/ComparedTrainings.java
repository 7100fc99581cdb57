package io.pacewire.training;

import io.pacewire.training.FigureTolerances.Tolerance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The same training of two athletes, the second of whom has it of an export of the first. */
record ComparedTrainings(String name, String format, SeenTraining was, SeenTraining is) {
  /** Of places: the wire's 1e-7 degrees; a FIT file's step is 0.84 of that, so rounding may add one. */
  private static final double PLACE_STEP = 1.01e-7;

  private static final double TIME_STEP_MS = 4;

  /** All that is not the same, within what is stated. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    figures(faults);
    for (String column : was.columns()) {
      double step = step(column);
      if (!Double.isNaN(step)) {
        samples(column, step, faults);
      }
    }
    return faults;
  }

  /** Whether nothing of a figure is excepted. */
  boolean compares(String figure) {
    return FormatLack.of(format, was).stream().noneMatch(lack -> lack.excepts(figure));
  }

  private void figures(List<String> faults) {
    Map<String, Object> before = FlatDocument.of(was.document());
    Map<String, Object> after = FlatDocument.of(is.document());
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    MarkSlack slack = MarkSlack.of(format, was);
    List<FormatLack> lacks = FormatLack.of(format, was);
    for (String path : paths) {
      Tolerance tolerance = FigureTolerances.of(path).orElse(null);
      if (tolerance == null) {
        faults.add(name + ": no tolerance is stated of " + path);
      } else if (lacks.stream().noneMatch(lack -> lack.excepts(FigureTolerances.figure(path)))
          && !tolerance.isFree()
          && !isWithin(tolerance, before, path, after.get(path), slack)) {
        faults.add(name + ": " + path + " was " + before.get(path) + " and is " + after.get(path)
            + ", " + tolerance);
      }
    }
  }

  private boolean isWithin(
      Tolerance tolerance, Map<String, Object> all, String path, Object is, MarkSlack slack) {
    Object was = all.get(path);
    if (!(was instanceof Number before) || !(is instanceof Number after)) {
      return Objects.equals(was, is);
    }
    double share = slack.timerS() / Math.max(1, number(all, "figures.timerS"));
    double open = switch (tolerance.slack()) {
      case NONE -> 0;
      case START_MS -> slack.startMs();
      case END_MS -> slack.endMs();
      case EDGES_S -> slack.edgesS();
      case TIMER_S -> slack.timerS();
      case SHARE_OF_TIMER -> share * before.doubleValue();
      case PACE ->
        (1 + slack.timerS())
            * 1_000
            / Math.max(1, number(all, path.replace("paceSPerKm", "distanceM")));
    };
    return Math.abs(after.doubleValue() - before.doubleValue())
        <= tolerance.most(before.doubleValue(), open);
  }

  private static double number(Map<String, Object> all, String path) {
    return all.get(path) instanceof Number number ? number.doubleValue() : 0;
  }

  /** What two sensors said within a step of a format's time may become one row. */
  private void samples(String column, double step, List<String> faults) {
    boolean gpx = format.equals("gpx");
    List<String[]> before = gpx ? was.valuesAtPositions(column) : was.values(column);
    List<String[]> after = is.values(column);
    if (gpx) {
      after = ofTheSameTimes(before, after); // others hold what was heard before them
    }
    if (after.size() != before.size()) {
      faults.add(name + ": " + column + " had " + before.size() + " and has " + after.size());
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!isClose(before.get(i)[0], after.get(i)[0], TIME_STEP_MS)
          || !isClose(before.get(i)[1], after.get(i)[1], step)) {
        faults.add(name + ": " + column + " " + i + " was " + List.of(before.get(i)) + " and is "
            + List.of(after.get(i)));
        return;
      }
    }
  }

  private static List<String[]> ofTheSameTimes(List<String[]> before, List<String[]> after) {
    Map<String, Integer> times = new HashMap<>();
    before.forEach(one -> times.merge(one[0], 1, Integer::sum));
    return after.stream().filter(one -> times.containsKey(one[0])).toList();
  }

  private static boolean isClose(String before, String after, double step) {
    return Math.abs(Double.parseDouble(after) - Double.parseDouble(before)) <= step * 1.000_001;
  }

  /** Half a step of the wire and of the format together; NaN where a format has no place for it. */
  private double step(String column) {
    boolean fit = format.equals("fit");
    boolean sensor = was.figures().getJsonObject("motion").getValue("sensorDistanceM") != null;
    return switch (column) {
      case "latitude_deg", "longitude_deg" -> PLACE_STEP;
      case "altitude_m" -> 0.105;
      case "accuracy_m" -> fit ? 0.505 : Double.NaN; // neither GPX nor TCX
      case "heart_rate_bpm", "power_w" -> 0;
      case "cadence_per_min" -> 0.505;
      case "speed_mps" ->
        fit || !sensor ? 0.0055 : Double.NaN; // without a position it is a sensor's
      case "temperature_c" -> format.equals("tcx") ? Double.NaN : 0.505; // no place in TCX
      case "pressure_pa" -> fit ? 0.55 : Double.NaN; // neither GPX nor TCX
      default -> Double.NaN; // time stands with each; the rest is the training's, not the samples'
    };
  }
}
