package io.pacewire.bench.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** One figure, round by round. */
public final class Series {
  private final List<Double> rounds = new ArrayList<>();

  public void add(double value) {
    rounds.add(value);
  }

  /** NaN where nothing was measured. */
  public double median() {
    List<Double> sorted = new ArrayList<>(rounds);
    sorted.removeIf(value -> !Double.isFinite(value));
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Of each round with the same round of the other: what disturbs both cancels out. */
  public Series with(Series other, DoubleBinaryOperator operation) {
    Series combined = new Series();
    for (int i = 0; i < Math.min(rounds.size(), other.rounds.size()); i++) {
      combined.add(operation.applyAsDouble(rounds.get(i), other.rounds.get(i)));
    }
    return combined;
  }

  public Series times(double factor) {
    Series scaled = new Series();
    rounds.forEach(value -> scaled.add(value * factor));
    return scaled;
  }

  public String spread() {
    if (rounds.isEmpty()) {
      return "not measured";
    }
    return String.format(
        Locale.ROOT, "%.3g to %.3g", Collections.min(rounds), Collections.max(rounds));
  }
}
