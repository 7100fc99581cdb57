package io.pacewire.launcher.accuracy;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far figures lie from their references, in percent either way. */
final class Errors {
  private final String figure;
  private final List<Double> percents = new ArrayList<>();

  Errors(String figure) {
    this.figure = figure;
  }

  String figure() {
    return figure;
  }

  /** Nothing is counted where there is no reference. */
  void add(double value, double reference) {
    if (Double.isFinite(value) && Double.isFinite(reference) && reference > 0) {
      percents.add(Math.abs(value - reference) / reference * 100);
    }
  }

  int size() {
    return percents.size();
  }

  /** The smallest error that so large a share of all does not exceed; NaN without any. */
  double quantile(double share) {
    if (percents.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(percents);
    Collections.sort(sorted);
    return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * share) - 1));
  }

  /** NaN without any. */
  double mean() {
    return percents.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The same for programs; null where there is no case. */
  JsonObject json() {
    JsonObject json = new JsonObject().put("figure", figure).put("n", size()).put("unit", "%");
    json.put("p50", known(quantile(0.5))).put("p90", known(quantile(0.9)));
    return json.put("max", known(quantile(1))).put("mean", known(mean()));
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  static String head() {
    return String.format(
        Locale.ROOT, "%-52s %6s %8s %8s %8s", "error in percent", "n", "p50", "p90", "max");
  }

  String row() {
    return size() == 0
        ? String.format(Locale.ROOT, "%-52s %6d %8s %8s %8s", figure, 0, "-", "-", "-")
        : String.format(
            Locale.ROOT,
            "%-52s %6d %8.2f %8.2f %8.2f",
            figure,
            size(),
            quantile(0.5),
            quantile(0.9),
            quantile(1));
  }
}
