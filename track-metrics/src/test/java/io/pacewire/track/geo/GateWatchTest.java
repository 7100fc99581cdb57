package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateWatchTest {
  private static final Gate NORTHWARDS = Gate.across("finish", Places.TOWN, 0, 20);

  /** 5 m/s northwards, fixes at -12 m and +3 m: the line is 2.4 s after the first. */
  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void theTime_isInterpolated_everywhere(Position centre) {
    Walk walk = Walk.about(centre).at(0, 1, -12).at(3, 1, 3).at(6, 1, 18);
    List<GateCrossing> crossings = walk.through(Gate.across("finish", centre, 0, 20));
    assertThat(crossings).singleElement().satisfies(crossing -> {
      assertThat(crossing.gateId()).isEqualTo("finish");
      assertThat(crossing.isForward()).isTrue();
      assertThat(crossing.atEpochMs()).isCloseTo(Walk.START_MS + 2_400, within(1L));
      assertThat(LocalPlane.at(centre).northM(crossing.position())).isCloseTo(0, within(1e-3));
    });
  }

  /** Share 0.8 of 3 s: unsteady 9·0.8·0.2/2/5 = 0.144 s; noise 2·√(0.04+0.64)/5 = 0.330 s. */
  @Test
  void theUncertainty_isStated() {
    List<GateCrossing> crossings =
        Walk.about(Places.TOWN).sigma(2).at(0, 0, -12).at(3, 0, 3).at(4, 0, 8).through(NORTHWARDS);
    assertThat(crossings.get(0).uncertaintyMs()).isCloseTo(359.9, within(0.2));
  }

  @Test
  void withoutNoiseOnAFix_itIsCertain() {
    List<GateCrossing> crossings =
        Walk.about(Places.TOWN).at(0, 0, -12).at(3, 0, 0).at(4, 0, 5).through(NORTHWARDS);
    assertThat(crossings.get(0).uncertaintyMs()).isLessThan(1);
    assertThat(crossings.get(0).atEpochMs()).isEqualTo(Walk.START_MS + 3_000);
  }

  @Test
  void theOtherWay_isBackward() {
    List<GateCrossing> crossings =
        Walk.about(Places.TOWN).at(0, 0, 10).at(3, 0, -10).through(NORTHWARDS);
    assertThat(crossings).extracting(GateCrossing::isForward).containsExactly(false);
  }

  @Test
  void theFirstEnd_isOnTheLeft() {
    List<Position> ends = Walk.line(Places.TOWN, -10, 0, 10, 0);
    Walk north = Walk.about(Places.TOWN).at(0, 0, -10).at(3, 0, 10);
    assertThat(north.through(Gate.between("g", ends.get(0), ends.get(1))))
        .extracting(GateCrossing::isForward)
        .containsExactly(true);
    assertThat(north.through(Gate.between("g", ends.get(1), ends.get(0))))
        .extracting(GateCrossing::isForward)
        .containsExactly(false);
    Walk wide = Walk.about(Places.TOWN).at(0, 10.5, -10).at(3, 10.5, 10);
    assertThat(wide.through(Gate.between("g", ends.get(0), ends.get(1)))).isEmpty();
  }

  @Test
  void passingBesideTheLine_isNone() {
    assertThat(Walk.about(Places.TOWN).at(0, 11, -10).at(3, 11, 10).through(NORTHWARDS))
        .isEmpty();
  }

  @Test
  void waitingOnTheLine_givesOneCrossing() {
    Random noise = new Random(11);
    Walk walk = Walk.about(Places.TOWN).sigma(3).at(0, 0, -20);
    for (int i = 1; i < 500; i++) {
      walk.at(i, 0, noise.nextGaussian() - 0.5);
    }
    List<GateCrossing> crossings = walk.at(500, 0, 6).at(501, 0, 12).through(NORTHWARDS);
    assertThat(crossings)
        .singleElement()
        .satisfies(
            crossing -> assertThat(crossing.atEpochMs()).isGreaterThan(Walk.START_MS + 480_000));
  }

  @Test
  void whoStartsJustBeforeTheLine_crossesIt() {
    assertThat(Walk.about(Places.TOWN)
            .sigma(10)
            .at(0, 0, -3)
            .at(1, 0, 0.5)
            .at(10, 0, 40)
            .through(NORTHWARDS))
        .singleElement()
        .satisfies(
            crossing -> assertThat(crossing.atEpochMs() - Walk.START_MS).isBetween(800L, 900L));
  }

  /** A 400 m oval in 80 s, four times: the far straight passes the line's prolongation. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, 3, 5})
  void whoStopsBehindTheFinish_isThere(double sigmaM) {
    for (double behindM : new double[] {2.6, 3, 5, 8}) {
      List<GateCrossing> crossings = new ArrayList<>();
      GateWatch watch = new GateWatch(NORTHWARDS, crossings::add);
      Walk walk = Walk.about(Places.TOWN).sigma(sigmaM);
      for (int s = 0; s <= 30; s++) {
        walk.at(s, 0, Math.min(behindM, -60 + s * 3.0));
      }
      walk.fixes().forEach(watch::accept);
      watch.end();
      assertThat(crossings).as("%.1f m behind", behindM).singleElement().satisfies(crossing -> {
        assertThat(crossing.isForward()).isTrue();
        assertThat(crossing.atEpochMs()).isCloseTo(Walk.START_MS + 20_000, within(1L));
      });
    }
  }

  @Test
  void whoStopsBeforeTheLine_isNot() {
    List<GateCrossing> crossings = new ArrayList<>();
    GateWatch watch = new GateWatch(NORTHWARDS, crossings::add);
    Walk walk = Walk.about(Places.TOWN).sigma(3);
    walk.at(0, 0, -20).at(10, 0, 1).at(12, 0, -2);
    walk.fixes().forEach(watch::accept);
    watch.end();
    assertThat(crossings).isEmpty();
  }

  /** A minute and a half beside the line under a drift of 3 m, and the watch is stopped there. */
  @Test
  void whoStopsBesideTheLine_isMostlyWhereTheyAre() {
    assertThat(crossedOf100(-5)).isLessThanOrEqualTo(3);
    assertThat(crossedOf100(-2)).isLessThanOrEqualTo(15);
    assertThat(crossedOf100(3)).isGreaterThanOrEqualTo(75);
    assertThat(crossedOf100(5)).isGreaterThanOrEqualTo(90);
  }

  private static int crossedOf100(double stopsM) {
    int crossed = 0;
    for (int seed = 0; seed < 100; seed++) {
      List<GateCrossing> crossings = new ArrayList<>();
      GateWatch watch = new GateWatch(NORTHWARDS, crossings::add);
      Walk walk = Walk.about(Places.TOWN).sigma(3);
      Random chance = new Random(seed);
      double drift = 0;
      for (int s = 0; s <= 110; s++) {
        drift = 0.95 * drift + Math.sqrt(1 - 0.95 * 0.95) * 3 * chance.nextGaussian();
        walk.at(s, 0, Math.min(stopsM, stopsM - 60 + s * 3.0) + drift);
      }
      walk.fixes().forEach(watch::accept);
      watch.end();
      crossed += crossings.size() % 2;
    }
    return crossed;
  }

  /** Nobody can tell from noise which passage was the start; the uncertainty says so. */
  @Test
  void whoWaitsRightAtTheStart_beganWithinWhatIsStated() {
    int within = 0;
    for (int seed = 0; seed < 100; seed++) {
      List<GateCrossing> crossings = standing(seed, -0.5, 0, 20, -0.5, 3);
      GateCrossing last = crossings.get(crossings.size() - 1);
      double errorMs = Math.abs(last.atEpochMs() - (Walk.START_MS + 620_200));
      within += errorMs <= 2 * last.uncertaintyMs() + 1_000 ? 1 : 0;
    }
    assertThat(within).isGreaterThanOrEqualTo(90);
  }

  @Test
  void aFirstFixBeyondTheLinesEnds_saysNothing() {
    assertThat(Walk.about(Places.TOWN)
            .sigma(3)
            .at(0, 500, -20)
            .at(1, 500, 5)
            .at(2, 500, -20)
            .through(NORTHWARDS))
        .isEmpty();
  }

  /** Drifts to and fro over the line for ten minutes, and walks on: the time is that of the finish. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whoStandsBehindTheFinish_finishedWhenTheyCame(long seed) {
    List<GateCrossing> crossings = standing(seed, -60, 3, 20, 2, 1.4);
    assertThat(crossings).first().satisfies(crossing -> {
      assertThat(crossing.isForward()).isTrue();
      assertThat(crossing.atEpochMs()).isCloseTo(Walk.START_MS + 20_000, within(1_500L));
    });
  }

  /** Ten minutes at the start line, then off: the time is that of setting off. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whoStandsAtTheStart_beganWhenTheyLeft(long seed) {
    List<GateCrossing> crossings = standing(seed, -1, 0, 20, -1, 3);
    assertThat(crossings).last().satisfies(crossing -> {
      assertThat(crossing.isForward()).isTrue();
      assertThat(crossing.atEpochMs()).isBetween(Walk.START_MS + 560_000, Walk.START_MS + 625_000);
    });
  }

  /** Comes, stands about a place for ten minutes under a drift of 2 m, and goes on northwards. */
  private static List<GateCrossing> standing(
      long seed, double fromM, double comesMps, int forS, double standsM, double goesMps) {
    Random chance = new Random(seed);
    List<GateCrossing> crossings = new ArrayList<>();
    GateWatch watch = new GateWatch(NORTHWARDS, crossings::add);
    Walk walk = Walk.about(Places.TOWN).sigma(3);
    for (int s = 0; s <= forS; s++) {
      walk.at(s, 0, fromM + comesMps * s);
    }
    double drift = 0;
    for (int s = forS + 1; s <= 620; s++) {
      drift = 0.95 * drift + Math.sqrt(1 - 0.95 * 0.95) * 2 * chance.nextGaussian();
      walk.at(s, 0, standsM + drift);
    }
    for (int s = 621; s <= 660; s++) {
      walk.at(s, 0, standsM + drift + (s - 620) * goesMps);
    }
    walk.fixes().forEach(watch::accept);
    watch.end();
    return crossings;
  }

  @Test
  void rounds_areLaps() {
    Walk walk = Walk.about(Places.TOWN).sigma(1);
    for (int i = -3; i <= 325; i++) {
      double angle = 2 * Math.PI * i / 80;
      walk.at(i + 3, -63.66 + 63.66 * Math.cos(angle), 63.66 * Math.sin(angle));
    }
    List<GateLap> laps = GateLap.of(walk.through(NORTHWARDS));
    assertThat(laps).extracting(GateLap::index).containsExactly(1, 2, 3, 4);
    assertThat(laps).allSatisfy(lap -> {
      assertThat(lap.elapsedMs()).isCloseTo(80_000, within(5L));
      assertThat(lap.uncertaintyMs())
          .isCloseTo(
              Math.hypot(lap.start().uncertaintyMs(), lap.end().uncertaintyMs()), within(1e-9));
    });
  }

  @Test
  void goingBackOverTheLine_endsNoLap() {
    List<GateCrossing> crossings = Walk.about(Places.TOWN)
        .at(0, 0, -10)
        .at(4, 0, 10)
        .at(8, 0, -10)
        .at(12, 0, 10)
        .at(20, 50, 10)
        .at(24, 50, -10)
        .at(30, 0, -10)
        .at(34, 0, 10)
        .through(NORTHWARDS);
    assertThat(crossings)
        .extracting(GateCrossing::isForward)
        .containsExactly(true, false, true, true);
    assertThat(GateLap.of(crossings)).singleElement().satisfies(lap -> {
      assertThat(lap.elapsedMs()).isEqualTo(22_000);
      assertThat(lap.start()).isSameAs(crossings.get(2));
    });
  }

  @Test
  void aFixThatIsNotLater_changesNothing() {
    assertThat(Walk.about(Places.TOWN)
            .at(5, 0, -10)
            .at(5, 0, 10)
            .at(4, 0, 10)
            .at(6, 0, -9)
            .through(NORTHWARDS))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2_001, Double.NaN})
  void aWidthOutOfRange_isRefused(double width) {
    assertThatThrownBy(() -> Gate.across("g", Places.TOWN, 0, width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("widthM");
    assertThatThrownBy(() -> Gate.across("g", Places.TOWN, -width, 20))
        .hasMessageContaining("headingDeg");
    assertThatThrownBy(() -> Gate.between("g", Places.TOWN, Places.TOWN))
        .hasMessageContaining("widthM");
    assertThat(NORTHWARDS.id()).isEqualTo("finish");
  }

  /** An hour on the edge: fixes that drift across it are no comings and goings. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoWaitsOnTheEdge_hardlyCrossesIt(long seed) {
    Drift drift = new Drift(seed, 5, 20);
    Walk walk = Walk.about(Places.TOWN).sigma(5);
    for (int second = 0; second < 3_600; second++) {
      walk.at(second, 0, drift.next());
    }
    assertThat(walk.through(NORTHWARDS)).hasSizeLessThanOrEqualTo(4);
  }
}
