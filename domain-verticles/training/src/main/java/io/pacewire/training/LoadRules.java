package io.pacewire.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Training load day by day: what a training costs, spread over the weeks after it by exponentially
 * weighted means.
 *
 * <p>The two-component impulse-response model is Banister's (Modeling elite athletic performance, in
 * Physiological Testing of the High-Performance Athlete, 1991; Morton, Fitz-Clarke and Banister, J Appl
 * Physiol 69:1171, 1990), with time constants of 42 days for fitness and 7 for fatigue as Allen and
 * Coggan use them (Training and Racing with a Power Meter, 2nd ed. 2010, chapter 8): chronic and acute
 * training load,
 *
 * <pre>  load(d) = load(d-1) + (cost(d) - load(d-1)) (1 - e^(-1/T))</pre>
 *
 * and form on a day is yesterday's chronic less yesterday's acute load: how rested one stands at the
 * start. Before the first training both are 0, so the first weeks of an account show less than the
 * athlete has.
 */
final class LoadRules {
  static final int CHRONIC_DAYS = 42;
  static final int ACUTE_DAYS = 7;

  private static final double CHRONIC_SHARE = 1 - StrictMath.exp(-1.0 / CHRONIC_DAYS);
  private static final double ACUTE_SHARE = 1 - StrictMath.exp(-1.0 / ACUTE_DAYS);

  private LoadRules() {}

  /** @param form of the morning, before the day's own training */
  record Day(LocalDate day, double cost, double chronic, double acute, double form) {}

  /**
   * Every day from {@code from} to {@code to}, both included.
   *
   * @param costs by day, from the first training on
   */
  static List<Day> series(Map<LocalDate, Double> costs, LocalDate from, LocalDate to) {
    List<Day> days = new ArrayList<>();
    LocalDate first = costs.keySet().stream().min(LocalDate::compareTo).orElse(from);
    double chronic = 0;
    double acute = 0;
    for (LocalDate day = first.isBefore(from) ? first : from;
        !day.isAfter(to);
        day = day.plusDays(1)) {
      double form = chronic - acute;
      double cost = costs.getOrDefault(day, 0.0);
      chronic += (cost - chronic) * CHRONIC_SHARE;
      acute += (cost - acute) * ACUTE_SHARE;
      if (!day.isBefore(from)) {
        days.add(new Day(day, cost, chronic, acute, form));
      }
    }
    return days;
  }
}
