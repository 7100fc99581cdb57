package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated tracks under a receiver's noise, against the way that was really gone. */
class NoiseTest {
  private static final double LATITUDE = 55.75;
  private static final double LONGITUDE = 37.6;

  /** Four corners in 600 m: at each the noise hides some metres of which nobody knows. */
  @ParameterizedTest
  @CsvSource({"run,3,1", "run,3,2", "walk,1.4,1", "walk,1.4,2", "ride,8,1", "ride,8,2"})
  void roundABlock_theDistanceIsRight(String sport, double speedMps, long seed) {
    double metres = roundABlock(sport, speedMps, 3_000, seed);
    double truth = 2_999 * speedMps;
    double percent = (metres - truth) / truth * 100;
    System.out.printf(
        Locale.ROOT, "noise: %s at %.1f m/s, seed %d: %+.2f %%%n", sport, speedMps, seed, percent);
    assertThat(percent).isBetween(-1.8, 1.8);
  }

  @ParameterizedTest
  @CsvSource({"run,1", "run,2", "walk,3", "ride,4"})
  void onATable_tenMinutesOfDriftStaySmall(String sport, long seed) {
    double metres = roundABlock(sport, 0, 600, seed);
    System.out.printf(
        Locale.ROOT, "drift: %s, seed %d: %.0f m in ten minutes%n", sport, seed, metres);
    assertThat(metres).isLessThan(50);
  }

  /** A receiver among trees drifts by what it states; a walk must not be its drift's length. */
  @ParameterizedTest
  @CsvSource({"8, 0.8", "8, 1.3", "12, 0.8", "12, 1.3", "12, 3", "20, 1.3", "20, 3"})
  void whoHardlyOutrunsTheDrift_goesAsFarAsHeGot(double statedM, double speedMps) {
    double metres = 0;
    for (int seed = 1; seed <= 4; seed++) {
      Drift north = new Drift(seed, statedM / 1.51, 20);
      Drift east = new Drift(seed + 100, statedM / 1.51, 20);
      Recording recording =
          Recording.of(speedMps > 2 ? "run" : "walk").accuracyCm((int) (100 * statedM));
      for (int second = 0; second < 1_800; second++) {
        recording.shifted(speedMps, 0).lying(north.next(), east.next());
      }
      metres += recording.fold(FoldSink.NONE).figures().distanceM() / 4;
    }
    assertThat(metres / (1_799 * speedMps)).isBetween(0.97, 1.07);
  }

  /** A receiver that hardly knows where it is, from the first fix to the last. */
  @ParameterizedTest
  @CsvSource({"walk, 1.3, 65", "run, 3, 65", "run, 3, 100", "ride, 7, 100", "run, 3, 200"})
  void whereNothingBetterComes_coarseFixesAreBridged(String sport, double mps, double statedM) {
    Drift north = new Drift(1, statedM / 1.51, 20);
    Drift east = new Drift(2, statedM / 1.51, 20);
    Recording recording = Recording.of(sport).accuracyCm((int) (100 * statedM));
    for (int second = 0; second < 1_800; second++) {
      recording.shifted(mps, 0).lying(north.next(), east.next());
    }
    Figures figures = recording.fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM() / (1_799 * mps)).isBetween(0.87, 1.07);
    assertThat(figures.estimatedM()).isEqualTo(figures.distanceM());
    assertThat(figures.rejectedFixCount()).isGreaterThan(1_700);
  }

  @Test
  void whoStandsWithSuchAReceiver_goesNowhere() {
    Drift north = new Drift(1, 65 / 1.51, 60);
    Drift east = new Drift(2, 65 / 1.51, 60);
    Recording recording = Recording.of("walk").accuracyCm(6_500);
    for (int second = 0; second < 1_800; second++) {
      recording.lying(north.next(), east.next());
    }
    assertThat(recording.fold(FoldSink.NONE).figures().distanceM()).isZero();
  }

  /** What it guessed while it looked for satellites is no way to where it then is. */
  @Test
  void goodFixesAfterCoarseOnes_beginAnew() {
    Recording recording = Recording.of("run").accuracyCm(8_000);
    for (int second = 0; second < 50; second++) {
      recording.lying(second % 7 * 10 - 30, second % 5 * 10 - 20);
    }
    Figures figures =
        recording.accuracyCm(500).north(600, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isBetween(1_790.0, 1_801.0);
  }

  @Test
  void coarseFixesToTheEnd_bridgeWhatIsSure() {
    Figures figures = Recording.of("run")
        .accuracyCm(500)
        .north(900, 3)
        .accuracyCm(6_500)
        .north(900, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.distanceM()).isBetween(5_100.0, 5_397.0);
    assertThat(figures.distanceM() - figures.estimatedM()).isBetween(2_690.0, 2_700.0);
  }

  @Test
  void aMastsReach_isNoPlace() {
    Figures figures =
        Recording.of("run").accuracyCm(60_000).north(900, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isZero();
    assertThat(figures.rejectedFixCount()).isEqualTo(900);
  }

  /** An app that takes what masts and access points say as well: every tenth fix is 20 m off a side. */
  @ParameterizedTest
  @CsvSource({"run,3", "walk,1.4", "ride,7"})
  void worseFixesAmongGoodOnes_makeNoDetours(String sport, double speedMps) {
    Random random = new Random(1);
    Recording recording = Recording.of(sport);
    for (int second = 0; second < 1_800; second++) {
      recording.accuracyCm(500).north(1, speedMps);
      if (second % 10 == 5) {
        double offM = 20 * random.nextGaussian();
        double besideM = 20 * random.nextGaussian();
        recording.accuracyCm(3_000).later(500).shifted(offM, besideM).fix();
        recording.shifted(-offM, -besideM).later(-500);
      }
    }
    double metres = recording.fold(FoldSink.NONE).figures().distanceM();
    assertThat(metres / (1_799 * speedMps)).isBetween(0.985, 1.005);
  }

  /** Ten minutes of it one stands about without an accelerometer, while the receiver drifts. */
  @ParameterizedTest
  @CsvSource({"run,3,1", "run,3,2", "walk,1.3,1", "walk,1.3,2", "ride,7,1", "ride,7,2"})
  void whoStandsAbout_doesNotMove(String sport, double speedMps, long seed) {
    Drift north = new Drift(seed, 3, 20);
    Drift east = new Drift(seed + 100, 3, 20);
    Recording recording = Recording.of(sport).accuracyCm(500);
    for (int second = 0; second < 1_800; second++) {
      boolean goes = second < 600 || second >= 1_200;
      recording.shifted(goes ? speedMps : 0, 0).lying(north.next(), east.next());
    }
    double movingS = recording.fold(FoldSink.NONE).figures().movingS();
    assertThat(movingS).isBetween(1_170.0, 1_350.0);
  }

  /** A rectangle of 200 m by 100 m, one fix a second. */
  private static double roundABlock(String sport, double speedMps, int seconds, long seed) {
    ReceiverNoise noise = new ReceiverNoise(seed);
    Recording recording = Recording.of(sport).accuracyCm(500);
    double radians = Math.toRadians(LATITUDE);
    double degreesNorth = Math.toDegrees(1 / Geodesy.metresPerRadianNorth(radians));
    double degreesEast = Math.toDegrees(1 / Geodesy.metresPerRadianEast(radians));
    for (int second = 1; second <= seconds; second++) {
      recording.silence(1, 0, 0);
      if (!noise.next(1)) {
        continue;
      }
      double along = second * speedMps % 600;
      double east = along < 200 ? along : along < 300 ? 200 : along < 500 ? 500 - along : 0;
      double north = along < 200 ? 0 : along < 300 ? along - 200 : along < 500 ? 100 : 600 - along;
      recording.fixAt(
          Recording.START + second * 1_000L,
          LATITUDE + (north + noise.offNorthM) * degreesNorth,
          LONGITUDE + (east + noise.offEastM) * degreesEast);
    }
    return recording.fold(FoldSink.NONE).figures().distanceM();
  }
}
