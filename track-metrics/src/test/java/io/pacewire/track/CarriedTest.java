package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is carried faster than the sport allows, and who stands and sways. */
class CarriedTest {
  private final Outputs out = new Outputs();

  @ParameterizedTest
  @CsvSource({"run, 20", "run, 35", "walk, 14", "hike, 20"})
  void aDrive_isNoWayOfThatSport_thoughEachStepCouldBeNoise(String sport, double mps) {
    Figures figures =
        Recording.of(sport).accuracyCm(500).north(1_800, mps).fold(out).figures();
    assertThat(figures.distanceM()).isLessThan(0.02 * 1_800 * mps);
    assertThat(out.verdicts)
        .filteredOn(verdict -> verdict.reason() == Reason.TOO_FAST)
        .hasSizeGreaterThan(1_000)
        .allSatisfy(verdict -> assertThat(verdict.value()).isGreaterThan(verdict.limit()));
  }

  @Test
  void whoGetsOffTheBus_walksOn() {
    Figures figures = Recording.of("walk")
        .accuracyCm(500)
        .north(300, 1.4)
        .north(300, 14)
        .north(300, 1.4)
        .fold(out)
        .figures();
    assertThat(figures.distanceM()).isBetween(800.0, 960.0);
  }

  @ParameterizedTest
  @CsvSource({"run, 6.5", "ride, 20", "walk, 2.2", "xc-ski, 12", "other, 33", "other, 90"})
  void whatASportAllows_countsWhole(String sport, double mps) {
    Figures figures =
        Recording.of(sport).accuracyCm(500).north(600, mps).fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(599 * mps, within(0.01 * 599 * mps));
    assertThat(out.verdicts).isEmpty();
  }

  /** Eight minutes at a bus stop with the phone in the hand, as far as a receiver strays. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void whoStandsAndSways_goesNoWay(long seed) {
    Figures figures = swaying(seed, 500).figures();
    assertThat(figures.motion().steps()).isBetween(100.0, 125.0);
    assertThat(figures.distanceM() - 59 * 1.4).isBetween(-5.0, 30.0);
    assertThat(out.verdicts)
        .filteredOn(verdict -> verdict.reason() == Reason.STANDING_STILL)
        .isNotEmpty()
        .allSatisfy(verdict -> assertThat(verdict.unit()).isEqualTo("m/s"));
  }

  private FoldState swaying(long seed, int seconds) {
    Random random = new Random(seed);
    ReceiverNoise noise = new ReceiverNoise(seed);
    Recording recording =
        Recording.of("walk").accuracyCm(500).steps(2).north(60, 1.4).steps(Double.NaN);
    for (int second = 0; second < seconds; second++) {
      recording.swaying(20, random);
      if (noise.next(1)) {
        recording.lying(noise.offNorthM, noise.offEastM);
      } else {
        recording.silence(1, 0, 0);
      }
    }
    return recording.fold(out);
  }

  /** Nothing is felt, as deep in a rucksack: that says nothing of whether one goes. */
  @ParameterizedTest
  @CsvSource({"0.6", "0.9", "1.2"})
  void whoseStepsAreNeverFelt_goesAllTheSame(double mps) {
    Random random = new Random(1);
    Recording recording = Recording.of("hike").accuracyCm(500);
    for (int second = 0; second < 600; second++) {
      recording.swaying(4, random).north(1, mps);
    }
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(599 * mps, within(0.15 * 599 * mps));
  }

  @Test
  void aTable_saysOnceThatNobodyGoes() {
    Figures figures = Recording.of("walk")
        .steps(2)
        .north(60, 1.4)
        .steps(0)
        .north(120, 0)
        .fold(out)
        .figures();
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.STANDING_STILL);
    assertThat(out.verdicts.get(0).confidence()).isEqualTo(0.95);
    assertThat(figures.distanceM()).isCloseTo(59 * 1.4, within(2.0));
  }

  /** Nobody knows what moves one who does another sport: a train, or an aircraft with the wind. */
  @ParameterizedTest
  @CsvSource({"0.5, 80", "2.5, 250"})
  void aTrainAndAnAircraft_countWholeAsAnotherSport(double mps2, double mps) {
    Recording recording = Recording.of("other").accuracyCm(500);
    double metres = 0;
    double speed = 0;
    for (int second = 0; second < 900; second++) {
      speed = Math.min(mps, speed + mps2);
      metres += speed;
      recording.north(1, speed);
    }
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(metres, within(0.002 * metres));
    assertThat(out.verdicts).isEmpty();
  }
}
