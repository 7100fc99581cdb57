package io.pacewire.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
