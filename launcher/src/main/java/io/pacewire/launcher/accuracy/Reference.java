package io.pacewire.launcher.accuracy;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a device made of an activity itself; NaN where it says nothing. Compared with, never computed
 * from.
 *
 * @param file as the manifest names it; empty where it names none
 * @param sensor whether a wheel or a foot sensor is said to have driven its distance
 * @param wet a swim, or an activity with one in it: a receiver is under water half the time
 */
record Reference(
    String file, double distanceM, double timerS, double ascentM, boolean sensor, boolean wet) {
  private static final Pattern SENSOR =
      Pattern.compile("wheel|foot|stryd|\\bpod\\b|speed sensor", Pattern.CASE_INSENSITIVE);
  private static final Pattern SWIM =
      Pattern.compile("swim|triathl|aquathl", Pattern.CASE_INSENSITIVE);

  /** A row of {@code activities/manifest.csv}; every column but the file's may be absent. */
  static Reference of(Map<String, String> row) {
    String file = text(row, "file");
    String named = file + " " + text(row, "sport") + " " + text(row, "notes");
    return new Reference(
        file,
        number(row, "ref_distance_m"),
        number(row, "ref_timer_s"),
        number(row, "ref_ascent_m"),
        SENSOR.matcher(text(row, "ref_distance_source")).find(),
        SWIM.matcher(named).find());
  }

  /** Whether there is anything to compare with. */
  boolean saysSomething() {
    return distanceM > 0 || timerS > 0 || ascentM > 0;
  }

  private static String text(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  /** NaN where it is blank, no number, or no length or time. */
  private static double number(Map<String, String> row, String column) {
    String text = text(row, column).toLowerCase(Locale.ROOT);
    if (text.indexOf('.') < 0) {
      text = text.replace(',', '.');
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) && value >= 0 ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
