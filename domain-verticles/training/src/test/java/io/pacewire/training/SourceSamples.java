package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ActivityReader;
import io.pacewire.activity.ActivitySample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one file against the rows of the trainings it became: each value is in a row of its
 * very time, within half a step of the wire. Left out is what the wire has no room for, which ADR 11
 * tells: a speed without a position, and a distance of the device's own.
 */
final class SourceSamples {
  private static final double CLOSE = 1.000_001;

  private final String file;
  private final Map<Long, List<Map<String, Double>>> rows = new HashMap<>();
  private final List<String> lost = new ArrayList<>();
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;
  private int checked;

  SourceSamples(String file) {
    this.file = file;
  }

  /** One of those it became, as CSV. */
  void training(byte[] csv) {
    String[] lines = new String(csv, StandardCharsets.UTF_8).split("\r\n", -1);
    String[] names = lines[0].split(",", -1);
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      String[] cells = lines[i].split(",", -1);
      Map<String, Double> row = new HashMap<>();
      for (int column = 0; column < names.length; column++) {
        Double number = number(cells[column]);
        if (number != null) {
          row.put(names[column], number);
        }
      }
      long at = Long.parseLong(cells[4]);
      firstMs = Math.min(firstMs, at);
      lastMs = Math.max(lastMs, at);
      rows.computeIfAbsent(at, any -> new ArrayList<>()).add(row);
    }
  }

  private static @Nullable Double number(String cell) {
    try {
      return Double.valueOf(cell);
    } catch (NumberFormatException e) {
      return null; // a time, or nothing
    }
  }

  void assertKept(byte[] content) throws IOException {
    ActivityReader.read(new ByteArrayInputStream(content), this::sample);
    assertThat(checked).as(file + ": values looked at").isPositive();
    assertThat(lost).as(file + ": of " + checked + " values").isEmpty();
  }

  private void sample(ActivitySample sample) {
    if (sample.atEpochMs() < firstMs || sample.atEpochMs() > lastMs) {
      return; // beside the legs
    }
    if (sample.hasPosition()) {
      kept(sample, "latitude_deg", sample.latitudeDeg(), 0.5e-7);
      kept(sample, "longitude_deg", sample.longitudeDeg(), 0.5e-7);
      kept(sample, "speed_mps", sample.speedMps() >= 0 ? sample.speedMps() : Double.NaN, 0.005);
    }
    kept(sample, "altitude_m", sample.altitudeM(), 0.005);
    kept(sample, "heart_rate_bpm", positive(sample.heartRateBpm(), 1), 0);
    kept(sample, "power_w", positive(sample.powerW(), 0), 0);
    kept(sample, "cadence_per_min", sample.cadencePerMin(), 0.5);
    kept(sample, "temperature_c", sample.temperatureC(), 0.005);
  }

  private static double positive(int value, int least) {
    return value >= least ? value : Double.NaN;
  }

  private void kept(ActivitySample sample, String column, double value, double step) {
    if (Double.isNaN(value)) {
      return;
    }
    checked++;
    boolean there = rows.getOrDefault(sample.atEpochMs(), List.of()).stream()
        .map(row -> row.get(column))
        .anyMatch(is -> is != null && Math.abs(is - value) <= step * CLOSE + 1e-9);
    if (!there && lost.size() < 20) {
      lost.add(sample.atEpochMs() + " " + column + " " + value + " is not in "
          + rows.get(sample.atEpochMs()));
    }
  }
}
