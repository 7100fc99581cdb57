package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** What a role counted until now, as an operator reads it. */
final class MetricsPage {
  private final List<String> lines;

  private MetricsPage(List<String> lines) {
    this.lines = lines;
  }

  static MetricsPage read(int managementPort) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
    try (InputStream in = page.toURL().openStream()) {
      return new MetricsPage(new String(in.readAllBytes(), UTF_8).lines().toList());
    }
  }

  /** Of all that have these labels; what nobody counts is no 0 but a fault of who asks. */
  long sum(String name, String... labels) {
    List<Double> values = lines.stream()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no " + name + " with " + List.of(labels));
    }
    return (long) values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
