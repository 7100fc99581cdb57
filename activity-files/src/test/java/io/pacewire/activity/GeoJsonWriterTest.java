package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GeoJsonWriterTest {
  private static final long START = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final double NONE = Double.NaN;

  /** A ferry from one side of the date line to the other and back (RFC 7946, 3.1.9). */
  @Test
  void aLineAcrossTheAntimeridian_isCutThere() {
    Tape tape = new Tape();
    tape.sample(at(0, -17.0, 179.9, 10));
    tape.sample(at(10, -17.4, -179.8, 40));
    tape.sample(at(20, -17.4, -179.5, NONE));
    tape.sample(at(30, -17.4, 179.5, NONE));
    tape.pause(START + 30_000);
    tape.resume(START + 40_000);
    tape.sample(at(40, -17.4, -179.5, NONE)); // carried there while nothing ran: two lines anyway

    String written = new String(
        Exported.write(ExportFormat.GEOJSON, Exported.outline("run", tape), tape), UTF_8);

    assertThat(written.replaceAll("\\s", ""))
        .contains("\"coordinates\":["
            + "[[179.9,-17,10],[180,-17.1333333,20]],"
            + "[[-180,-17.1333333,20],[-179.8,-17.4,40],[-179.5,-17.4],[-180,-17.4]],"
            + "[[180,-17.4],[179.5,-17.4]],"
            + "[[-179.5,-17.4],[-179.5,-17.4]]]")
        .contains("\"coordTimes\":["
            + "[\"2026-01-01T10:00:00.000Z\",\"2026-01-01T10:00:03.333Z\"],"
            + "[\"2026-01-01T10:00:03.333Z\",\"2026-01-01T10:00:10.000Z\",\"2026-01-01T10:00:20.000Z\","
            + "\"2026-01-01T10:00:25.000Z\"],"
            + "[\"2026-01-01T10:00:25.000Z\",\"2026-01-01T10:00:30.000Z\"],"
            + "[\"2026-01-01T10:00:40.000Z\",\"2026-01-01T10:00:40.000Z\"]]");
  }

  /** There it is both, and either is near. */
  @Test
  void whoStandsOnTheAntimeridian_isOnTheSideOfWhoeverComesNext() {
    Tape tape = new Tape();
    tape.sample(at(0, 66, 180, NONE));
    tape.sample(at(1, 66, -179.9, NONE));
    tape.sample(at(2, 66, -180, NONE));
    tape.sample(at(3, 66, 180, NONE));

    byte[] written = Exported.write(ExportFormat.GEOJSON, Exported.outline("run", tape), tape);

    Exported.assertKept(ExportFormat.GEOJSON, tape.samples, written);
    assertThat(new String(written, UTF_8).replaceAll("\\s", ""))
        .contains("\"coordinates\":["
            + "[[180,66],[180,66]],"
            + "[[-180,66],[-179.9,66],[-180,66],[-180,66]],"
            + "[[180,66],[180,66]]]");
  }

  private static ActivitySample at(int s, double latitudeDeg, double longitudeDeg, double altM) {
    return new ActivitySample(
        START + s * 1_000L,
        latitudeDeg,
        longitudeDeg,
        altM,
        NONE,
        -1,
        NONE,
        -1,
        NONE,
        NONE,
        NONE,
        NONE);
  }
}
