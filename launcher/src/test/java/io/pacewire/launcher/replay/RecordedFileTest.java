package io.pacewire.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFileTest {
  @TempDir
  Path folder;

  @Test
  void onFoot_aCycleOfTheFile_isTwoSteps() throws IOException {
    assertThat(cadenceOf("Running")).isEqualTo(164);
  }

  @Test
  void onWheels_aCycleIsATurnOfTheCrank() throws IOException {
    assertThat(cadenceOf("Biking")).isEqualTo(82);
  }

  @Test
  void aWheelsSpeeds_areASensors_andNoOthers() throws IOException {
    assertThat(speedsOf(ride().sensor(123))).containsExactly(8.0, 8.5);
    assertThat(speedsOf(ride())).isEmpty();
    assertThat(speedsOf(ride().sensor(122))).as("cadence alone").isEmpty();
    assertThat(speedsOf(ride().sensor(11))).as("power: nobody knows of what").isEmpty();
    assertThat(speedsOf(ride().sensor(124))).as("no foot on a ride").isEmpty();
  }

  private static FitFile ride() {
    return new FitFile()
        .record(0, 52.3, 8, Double.NaN)
        .record(1, 52.30008, 8.5, Double.NaN)
        .session(0, 1, 2);
  }

  @Test
  void aFootSensorsSpeeds_areUsed_onlyWherePositionsCannotBeTheirSource() throws IOException {
    assertThat(speedsOf(run(Double.NaN).sensor(124))).containsExactly(3.0, 3.5);
    assertThat(speedsOf(run(52.3).sensor(124))).isEmpty();
    assertThat(speedsOf(run(Double.NaN))).isEmpty();
    assertThat(speedsOf(run(Double.NaN).sensor(123))).as("no wheel on foot").isEmpty();
  }

  private static FitFile run(double latitudeDeg) {
    return new FitFile()
        .record(0, latitudeDeg, 3, 101_325)
        .record(1, latitudeDeg, 3.5, 101_325)
        .session(0, 1, 1);
  }

  @Test
  void ofATriathlon_onlyTheRideHasAWheel() throws IOException {
    FitFile triathlon = new FitFile()
        .record(0, 52.3, 1, Double.NaN)
        .record(100, 52.301, 2, Double.NaN)
        .record(200, 52.302, 9, Double.NaN)
        .record(300, 52.303, 3, Double.NaN)
        .session(0, 50, 5)
        .session(90, 110, 3)
        .session(150, 250, 2)
        .session(290, 310, 1)
        .sensor(123);
    assertThat(speedsOf(triathlon)).containsExactly(9.0);
  }

  @Test
  void aBarometer_isHeard_whereItSaysWhatAirCanBe() throws IOException {
    Timeline timeline = read(new FitFile()
        .record(0, 52.3, 1, 101_325)
        .record(1, 52.3, 1, Double.NaN)
        .record(2, 52.3, 1, 400_000)); // a diver
    assertThat(timeline.only(Timeline.Pressure.class))
        .containsExactly(new Timeline.Pressure(FitFile.START_MS, 101_325));
  }

  @Test
  void betweenTwoActivitiesOfAFile_theTimerStandsStill() throws IOException {
    String lap =
        "<Activity Sport='Running'><Lap><Track><Trackpoint><Time>2026-01-01T1%d:00:00Z</Time>"
            + "<Cadence>80</Cadence></Trackpoint></Track></Lap></Activity>";
    Path tcx = Files.writeString(
        folder.resolve("two.tcx"),
        "<TrainingCenterDatabase><Activities>" + lap.formatted(0) + lap.formatted(2)
            + "</Activities></TrainingCenterDatabase>");
    long ten = java.time.Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
    assertThat(marks(RecordedFile.read(tcx)))
        .containsExactly(new Timeline.Pause(ten), new Timeline.Resume(ten + 7_200_000));

    byte[] first =
        new FitFile().timer(0, true).record(1, 52.3, 1, 1e5).timer(2, false).bytes();
    byte[] second =
        new FitFile().timer(60, true).record(61, 52.3, 1, 1e5).timer(62, false).bytes();
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    chain.writeBytes(first);
    chain.writeBytes(second);
    Path fit = Files.write(folder.resolve("two.fit"), chain.toByteArray());
    assertThat(marks(RecordedFile.read(fit)))
        .containsExactly(
            new Timeline.Pause(FitFile.START_MS + 2_000),
            new Timeline.Resume(FitFile.START_MS + 60_000),
            new Timeline.Pause(FitFile.START_MS + 62_000));
  }

  private static List<Timeline.Event> marks(Timeline timeline) {
    return timeline.events().stream()
        .filter(event -> event instanceof Timeline.Pause || event instanceof Timeline.Resume)
        .toList();
  }

  private List<Double> speedsOf(FitFile file) throws IOException {
    return read(file).only(Timeline.SensorSpeed.class).stream()
        .map(event -> ((Timeline.SensorSpeed) event).speedMps())
        .toList();
  }

  private Timeline read(FitFile file) throws IOException {
    return RecordedFile.read(Files.write(folder.resolve("a.fit"), file.bytes()));
  }

  private int cadenceOf(String sport) throws IOException {
    Path file = Files.writeString(folder.resolve("a.tcx"), """
        <TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
          <Activities><Activity Sport="%s"><Id>2026-01-01T10:00:00Z</Id>
            <Lap StartTime="2026-01-01T10:00:00Z"><Track><Trackpoint>
              <Time>2026-01-01T10:00:00Z</Time><Cadence>82</Cadence>
            </Trackpoint></Track></Lap>
          </Activity></Activities>
        </TrainingCenterDatabase>
        """.formatted(sport));
    return RecordedFile.read(file).events().stream()
        .filter(Timeline.Cadence.class::isInstance)
        .mapToInt(event -> ((Timeline.Cadence) event).perMinute())
        .findFirst()
        .orElseThrow();
  }
}
