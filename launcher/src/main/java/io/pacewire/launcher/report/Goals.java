package io.pacewire.launcher.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What every measuring command prints: a table of figure, goal, measured and verdict, and how many
 * goals hold. A goal that is missed is reported; it is no failure of the command.
 */
public final class Goals {
  private final List<Row> rows = new ArrayList<>();

  /** How a measured value relates to its goal. */
  public enum Bound {
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  private static final int UNCOUNTED = -1;

  private record Row(
      String figure,
      Bound bound,
      double goal,
      double measured,
      String unit,
      String spread,
      int cases) {
    String measuredText() {
      return Double.isFinite(measured) ? number(measured) + " " + unit : "-";
    }

    String verdict() {
      return !Double.isFinite(measured) ? "not measured" : holds() ? "holds" : "missed";
    }

    boolean holds() {
      return bound == Bound.AT_MOST ? measured <= goal : measured >= goal;
    }

    String goalText() {
      return bound.sign + " " + number(goal) + " " + unit;
    }
  }

  /** @param measured NaN where nothing could be measured, which never holds */
  public void add(String figure, Bound bound, double goal, double measured, String unit) {
    add(figure, bound, goal, measured, unit, "");
  }

  /** @param spread what the rounds gave that {@code measured} is the median of, for people */
  public void add(
      String figure, Bound bound, double goal, double measured, String unit, String spread) {
    rows.add(new Row(figure, bound, goal, measured, unit, spread, UNCOUNTED));
  }

  /** @param cases how many {@code measured} was made of */
  public void add(
      String figure, Bound bound, double goal, double measured, String unit, int cases) {
    rows.add(new Row(figure, bound, goal, measured, unit, Integer.toString(cases), cases));
  }

  /** The table, and the line {@code goals: N of M hold}. */
  public String table() {
    int figureWidth =
        Math.max(6, rows.stream().mapToInt(row -> row.figure.length()).max().orElse(0));
    int goalWidth =
        Math.max(4, rows.stream().mapToInt(row -> row.goalText().length()).max().orElse(0));
    int spreadWidth = rows.stream().mapToInt(row -> row.spread.length()).max().orElse(0);
    String format = "%-" + figureWidth + "s  %-" + goalWidth + "s  %14s  "
        + (spreadWidth > 0 ? "%-" + Math.max(6, spreadWidth) + "s  " : "%s") + "%s%n";
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT, format, "figure", "goal", "measured", spreadHead(spreadWidth), "verdict"));
    for (Row row : rows) {
      text.append(String.format(
          Locale.ROOT,
          format,
          row.figure,
          row.goalText(),
          row.measuredText(),
          row.spread,
          row.verdict()));
    }
    long holding = rows.stream().filter(Row::holds).count();
    return text.append(String.format(Locale.ROOT, "goals: %d of %d hold", holding, rows.size()))
        .toString();
  }

  private String spreadHead(int width) {
    boolean counted = rows.stream().anyMatch(row -> row.cases != UNCOUNTED);
    return width == 0 ? "" : counted ? "n" : "spread";
  }

  /** The same for programs. */
  public JsonArray json() {
    JsonArray array = new JsonArray();
    for (Row row : rows) {
      array.add(new JsonObject()
          .put("figure", row.figure)
          .put("goal", row.goal)
          .put("measured", Double.isFinite(row.measured) ? row.measured : null)
          .put("unit", row.unit)
          .put("holds", row.holds()));
      if (row.cases != UNCOUNTED) {
        array.getJsonObject(array.size() - 1).put("n", row.cases);
      } else if (!row.spread.isEmpty()) {
        array.getJsonObject(array.size() - 1).put("spread", row.spread);
      }
    }
    return array;
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e12
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
