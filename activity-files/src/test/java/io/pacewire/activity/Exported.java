package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Writes activities in tests, reads them back, by another parser where we have no reader. */
final class Exported {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NONE = Double.NaN;

  private Exported() {}

  static byte[] write(ExportFormat format, ActivityOutline outline, Tape tape) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      ActivitySink sink = writer.begin(outline);
      tape.tell(sink);
      sink.end();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes have no failures of their own", e);
    }
    return out.toByteArray();
  }

  static ActivityOutline outline(String sport, Tape tape) {
    return new ActivityOutline(
        "A <b> & \"c\" \u00e9\u0001",
        sport,
        "Phone & \u00e9",
        tape.firstMs(),
        tape.lastMs(),
        3_600,
        ActivityFigures.of(1_234.5, 600),
        List.of());
  }

  /** The only activity of a file. */
  static Tape read(ExportFormat format, byte[] content) {
    try {
      Tape tape = new Tape();
      switch (format) {
        case CSV -> csv(content, tape);
        case JSON -> json(JSON.readTree(content).get("activities"), tape);
        case GEOJSON -> geoJson(JSON.readTree(content).get("features"), tape);
        default -> ActivityReader.read(new ByteArrayInputStream(content), tape);
      }
      return tape;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link ExportFormat} promises it. */
  static void assertKept(ExportFormat format, List<ActivitySample> written, byte[] content) {
    boolean placesOnly = format == ExportFormat.GPX || format == ExportFormat.GEOJSON;
    List<ActivitySample> expected =
        written.stream().filter(sample -> !placesOnly || sample.hasPosition()).toList();
    List<ActivitySample> read = read(format, content).samples;
    assertThat(read).as("%s", format).hasSameSizeAs(expected);
    for (int i = 0; i < read.size(); i++) {
      assertKept(format, expected.get(i), read.get(i));
    }
  }

  private static void assertKept(ExportFormat format, ActivitySample was, ActivitySample is) {
    int at = List.of(ExportFormat.values()).indexOf(format);
    // In the order of the formats; NaN where a format has no place for it.
    double[][] steps = {
      {50e-9, 50e-9, 42e-9, 50e-9, 50e-9, 50e-9}, // position
      {0.005, 0.005, 0.1, 0.005, 0.005, 0.005}, // altitude
      {NONE, NONE, 0.5, 0.005, 0.005, NONE}, // accuracy
      {0.5, 0.5, 1 / 256.0, 0.005, 0.005, NONE}, // cadence
      {0.0005, 0.0005, 0.0005, 0.0005, 0.0005, NONE}, // speed
      {0.005, NONE, 0.5, 0.005, 0.005, NONE}, // temperature
      {NONE, NONE, 0.5, 0.05, 0.05, NONE}, // pressure
      {NONE, 0.005, 0.005, 0.005, 0.005, NONE} // distance
    };
    assertThat(is.atEpochMs())
        .isCloseTo(was.atEpochMs(), within(format == ExportFormat.FIT ? 4L : 0L));
    assertStep("latitude", steps[0][at], was, is, ActivitySample::latitudeDeg);
    assertStep("longitude", steps[0][at], was, is, sample -> {
      return sample.longitudeDeg() == 180 ? -180 : sample.longitudeDeg();
    });
    assertStep("altitude", steps[1][at], was, is, ActivitySample::altitudeM);
    assertStep("accuracy", steps[2][at], was, is, ActivitySample::accuracyM);
    assertStep("cadence", steps[3][at], was, is, ActivitySample::cadencePerMin);
    assertStep("speed", steps[4][at], was, is, ActivitySample::speedMps);
    assertStep("temperature", steps[5][at], was, is, ActivitySample::temperatureC);
    assertStep("pressure", steps[6][at], was, is, ActivitySample::pressurePa);
    assertStep("distance", steps[7][at], was, is, ActivitySample::deviceDistanceM);
    double exactly = format == ExportFormat.GEOJSON ? NONE : 0;
    assertStep("heart rate", exactly, was, is, sample -> sample.heartRateBpm());
    assertStep("power", exactly, was, is, sample -> sample.powerW());
  }

  private static void assertStep(
      String what,
      double step,
      ActivitySample was,
      ActivitySample is,
      ToDoubleFunction<ActivitySample> of) {
    double expected = of.applyAsDouble(was);
    if (Double.isNaN(step) || Double.isNaN(expected)) {
      assertThat(Math.max(-1, of.applyAsDouble(is))).as(what).isIn(NONE, -1.0);
    } else {
      assertThat(of.applyAsDouble(is)).as(what).isCloseTo(expected, within(step * 1.000_001));
    }
  }

  private static void csv(byte[] content, Tape tape) {
    String[] rows = new String(content, UTF_8).split("\r\n", -1);
    for (int i = 1; i < rows.length - 1; i++) {
      String[] c = rows[i].split(",", -1);
      assertThat(c).hasSize(rows[0].split(",", -1).length);
      assertThat(Instant.parse(c[3]).toEpochMilli()).isEqualTo(Long.parseLong(c[4]));
      tape.sample(new ActivitySample(
          Long.parseLong(c[4]),
          of(c[5]),
          of(c[6]),
          of(c[7]),
          of(c[8]),
          count(of(c[9])),
          of(c[10]),
          count(of(c[11])),
          of(c[12]),
          of(c[13]),
          of(c[14]),
          of(c[15])));
    }
  }

  private static void json(JsonNode activities, Tape tape) {
    for (JsonNode event : activities.get(0).get("events")) {
      long at = event.get("atEpochMs").longValue();
      if (event.has("timer")) {
        switch (event.get("timer").textValue()) {
          case "pause" -> tape.pause(at);
          default -> tape.resume(at);
        }
      } else if (event.has("rrMs")) {
        List<Integer> rr = new ArrayList<>();
        event.get("rrMs").forEach(one -> rr.add(one.intValue()));
        tape.beats(at, rr.stream().mapToInt(Integer::intValue).toArray());
      } else {
        tape.sample(new ActivitySample(
            at,
            of(event, "latitudeDeg"),
            of(event, "longitudeDeg"),
            of(event, "altitudeM"),
            of(event, "accuracyM"),
            count(of(event, "heartRateBpm")),
            of(event, "cadencePerMin"),
            count(of(event, "powerW")),
            of(event, "speedMps"),
            of(event, "temperatureC"),
            of(event, "pressurePa"),
            of(event, "distanceM")));
      }
    }
  }

  private static void geoJson(JsonNode features, Tape tape) {
    JsonNode lines = features.get(0).path("geometry").path("coordinates");
    JsonNode times = features.get(0).get("properties").get("coordTimes");
    assertThat(times).hasSameSizeAs(lines);
    for (int line = 0; line < lines.size(); line++) {
      assertThat(lines.get(line)).hasSizeGreaterThan(1).hasSameSizeAs(times.get(line));
      int from = isCut(lines, times, line - 1) ? 1 : 0;
      int to = lines.get(line).size() - (isCut(lines, times, line) ? 1 : 0);
      boolean alone = from == 0
          && to == 2
          && lines.get(line).get(0).equals(lines.get(line).get(1))
          && times.get(line).get(0).equals(times.get(line).get(1));
      for (int i = from; i < (alone ? 1 : to); i++) {
        JsonNode position = lines.get(line).get(i);
        tape.sample(new ActivitySample(
            Instant.parse(times.get(line).get(i).textValue()).toEpochMilli(),
            position.get(1).doubleValue(),
            position.get(0).doubleValue(),
            position.size() > 2 ? position.get(2).doubleValue() : NONE,
            NONE,
            -1,
            NONE,
            -1,
            NONE,
            NONE,
            NONE,
            NONE));
      }
    }
  }

  /** Whether a line was cut at the antimeridian: the place where stands at the end of one and the beginning of the next. */
  private static boolean isCut(JsonNode lines, JsonNode times, int line) {
    if (line < 0 || line + 1 >= lines.size()) {
      return false;
    }
    int end = lines.get(line).size() - 1;
    JsonNode here = lines.get(line).get(end);
    JsonNode there = lines.get(line + 1).get(0);
    return Math.abs(here.get(0).doubleValue()) == 180
        && here.get(0).doubleValue() == -there.get(0).doubleValue()
        && here.get(1).equals(there.get(1))
        && times.get(line).get(end).equals(times.get(line + 1).get(0));
  }

  private static double of(String cell) {
    return cell.isEmpty() ? NONE : Double.parseDouble(cell);
  }

  private static double of(JsonNode event, String name) {
    return event.has(name) ? event.get(name).doubleValue() : NONE;
  }

  private static int count(double value) {
    return Double.isNaN(value) ? -1 : (int) value;
  }
}
