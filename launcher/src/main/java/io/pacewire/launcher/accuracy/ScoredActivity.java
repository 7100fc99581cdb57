package io.pacewire.launcher.accuracy;

import io.pacewire.track.Figures;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one activity.
 *
 * @param placesM distance from positions alone; NaN where there are none, or too wet
 * @param sensorM that of the wheel or foot sensor; NaN where there is none
 */
record ScoredActivity(
    Reference reference,
    String sport,
    double shownM,
    double placesM,
    double sensorM,
    double ascentM,
    double timerS) {

  static ScoredActivity of(Reference reference, Figures figures, double placesM) {
    return new ScoredActivity(
        reference,
        figures.sport(),
        figures.distanceM(),
        placesM,
        figures.motion().sensorDistanceM(),
        figures.ascentM(),
        figures.timerS());
  }

  static String head() {
    return String.format(
        Locale.ROOT,
        "%-58s %-9s %10s %8s %10s %8s %10s %9s %9s",
        "activity",
        "sport",
        "shown, m",
        "error",
        "positions",
        "error",
        "sensor, m",
        "ascent, m",
        "timer, s");
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-58.58s %-9s %10.1f %8s %10s %8s %10s %9.0f %9.0f",
        reference.file(),
        sport,
        shownM,
        percent(shownM),
        metres(placesM),
        percent(placesM),
        metres(sensorM),
        ascentM,
        timerS);
  }

  JsonObject json() {
    return new JsonObject()
        .put("file", reference.file())
        .put("sport", sport)
        .put("distanceM", known(shownM))
        .put("distanceFromPositionsM", known(placesM))
        .put("sensorDistanceM", known(sensorM))
        .put("ascentM", known(ascentM))
        .put("timerS", known(timerS))
        .put("deviceDistanceM", known(reference.distanceM()))
        .put("deviceAscentM", known(reference.ascentM()))
        .put("deviceTimerS", known(reference.timerS()));
  }

  private String percent(double oursM) {
    double error = (oursM / reference.distanceM() - 1) * 100;
    return Double.isFinite(error) ? String.format(Locale.ROOT, "%+.2f%%", error) : "-";
  }

  private static String metres(double metres) {
    return Double.isNaN(metres) ? "-" : String.format(Locale.ROOT, "%.1f", metres);
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
