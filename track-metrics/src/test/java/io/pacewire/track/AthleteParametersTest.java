package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.track.AthleteParameters.Sex;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who runs: what may be said of an athlete, and what of it is kept with the state. */
class AthleteParametersTest {
  private static final AthleteParameters ATHLETE =
      new AthleteParameters(200, 150, 65.432, 310, Sex.FEMALE, 31);

  @ParameterizedTest
  @CsvSource({
    "100, 25, 20, 0, 10",
    "250, 249, 400, 1000, 110",
  })
  void theEndsOfEachRange_areAllowed(int max, int resting, double kg, int watts, int years) {
    AthleteParameters athlete = new AthleteParameters(max, resting, kg, watts, Sex.MALE, years);
    assertThat(athlete.maxHeartRateBpm()).isEqualTo(max);
    assertThat(athlete.restingHeartRateBpm()).isEqualTo(resting);
    assertThat(athlete.weightKg()).isEqualTo(kg);
    assertThat(athlete.thresholdPowerW()).isEqualTo(watts);
    assertThat(athlete.ageYears()).isEqualTo(years);
  }

  @ParameterizedTest
  @CsvSource({
    "99, 25, 70, 0, 40, maxHeartRateBpm",
    "251, 60, 70, 0, 40, maxHeartRateBpm",
    "190, 24, 70, 0, 40, restingHeartRateBpm",
    "190, 190, 70, 0, 40, restingHeartRateBpm",
    "190, 60, 19.999, 0, 40, weightKg",
    "190, 60, 400.001, 0, 40, weightKg",
    "190, 60, NaN, 0, 40, weightKg",
    "190, 60, 70, -1, 40, thresholdPowerW",
    "190, 60, 70, 1001, 40, thresholdPowerW",
    "190, 60, 70, 0, 9, ageYears",
    "190, 60, 70, 0, 111, ageYears",
  })
  void whatIsJustBeyondARange_isRefusedByName(
      int max, int resting, double kg, int watts, int years, String name) {
    assertThatThrownBy(() -> new AthleteParameters(max, resting, kg, watts, Sex.UNKNOWN, years))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }

  /** A fold's state is loaded for each batch: the athlete is nearly always the one before. */
  @Test
  void bytesOfTheSameAthlete_makeNoNewOne() {
    AthleteParameters same = new AthleteParameters(200, 150, 65.432, 310, Sex.FEMALE, 31);
    assertThat(AthleteParameters.read(bytes(ATHLETE), same)).isSameAs(same);
    AthleteParameters unknown = AthleteParameters.defaults();
    assertThat(AthleteParameters.read(bytes(unknown), unknown)).isSameAs(unknown);
  }

  /** One who differs in a single thing is another. */
  @ParameterizedTest
  @CsvSource({
    "201, 150, 65.432, 310, FEMALE, 31",
    "200, 149, 65.432, 310, FEMALE, 31",
    "200, 150, 65.433, 310, FEMALE, 31",
    "200, 150, 65.432, 311, FEMALE, 31",
    "200, 150, 65.432, 310, MALE, 31",
    "200, 150, 65.432, 310, UNKNOWN, 31",
    "200, 150, 65.432, 310, FEMALE, 32",
    "190, 60, 70, 0, UNKNOWN, 40",
  })
  void bytesOfAnotherAthlete_areReadWhole(
      int max, int resting, double kg, int watts, Sex sex, int years) {
    AthleteParameters before = new AthleteParameters(max, resting, kg, watts, sex, years);
    ByteBuffer bytes = bytes(ATHLETE);
    AthleteParameters read = AthleteParameters.read(bytes, before);
    assertThat(bytes.remaining()).isZero();
    assertThat(read.maxHeartRateBpm()).isEqualTo(200);
    assertThat(read.restingHeartRateBpm()).isEqualTo(150);
    assertThat(read.weightKg()).isEqualTo(65.432);
    assertThat(read.thresholdPowerW()).isEqualTo(310);
    assertThat(read.sex()).isEqualTo(Sex.FEMALE);
    assertThat(read.ageYears()).isEqualTo(31);
  }

  @Test
  void theHighestOfEverything_fitsTheBytes() {
    AthleteParameters most = new AthleteParameters(250, 249, 400, 1_000, Sex.MALE, 110);
    AthleteParameters read = AthleteParameters.read(bytes(most), ATHLETE);
    assertThat(read.maxHeartRateBpm()).isEqualTo(250);
    assertThat(read.restingHeartRateBpm()).isEqualTo(249);
    assertThat(read.weightKg()).isEqualTo(400);
    assertThat(read.thresholdPowerW()).isEqualTo(1_000);
    assertThat(read.sex()).isEqualTo(Sex.MALE);
    assertThat(read.ageYears()).isEqualTo(110);
  }

  @Test
  void bytesOfASexThatThereIsNot_areRefused() {
    ByteBuffer bytes = bytes(ATHLETE);
    bytes.putShort(5, (short) (3 << 10)); // behind two rates and three bytes of weight
    assertThatThrownBy(() -> AthleteParameters.read(bytes, ATHLETE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sex: 3");
  }

  private static ByteBuffer bytes(AthleteParameters athlete) {
    ByteBuffer bytes = ByteBuffer.allocate(8);
    athlete.write(bytes);
    return bytes.flip();
  }
}
