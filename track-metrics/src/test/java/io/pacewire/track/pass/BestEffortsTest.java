package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.TrackPoint;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The fastest stretches. */
class BestEffortsTest {
  private static final double[] KILOMETRE = {1_000};

  @Test
  void anEvenRun_hasItsPaceEverywhere() {
    List<BestEffort> efforts = BestEfforts.of("run", new Points().go(2_000, 3).list);
    assertThat(efforts)
        .extracting(BestEffort::lengthM)
        .containsExactly(400.0, 804.672, 1_000.0, 1_609.344, 3_218.688, 5_000.0);
    assertThat(efforts)
        .allSatisfy(
            effort -> assertThat(effort.elapsedS()).isCloseTo(effort.lengthM() / 3, within(1e-6)));
  }

  @Test
  void whoSwimsOrRides_hasThatSportsLengths() {
    assertThat(BestEfforts.of("swim", new Points().go(1_600, 1).list))
        .extracting(BestEffort::lengthM)
        .containsExactly(100.0, 200.0, 400.0, 800.0, 1_500.0);
    List<TrackPoint> ride = new Points().go(1_200, 10).list;
    assertThat(BestEfforts.of("ride", ride))
        .extracting(BestEffort::lengthM)
        .containsExactly(5_000.0, 10_000.0)
        .isEqualTo(lengthsM(BestEfforts.of("mtb", ride)));
  }

  private static List<Double> lengthsM(List<BestEffort> efforts) {
    return efforts.stream().map(BestEffort::lengthM).collect(Collectors.toList());
  }

  @Test
  void theFastMiddle_isFound_withBothEndsBetweenPoints() {
    // 1,000 m need 200 s at 5 m/s; there are only 150 s of it, and 4 m/s before, 3 m/s after.
    Points points = new Points().go(300, 4).go(150, 5).go(300, 3);
    BestEffort best = BestEfforts.of(KILOMETRE, points.list).get(0);
    assertThat(best.elapsedS()).isCloseTo(150 + 250 / 4.0, within(1e-6));
    assertThat(best.fromM()).isCloseTo(1_200 - 250, within(1e-6));
    assertThat(best.fromEpochMs()).isCloseTo((300 - 62.5) * 1e3, within(1e-3));
    assertThat(best.isEstimated()).isFalse();
  }

  @Test
  void aPause_countsAsInARace() {
    Points points = new Points().go(100, 5).silence(60, 0, TrackPoint.BREAK).go(100, 5);
    assertThat(BestEfforts.of(KILOMETRE, points.list).get(0).elapsedS())
        .isCloseTo(260, within(1e-6));
  }

  @Test
  void aStretchAcrossMissingFixes_saysSo() {
    Points points =
        new Points().go(50, 3).silence(100, 600, TrackPoint.ESTIMATED).go(300, 3);
    BestEffort best = BestEfforts.of(KILOMETRE, points.list).get(0);
    assertThat(best.isEstimated()).isTrue();
    assertThat(best.elapsedS()).isCloseTo(100 + 400 / 3.0, within(1e-6));
  }

  /** 35 s of 2,500 without fixes are 140 m of ten kilometres: the best is told, not a slower one. */
  @Test
  void aTunnel_costsNoPersonalBest() {
    Points points = new Points()
        .go(1_250, 4)
        .silence(35, 140, TrackPoint.ESTIMATED)
        .go(1_215, 4)
        .go(4_000, 3);
    BestEffort best = BestEfforts.of(new double[] {10_000}, points.list).get(0);
    assertThat(best.isEstimated()).isFalse();
    assertThat(best.elapsedS()).isCloseTo(2_500, within(1e-6));
    BestEffort through = BestEfforts.of(
            new double[] {2_000},
            new Points().go(300, 4).silence(35, 140, TrackPoint.ESTIMATED).go(300, 4).list)
        .get(0);
    assertThat(through.isEstimated()).as("140 m of 2,000").isTrue();
  }

  /** A bus through a gap is twice as fast. */
  @Test
  void whatWasMeasured_isToldBeforeWhatWasBridged() {
    for (Points points : List.of(
        new Points().go(50, 3).silence(100, 600, TrackPoint.ESTIMATED).go(400, 3),
        new Points().go(400, 3).silence(100, 600, TrackPoint.ESTIMATED).go(50, 3))) {
      BestEffort best = BestEfforts.of(KILOMETRE, points.list).get(0);
      assertThat(best.isEstimated()).isFalse();
      assertThat(best.elapsedS()).isCloseTo(1_000 / 3.0, within(1e-6));
    }
  }

  @Test
  void onWheels_otherLengthsCount_andShortTrainingsHaveNone() {
    assertThat(BestEfforts.of("ride", new Points().go(1_100, 10).list))
        .extracting(BestEffort::lengthM)
        .containsExactly(5_000.0, 10_000.0);
    assertThat(BestEfforts.of("run", new Points().go(100, 3).list)).isEmpty();
    assertThat(BestEfforts.of("run", List.of())).isEmpty();
  }

  @Test
  void aClockThatWasSetBack_makesNoRecord() {
    List<TrackPoint> points = new Points().go(300, 3).list;
    List<TrackPoint> after = new Points().go(10, 3).silence(1, 900, 0).go(300, 3).list;
    points.addAll(after.subList(11, after.size()));
    assertThat(BestEfforts.of(KILOMETRE, points))
        .allSatisfy(effort -> assertThat(effort.elapsedS()).isGreaterThan(300));
  }

  @Property(tries = 200)
  void noOtherStretchIsFaster(@ForAll long seed) {
    Random random = new Random(seed);
    Points points = new Points();
    for (int i = 0; i < 60; i++) {
      points.silence(
          1 + random.nextInt(4), random.nextInt(4) == 0 ? 0 : 12 * random.nextDouble(), 0);
    }
    List<TrackPoint> list = points.list;
    double total = list.get(list.size() - 1).distanceM();
    double length = 20 + random.nextInt(150);
    List<BestEffort> found = BestEfforts.of(new double[] {length}, list);
    assertThat(found.isEmpty()).isEqualTo(total < length);
    for (double from = 0; !found.isEmpty() && from + length <= total; from += 0.25) {
      double elapsed = first(list, from + length) - last(list, from);
      assertThat(elapsed).isGreaterThan(found.get(0).elapsedS() - 1e-6);
    }
  }

  /** When a distance was reached for the first time, seconds. */
  private static double first(List<TrackPoint> points, double metres) {
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).distanceM() >= metres) {
        return between(points.get(i - 1), points.get(i), metres, 1);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** When a distance was left for the last time. */
  private static double last(List<TrackPoint> points, double metres) {
    for (int i = points.size() - 1; i > 0; i--) {
      if (points.get(i - 1).distanceM() <= metres) {
        return between(points.get(i - 1), points.get(i), metres, 0);
      }
    }
    return 0;
  }

  private static double between(TrackPoint a, TrackPoint b, double metres, double flat) {
    double way = b.distanceM() - a.distanceM();
    double share = way > 0 ? Math.max(0, Math.min(1, (metres - a.distanceM()) / way)) : flat;
    return (a.atEpochMs() + share * (b.atEpochMs() - a.atEpochMs())) / 1e3;
  }
}
