package io.pacewire.training.imports;

import static io.pacewire.training.imports.DescribedSports.MOST_CHARACTERS;
import static io.pacewire.training.imports.DescribedSports.MOST_FILES;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ArchiveDescription;
import org.junit.jupiter.api.Test;

class DescribedSportsTest {
  private final DescribedSports sports = new DescribedSports();

  private void describe(String file, String sport) {
    sports.add(new ArchiveDescription(file, "", sport, sport));
  }

  @Test
  void theLastThatIsSaidOfAFile_counts() {
    describe("activities/1.fit", "run");
    describe("activities/1.fit", "ride");
    assertThat(sports.of("activities/1.fit")).isEqualTo("ride");
    assertThat(sports.of("activities/2.fit")).isEmpty();
    assertThat(sports.characters()).isEqualTo("activities/1.fit".length());
  }

  @Test
  void namesThatAreLongAndMany_costNoMoreThanThereIsRoomFor() {
    String padding = "x".repeat(490);
    for (int i = 0; i < MOST_FILES; i++) {
      describe("activities/" + i + padding, "run");
    }
    assertThat(sports.characters()).isBetween(MOST_CHARACTERS - 512, MOST_CHARACTERS);
    assertThat(sports.files()).isLessThan(MOST_FILES / 10);
    describe("activities/0" + padding, "ride"); // known, so it costs nothing more
    assertThat(sports.of("activities/0" + padding)).isEqualTo("ride");
  }

  @Test
  void soManyFilesAreDescribed_andNoMore() {
    for (int i = 0; i <= MOST_FILES; i++) {
      describe("activities/" + i, "run");
    }
    assertThat(sports.files()).isEqualTo(MOST_FILES);
    assertThat(sports.of("activities/" + (MOST_FILES - 1))).isEqualTo("run");
    assertThat(sports.of("activities/" + MOST_FILES)).isEmpty();
  }
}
