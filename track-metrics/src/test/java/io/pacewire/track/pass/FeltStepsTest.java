package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.FoldedRun;
import io.pacewire.track.SuspicionLimits;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is carried makes too few steps for his way, even if he shakes the phone once. */
class FeltStepsTest {
  private static FoldedRun shaken(String sport, double mps) {
    return FoldedRun.trembling(sport, 0, 0, 90)
        .feel(0)
        .then(900, mps)
        .feel(2.7)
        .then(3, mps)
        .feel(0)
        .then(900, mps);
  }

  private static Optional<Suspicion> of(FoldedRun run) {
    return new FeltSteps(run.figures).tooFew(SuspicionLimits.of(run.figures.sport()));
  }

  @Test
  void aShake_isNoRun() {
    FoldedRun car = shaken("run", 6.5);
    double steps = car.figures.motion().steps();
    assertThat(steps).isBetween(1.0, 20.0);
    Suspicion found = of(car).orElseThrow();
    assertThat(found.reason()).isEqualTo(Reason.MOTION_WITHOUT_STEPS);
    double goneM = car.figures.distanceM() - car.figures.estimatedM();
    assertThat(found.value()).isEqualTo(goneM / steps, within(1e-9));
    assertThat(found.limit()).isEqualTo(2.25);
    assertThat(found.unit()).isEqualTo("m/step");
    double doubt = 0.5 * 2.25 / (goneM / steps) * Math.pow(0.9, goneM / 1_000 - 1);
    assertThat(found.confidence()).isEqualTo(0.9 * (1 - doubt), within(1e-9));
    assertThat(found.fromEpochMs()).isEqualTo(car.figures.startAtEpochMs());
    assertThat(found.toEpochMs()).isEqualTo(car.figures.lastAtEpochMs());
    assertThat(new FeltSteps(car.figures).areNone()).isTrue();
  }

  @Test
  void withoutAStep_thereIsAsIfOne() {
    FoldedRun car = FoldedRun.trembling("run", 900, 6, 90).steps(0);
    assertThat(car.figures.motion().steps()).isZero();
    assertThat(of(car).orElseThrow().value())
        .isEqualTo(car.figures.distanceM() - car.figures.estimatedM());
  }

  @Test
  void whoRunsOrWalks_isNotCarried() {
    FoldedRun run = FoldedRun.trembling("run", 900, 6, 90).steps(2.8);
    assertThat(of(run)).as("2.1 m a step").isEmpty();
    assertThat(new FeltSteps(run.figures).areNone()).isFalse();
    assertThat(of(FoldedRun.trembling("run", 900, 6, 90).steps(2)))
        .as("3 m a step")
        .isPresent();
    assertThat(of(FoldedRun.trembling("walk", 900, 1.5, 90).steps(1.8))).isEmpty();
    assertThat(of(FoldedRun.trembling("ride", 900, 8, 140).steps(0))).isEmpty();
    assertThat(of(FoldedRun.trembling("run", 150, 6, 90).steps(0))).as("900 m").isEmpty();
  }

  @Test
  void anAccelerometerThatIsNotHeard_saysNothing() {
    assertThat(of(FoldedRun.trembling("run", 900, 6, 90))).isEmpty();
    FoldedRun died = FoldedRun.trembling("run", 0, 0, 90)
        .feel(2.7)
        .then(300, 3)
        .feel(Double.NaN)
        .then(3_000, 3);
    assertThat(died.figures.motion().accelerometerS()).isBetween(298, 302);
    assertThat(of(died)).as("10 km and 800 steps, but it was off").isEmpty();
    assertThat(new FeltSteps(died.figures).areNone()).isFalse();
  }

  @Test
  void moreWay_isLessDoubt() {
    double one =
        of(FoldedRun.trembling("run", 400, 6, 90).steps(2)).orElseThrow().confidence();
    double ten =
        of(FoldedRun.trembling("run", 1_600, 6, 90).steps(2)).orElseThrow().confidence();
    assertThat(one).isBetween(0.5, 0.65);
    assertThat(ten).isGreaterThan(one + 0.1).isLessThan(0.9);
  }
}
