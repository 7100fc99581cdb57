package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.FoldedRun;
import io.pacewire.track.Geodesy;
import io.pacewire.track.SuspicionLimits;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.TrackPoints;
import io.pacewire.track.Verdict;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Drives, whether the fold counted them or refused them, and what is no drive. */
class VehicleSpeedTest {
  /** Of latitude, near the equator. */
  private static final double METRES_A_DEGREE = Geodesy.distanceM(0, 10, 1, 10);

  private final List<TrackPoint> points = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private long atMs;
  private double northM;
  private double countedM;
  private double timerS;

  private static Optional<Suspicion> of(String sport, List<TrackPoint> points) {
    return VehicleSpeed.of(SuspicionLimits.of(sport), Legs.of(points, List.of()));
  }

  private Optional<Suspicion> run() {
    return VehicleSpeed.of(SuspicionLimits.of("run"), Legs.of(points, verdicts));
  }

  private static Optional<Suspicion> folded(String sport, int seconds, double mps) {
    FoldedRun run = FoldedRun.trembling(sport, seconds, mps, 90);
    List<Suspicion> found = Suspicions.of(run.figures, run.points, run.verdicts);
    return found.stream().filter(one -> one.reason() == Reason.VEHICLE_SPEED).findFirst();
  }

  @Test
  void fasterThanTheBest_isToldWithValueLimitAndWhen() {
    Suspicion car = of("run", new Points().go(900, 9.5).list).orElseThrow();
    assertThat(car.reason()).isEqualTo(Reason.VEHICLE_SPEED);
    assertThat(car.value()).isEqualTo(9.5, within(1e-9));
    assertThat(car.limit()).isEqualTo(7.3);
    assertThat(car.unit()).isEqualTo("m/s");
    assertThat(car.toEpochMs() - car.fromEpochMs()).isEqualTo(300_000);
    // three windows of five minutes: 0.5 (7.3 / 9.5)^4 0.8^2
    assertThat(car.confidence()).isEqualTo(1 - 0.5 * Math.pow(7.3 / 9.5, 4) * 0.64, within(1e-9));
  }

  @Test
  void confidence_growsWithSpeedAndWithTime() {
    double five = of("run", new Points().go(300, 9.5).list).orElseThrow().confidence();
    assertThat(five).isEqualTo(1 - 0.5 * Math.pow(7.3 / 9.5, 4), within(1e-9));
    assertThat(of("run", new Points().go(599, 9.5).list).orElseThrow().confidence())
        .as("no second window fits")
        .isEqualTo(five);
    assertThat(of("run", new Points().go(600, 9.5).list).orElseThrow().confidence())
        .isGreaterThan(five);
    assertThat(of("run", new Points().go(300, 9.6).list).orElseThrow().confidence())
        .isGreaterThan(five);
  }

  @Test
  void eachDuration_hasItsLimit() {
    assertThat(of("run", new Points().go(300, 7.29).list)).isEmpty();
    assertThat(of("run", new Points().go(300, 7.31).list)).isPresent();
    assertThat(of("run", new Points().go(1_140, 6.8).list)).as("19 minutes").isEmpty();
    Suspicion twenty = of("run", new Points().go(1_200, 6.8).list).orElseThrow();
    assertThat(twenty.limit()).isEqualTo(6.7);
    assertThat(twenty.toEpochMs() - twenty.fromEpochMs()).isEqualTo(1_200_000);
    assertThat(of("run", new Points().go(3_540, 6.4).list)).as("59 minutes").isEmpty();
    Suspicion hour = of("run", new Points().go(3_600, 6.4).list).orElseThrow();
    assertThat(hour.limit()).isEqualTo(6.3);
    assertThat(hour.confidence()).isEqualTo(1 - 0.5 * Math.pow(6.3 / 6.4, 4), within(1e-9));
    assertThat(of("other", new Points().go(3_600, 200).list)).isEmpty();
  }

  @Test
  void theFastestWindow_isShown() {
    Suspicion car =
        of("run", new Points().go(600, 3).go(300, 12).go(600, 3).list).orElseThrow();
    assertThat(car.fromEpochMs()).isEqualTo(600_000);
    assertThat(car.toEpochMs()).isEqualTo(900_000);
    assertThat(car.value()).isEqualTo(12, within(1e-9));
  }

  @Test
  void sprintsAndRecords_areNoCar() {
    assertThat(of("run", new Points().go(300, 3).go(60, 9).go(300, 3).list)).isEmpty();
    assertThat(of("run", new Points().go(240, 7.9).go(120, 4).list))
        .as("1,896 m")
        .isEmpty();
    assertThat(of("ride", new Points().go(3_600, 15.8).list)).as("hour record").isEmpty();
  }

  @Test
  void drivesThatTheFoldCounted_orRefused_areFound() {
    assertFound(folded("run", 1_800, 35), 35, 7.3);
    assertFound(folded("walk", 1_800, 35), 35, 5.1);
    assertFound(folded("walk", 1_800, 20), 20, 5.1);
    assertFound(folded("ride", 1_800, 20), 20, 19.5);
    assertFound(folded("run", 1_800, 6.9), 6.9, 6.7);
    assertFound(folded("run", 600, 97.5), 97.5, 7.3);
  }

  private static void assertFound(Optional<Suspicion> found, double mps, double limit) {
    assertThat(found).hasValueSatisfying(car -> {
      assertThat(car.value()).isCloseTo(mps, within(0.02 * mps));
      assertThat(car.limit()).isEqualTo(limit);
    });
  }

  @Test
  void honestTrainings_areNotSuspected() {
    assertThat(folded("run", 1_800, 3.2)).isEmpty();
    assertThat(folded("walk", 1_800, 1.4)).isEmpty();
    assertThat(folded("ride", 1_800, 11)).isEmpty();
  }

  /** A minute later there is a point so far on, of which so much counts. */
  private VehicleSpeedTest leg(double metres, double counted) {
    atMs += 60_000;
    timerS += 60;
    northM += metres;
    countedM += counted;
    return point();
  }

  private VehicleSpeedTest point() {
    points.add(TrackPoints.any(
        atMs, northM / METRES_A_DEGREE, 10, countedM, timerS, 0, 5, TrackPoint.BREAK));
    return this;
  }

  private VehicleSpeedTest refused(double metres) {
    leg(metres, 0);
    return doubt(Verdict.Reason.GAP_NOT_BRIDGED);
  }

  private VehicleSpeedTest doubt(Verdict.Reason reason) {
    verdicts.add(TrackPoints.verdict(reason, atMs, 99, northM / METRES_A_DEGREE, 10));
    return this;
  }

  @Test
  void refusedLegs_countStraight_theTwoLongestLeftOut() {
    point().refused(1_200).refused(900).refused(600).refused(60_000).refused(30_000);
    assertThat(run().orElseThrow().value()).isEqualTo(2_700 / 180.0, within(0.1));
    leg(180, 180);
    // 900 + 600 + 30,000 + 180 refused or counted in the window from the second; longest two out
    assertThat(run().orElseThrow().value()).isEqualTo(2_700 / 180.0, within(0.1));
  }

  @Test
  void twoRefusedLegs_areAReceiverThatLostItself() {
    point().refused(6_000).refused(-6_000).leg(180, 180).leg(180, 180).leg(180, 180);
    assertThat(run()).isEmpty();
    doubt(Verdict.Reason.DUPLICATE).leg(6_000, 0).leg(6_000, 0);
    assertThat(run()).as("nothing was refused there").isEmpty();
  }

  @Test
  void whatHappensInAPause_isNobodysBusiness() {
    point();
    for (int i = 0; i < 10; i++) {
      refused(1_800);
    }
    assertThat(run().orElseThrow().value()).isEqualTo(30, within(0.2));
    points.clear();
    verdicts.clear();
    point();
    for (int i = 0; i < 10; i++) {
      timerS -= 1; // for a second of each minute
      refused(1_800);
    }
    assertThat(run()).isEmpty();
  }

  @Test
  void withoutAnyPoint_refusedFixesThemselvesSayWhereOneWas() {
    point();
    for (int i = 0; i < 20; i++) {
      atMs += 20_000;
      northM += 500;
      doubt(i % 2 == 0 ? Verdict.Reason.TOO_FAST : Verdict.Reason.OFF_TRACK);
    }
    Suspicion car = run().orElseThrow();
    assertThat(car.value()).isEqualTo(25, within(0.2));
    assertThat(car.toEpochMs() - car.fromEpochMs()).as("legs of 80 s").isEqualTo(320_000);
    verdicts.replaceAll(one -> TrackPoints.verdict(
        Verdict.Reason.INACCURATE, one.atEpochMs(), 99, one.latitudeDeg(), one.longitudeDeg()));
    assertThat(run()).as("inaccurate ones say nothing").isEmpty();
  }

  @Test
  void placesByStepsAlone_areSkipped() {
    List<TrackPoint> list = new Points().go(900, 3).list;
    list.add(450, TrackPoints.any(449_500, Double.NaN, Double.NaN, 1_348, 449.5, 0, 5, 0));
    assertThat(of("run", list)).isEmpty();
    List<TrackPoint> fast = new Points().go(300, 9).list;
    fast.add(150, TrackPoints.any(149_500, Double.NaN, Double.NaN, 1_345, 149.5, 0, 5, 0));
    assertThat(of("run", fast).orElseThrow().value()).isEqualTo(9, within(1e-9));
  }

  @Test
  void aClockThatWasSetBack_partsTheTraining() {
    List<TrackPoint> list = new Points().go(240, 9).list;
    List<TrackPoint> twice = new ArrayList<>(list);
    twice.addAll(list);
    assertThat(of("run", twice)).isEmpty();
    assertThat(of("run", List.of())).isEmpty();
  }
}
