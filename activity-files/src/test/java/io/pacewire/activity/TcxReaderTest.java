package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.activity.RecordedActivity.TimerAction;
import io.pacewire.activity.RecordedActivity.TimerEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcxReaderTest {
  private static final long TEN = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final double NONE = Double.NaN;

  @Test
  void aPoint_isRead_andTheLapsOwnFiguresAreNotItsOwn() {
    RecordedActivity read = Reading.one("""
        <?xml version="1.0"?>
        <TrainingCenterDatabase xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
        <Activities><Activity Sport="Running"><Id>2026-01-01T10:00:00.000Z</Id>
        <Lap StartTime="2026-01-01T10:00:00.000Z"><TotalTimeSeconds>60.5</TotalTimeSeconds>
        <DistanceMeters>250</DistanceMeters><AverageHeartRateBpm><Value>111</Value></AverageHeartRateBpm>
        <TriggerMethod>Manual</TriggerMethod><Track><Trackpoint><Time>2026-01-01T10:00:01.000Z</Time>
        <Position><LatitudeDegrees>41.5</LatitudeDegrees><LongitudeDegrees>-74.25</LongitudeDegrees></Position>
        <AltitudeMeters>147.5</AltitudeMeters><DistanceMeters>3.5</DistanceMeters>
        <HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions><ns3:TPX><ns3:Speed>2.5</ns3:Speed>
        <ns3:RunCadence>85</ns3:RunCadence><ns3:Watts>230</ns3:Watts></ns3:TPX></Extensions></Trackpoint></Track>
        <Extensions><ns3:LX><ns3:AvgSpeed>3</ns3:AvgSpeed></ns3:LX></Extensions></Lap>
        <Creator><Name>Forerunner 945</Name></Creator></Activity></Activities>
        <Author><Name>Connect API</Name></Author></TrainingCenterDatabase>
        """);

    assertThat(read.samples())
        .containsExactly(new ActivitySample(
            TEN + 1_000, 41.5, -74.25, 147.5, NONE, 140, 85, 230, 2.5, NONE, NONE, 3.5));
    DeviceTotals totals = new DeviceTotals(250, 60.5, NONE, NONE, NONE, NONE);
    assertThat(read.deviceLaps())
        .containsExactly(new DeviceLap(TEN, TEN + 1_000, "manual", totals));
    assertThat(read.deviceTotals()).isEqualTo(totals);
    assertThat(read.sport()).isEqualTo("run");
    assertThat(read.deviceName()).isEqualTo("Forerunner 945");
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void aNewTrackWithinALap_isAPause_aNewLapIsNone() {
    RecordedActivity read = Reading.one(file("<Activity Sport='Biking'><Lap><Track>"
        + point("10:00:00") + point("10:00:10") + "</Track><Track>" + point("10:01:00")
        + "</Track></Lap><Lap><Track>" + point("10:02:00") + "</Track></Lap></Activity>"));

    assertThat(read.timerEvents())
        .containsExactly(
            new TimerEvent(TimerAction.PAUSE, TEN + 10_000),
            new TimerEvent(TimerAction.RESUME, TEN + 60_000));
    assertThat(read.deviceLaps())
        .extracting(DeviceLap::endAtEpochMs)
        .containsExactly(TEN + 60_000, TEN + 120_000);
  }

  @Test
  void aLap_endsWhereTheNextOneStarts_unlessTheTimerStoodStillBetween() {
    RecordedActivity read = Reading.one(file("<Activity Sport='Running'><Lap><Track>"
        + point("10:00:00") + point("10:04:57") + "</Track></Lap>"
        + "<Lap StartTime='2026-01-01T10:05:00.500Z'><Track>" + point("10:05:03")
        + point("10:09:00") + "</Track></Lap><Lap StartTime='2026-01-01T10:20:00Z'><Track>"
        + point("10:20:00") + "</Track></Lap></Activity>"));

    assertThat(read.deviceLaps())
        .extracting(lap -> lap.endAtEpochMs() - TEN)
        .containsExactly(300_500L, 540_000L, 1_200_000L);
  }

  @Test
  void aFootSensor_isTold_whereTheFileSaysThatItCountsSteps() {
    assertThat(sensors("<TPX CadenceSensor='Footpod'><Speed>2.5</Speed></TPX>"))
        .containsExactly(SpeedSensor.FOOT);
    assertThat(sensors("<TPX CadenceSensor='Bike'><Speed>9</Speed></TPX>")).isEmpty();
    assertThat(sensors("<TPX><Speed>2.5</Speed></TPX>")).isEmpty();
  }

  private static List<SpeedSensor> sensors(String extension) {
    String file = file("<Activity Sport='Running'><Lap><Track><Trackpoint>"
        + "<Time>2026-01-01T10:00:00Z</Time><Extensions>" + extension
        + "</Extensions></Trackpoint></Track></Lap></Activity>");
    return Reading.speedSensors(file.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void severalActivities_areApart_andThoseOfAMultisportSessionAreLegs() {
    String run =
        "<Activity Sport='Running'><Lap><Track>" + point("10:00:00") + "</Track></Lap></Activity>";
    String ride =
        "<Activity Sport='Biking'><Lap><Track>" + point("11:00:00") + "</Track></Lap></Activity>";

    List<RecordedActivity> apart =
        Reading.all(file(run + ride).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    RecordedActivity together = Reading.one(file("<MultiSportSession><FirstSport>" + run
        + "</FirstSport><NextSport>" + ride + "</NextSport></MultiSportSession>"));

    assertThat(apart).extracting(RecordedActivity::sport).containsExactly("run", "ride");
    assertThat(together.legs()).extracting(ActivityLeg::sport).containsExactly("run", "ride");
    assertThat(together.samples()).hasSize(2);
  }

  @Test
  void aLapWithoutSamples_endsByItsTime() {
    RecordedActivity read = Reading.one(
        file(
            "<Activity Sport='Other'>"
                + "<Lap StartTime='2026-01-01T10:00:00Z'><TotalTimeSeconds>30</TotalTimeSeconds></Lap></Activity>"));

    assertThat(read.deviceLaps().get(0).endAtEpochMs()).isEqualTo(TEN + 30_000);
  }

  @Test
  void aCourse_isNoActivity() {
    String course = "<TrainingCenterDatabase><Courses><Course><Track>" + point("10:00:00")
        + "</Track></Course></Courses></TrainingCenterDatabase>";

    assertThatThrownBy(() -> Reading.one(course)).isInstanceOf(MalformedActivityException.class);
  }

  private static String file(String activities) {
    return "<TrainingCenterDatabase><Activities>" + activities
        + "</Activities></TrainingCenterDatabase>";
  }

  private static String point(String time) {
    return "<Trackpoint><Time>2026-01-01T" + time + "Z</Time></Trackpoint>";
  }
}
