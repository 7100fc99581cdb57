package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.activity.ActivityWarning.Kind;
import io.pacewire.activity.RecordedActivity.TimerAction;
import io.pacewire.activity.RecordedActivity.TimerEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpxReaderTest {
  private static final long TEN = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();

  @Test
  void aPoint_isReadWithItsExtensions() {
    RecordedActivity read = Reading.one("""
        <?xml version="1.0" encoding="UTF-8"?>
        <gpx creator="Garmin Connect" version="1.1" xmlns="http://www.topografix.com/GPX/1/1"
          xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
        <metadata><time>2025-01-01T00:00:00Z</time></metadata>
        <wpt lat="1" lon="1"><time>2025-01-01T00:00:00Z</time></wpt>
        <trk><name>Somewhere</name><type>trail_running</type><trkseg>
        <trkpt lat="41.5" lon="-74.25"><ele>147.5</ele><time>2026-01-01T10:00:00.250Z</time>
        <extensions><ns3:TrackPointExtension><ns3:atemp>21.5</ns3:atemp><ns3:hr>140</ns3:hr>
        <ns3:cad>85</ns3:cad></ns3:TrackPointExtension><power>230</power></extensions></trkpt>
        </trkseg></trk></gpx>
        """);

    double none = Double.NaN;
    assertThat(read.samples())
        .containsExactly(new ActivitySample(
            TEN + 250, 41.5, -74.25, 147.5, none, 140, 85, 230, none, 21.5, none, none));
    assertThat(read.sport()).isEqualTo("trail-run");
    assertThat(read.deviceName()).isEqualTo("Garmin Connect");
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void theEndOfASegment_isAPause_alsoBetweenTracks() {
    RecordedActivity read = Reading.one("<gpx><trk><trkseg>"
        + point("2026-01-01T10:00:00Z")
        + point("2026-01-01T10:00:10Z")
        + "</trkseg><trkseg>"
        + point("2026-01-01T10:01:00Z")
        + "</trkseg><trkseg/></trk><trk><trkseg>"
        + point("2026-01-01T10:02:00Z")
        + "</trkseg></trk></gpx>");

    assertThat(read.timerEvents())
        .containsExactly(
            new TimerEvent(TimerAction.PAUSE, TEN + 10_000),
            new TimerEvent(TimerAction.RESUME, TEN + 60_000),
            new TimerEvent(TimerAction.PAUSE, TEN + 60_000),
            new TimerEvent(TimerAction.RESUME, TEN + 120_000));
  }

  @Test
  void version10_isRead_withItsSpeed() {
    RecordedActivity read = Reading.one("<gpx version=\"1.0\"><trk><trkseg>"
        + "<trkpt lat='1' lon='2'><time>2026-01-01T10:00:00Z</time><speed>3.25</speed></trkpt>"
        + "</trkseg></trk></gpx>");

    assertThat(read.samples().get(0).speedMps()).isEqualTo(3.25);
  }

  @Test
  void tracksOfSeveralSports_areLegs() {
    RecordedActivity read = Reading.one("<gpx><trk><type>Running</type><trkseg>"
        + point("2026-01-01T10:00:00Z")
        + "</trkseg></trk><trk><type>cycling</type><trkseg>"
        + point("2026-01-01T11:00:00Z")
        + point("2026-01-01T12:00:00Z")
        + "</trkseg></trk></gpx>");

    assertThat(read.legs())
        .containsExactly(
            new ActivityLeg(TEN, TEN, "run", "running", DeviceTotals.NONE),
            new ActivityLeg(
                TEN + 3_600_000, TEN + 7_200_000, "ride", "cycling", DeviceTotals.NONE));
  }

  @Test
  void badValues_areLeftOutAndCounted() {
    RecordedActivity read = Reading.one("<gpx><trk><trkseg>"
        + "<trkpt lat='91' lon='2'><time>2026-01-01T10:00:00Z</time></trkpt>"
        + "<trkpt lat='1' lon='2'><time>yesterday</time></trkpt>"
        + "<trkpt lat='1' lon='2'/>"
        + "<trkpt lat='1' lon='2'><ele>high</ele><time>2026-01-01T10:00:01Z</time></trkpt>"
        + "</trkseg></trk></gpx>");

    assertThat(read.samples()).extracting(ActivitySample::hasPosition).containsExactly(false, true);
    assertThat(read.samples().get(1).altitudeM()).isNaN();
    assertThat(read.warnings())
        .extracting(ActivityWarning::kind, ActivityWarning::count)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Kind.UNREADABLE_VALUE, 3L),
            org.assertj.core.groups.Tuple.tuple(Kind.UNDATED, 2L));
  }

  @Test
  void anOffset_tellsLocalTime() {
    RecordedActivity read = Reading.one(
        "<gpx><trk><trkseg>" + point("2026-01-01T13:00:00+03:00") + "</trkseg></trk></gpx>");

    assertThat(read.utcOffsetS()).isEqualTo(3 * 3_600);
    assertThat(read.samples().get(0).atEpochMs()).isEqualTo(TEN);
  }

  @Test
  void whatWritersGetWrong_isReadAllTheSame() {
    String track =
        "<trk><name>caf\u00e9</name><trkseg>" + point("2026-01-01T10:00:00Z") + "</trkseg></trk>";
    String declared = "<?xml version='1.0' encoding='%s'?><gpx>" + track + "</gpx>";

    for (String content :
        List.of("\n \n" + declared.formatted("UTF-8"), declared.formatted("utf-8"))) {
      assertThat(Reading.one(content).samples()).hasSize(1);
      // Latin-1 that declares UTF-8.
      assertThat(Reading.one(content.getBytes(StandardCharsets.ISO_8859_1)).samples())
          .hasSize(1);
    }
    assertThat(Reading.one(
                ("\uFEFF" + declared.formatted("UTF-16")).getBytes(StandardCharsets.UTF_16LE))
            .samples())
        .hasSize(1);
    assertThat(Reading.one(declared.formatted("ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1))
            .samples())
        .hasSize(1);
    String undeclaredPrefix = "<gpx><trk><trkseg><trkpt lat='1' lon='2'>"
        + "<time>2026-01-01T10:00:00Z</time><extensions><gpxtpx:hr>99</gpxtpx:hr></extensions>"
        + "</trkpt></trkseg></trk></gpx>";
    assertThat(Reading.one(undeclaredPrefix).samples().get(0).heartRateBpm()).isEqualTo(99);
  }

  @Test
  void withoutATrack_itIsNoActivity() {
    assertThatThrownBy(() -> Reading.one("<gpx><wpt lat='1' lon='2'/></gpx>"))
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("line 1");
  }

  private static String point(String time) {
    return "<trkpt lat='55.5' lon='37.5'><time>" + time + "</time></trkpt>";
  }
}
