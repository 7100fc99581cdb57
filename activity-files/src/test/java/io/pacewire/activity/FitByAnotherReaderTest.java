package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What we write as FIT, read by a decoder that shares nothing with ours, checksums included. */
class FitByAnotherReaderTest {
  private static final long START = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final double NONE = Double.NaN;

  @Test
  void anActivity_isReadByAnother() throws Exception {
    Tape tape = new Tape();
    for (int s = 0; s < 100; s++) {
      if (s == 50) {
        tape.pause(START + 49_000);
        tape.resume(START + 80_000);
      }
      long at = START + (s < 50 ? s : s + 30) * 1_000L;
      boolean placed = s % 10 != 3;
      tape.sample(new ActivitySample(
          at,
          placed ? 55.5 + s * 1e-4 : NONE,
          placed ? -37.5 : NONE,
          s % 7 == 0 ? NONE : 150.4 + s,
          4.4,
          120 + s % 60,
          s % 3 == 0 ? 85.5 : 86,
          200 + s,
          2.5 + s / 100.0,
          -5,
          101_325,
          s * 2.51));
    }
    tape.beats(START + 129_000, new int[] {800, 812, 790});
    ActivityFigures lap = new ActivityFigures(100, 49, 48, 12, 3, 40, 150, 170, 210, 3.5);
    ActivityOutline outline = new ActivityOutline(
        "",
        "trail-run",
        "Phone",
        START,
        START + 129_000,
        3_600,
        new ActivityFigures(248.49, 98, 97, 24, 6, 81, 149, 179, 250, 3.49),
        List.of(
            new ActivityLap(START, START + 60_000, "distance", lap),
            new ActivityLap(START + 60_000, START + 129_000, "manual", lap)));

    JsonNode read = read(Exported.write(ExportFormat.FIT, outline, tape));

    assertThat(read.get("records")).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertSame(read.get("records").get(i), tape.samples.get(i));
    }
    assertThat(read.get("fileId").toString()).contains("\"Phone\"").contains("activity");
    JsonNode session = read.get("sessions").get(0);
    assertThat(session.get("sport").textValue()).isEqualTo("running");
    assertThat(session.get("sub_sport").textValue()).isEqualTo("trail");
    assertThat(session.get("total_distance").doubleValue()).isCloseTo(248.49, within(0.005));
    assertThat(session.get("total_timer_time").doubleValue()).isEqualTo(98);
    assertThat(session.get("total_elapsed_time").doubleValue()).isEqualTo(129);
    assertThat(session.get("total_ascent").intValue()).isEqualTo(24);
    assertThat(session.get("total_calories").intValue()).isEqualTo(81);
    assertThat(session.get("max_heart_rate").intValue()).isEqualTo(179);
    assertThat(session.get("num_laps").intValue()).isEqualTo(2);
    assertThat(session.get("start_time").longValue()).isEqualTo(START);
    assertThat(read.get("laps")).hasSize(2);
    assertThat(read.get("laps").get(0).get("lap_trigger").textValue()).isEqualTo("distance");
    assertThat(read.get("laps").get(1).get("start_time").longValue()).isEqualTo(START + 60_000);
    assertThat(read.get("hrv").toString()).contains("0.812");
    assertThat(read.get("events"))
        .extracting(event -> (event.get("timestamp").longValue() - START) / 1_000 + " "
            + event.get("event").textValue() + " " + event.get("event_type").textValue())
        .containsExactly(
            "0 timer start", "49 timer stop_all", "80 timer start", "129 timer stop_all");
  }

  @Test
  void moreThanFitsIntoMemory_goesThroughAFile_andIsReadByAnother() throws Exception {
    Tape tape = new Tape();
    int count = Spool.MEMORY_BYTES / 20;
    for (int s = 0; s < count; s++) {
      tape.sample(new ActivitySample(
          START + s * 1_000L, 55.5, 37.5, 100, NONE, 120, NONE, 200, 2.5, NONE, NONE, s));
    }
    byte[] written = Exported.write(ExportFormat.FIT, Exported.outline("ride", tape), tape);
    assertThat(written.length).isGreaterThan(Spool.MEMORY_BYTES);
    assertThat(Exported.read(ExportFormat.FIT, written).samples).hasSize(count);
    assertThat(read(written).get("records")).hasSize(count);
  }

  private static JsonNode read(byte[] fit) throws Exception {
    return new ObjectMapper().readTree(OtherFitReader.read(fit));
  }

  private static void assertSame(JsonNode record, ActivitySample sample) {
    assertThat(record.get("timestamp").longValue()).isEqualTo(sample.atEpochMs());
    assertClose(record, "position_lat", sample.latitudeDeg(), 1e-7);
    assertClose(record, "position_long", sample.longitudeDeg(), 1e-7);
    assertClose(record, "enhanced_altitude", sample.altitudeM(), 0.1001);
    assertClose(record, "gps_accuracy", sample.accuracyM(), 0.5);
    assertClose(record, "heart_rate", sample.heartRateBpm(), 0);
    assertClose(record, "power", sample.powerW(), 0);
    assertClose(record, "enhanced_speed", sample.speedMps(), 0.000_6);
    assertClose(record, "temperature", sample.temperatureC(), 0);
    assertClose(record, "distance", sample.deviceDistanceM(), 0.005_1);
    double whole = record.get("cadence").doubleValue();
    assertThat(whole + record.path("fractional_cadence").doubleValue())
        .isEqualTo(sample.cadencePerMin());
  }

  private static void assertClose(JsonNode record, String name, double expected, double step) {
    List<JsonNode> values =
        Stream.of(record.path(name)).filter(JsonNode::isNumber).toList();
    if (Double.isNaN(expected)) {
      assertThat(values).as(name).isEmpty();
    } else {
      assertThat(values).as(name).hasSize(1);
      assertThat(values.get(0).doubleValue()).as(name).isCloseTo(expected, within(step));
    }
  }
}
