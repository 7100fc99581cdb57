package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What the way costs by its slope, over stretches of thirty metres. */
class GradeMeterTest {
  private static final long UM_A_M = 1_000_000;
  private static final double FLAT = Gait.RUNNING.costJPerKgM(0);
  private static final double TEN_PERCENT = Gait.RUNNING.costJPerKgM(0.1f);

  private final GradeMeter meter = new GradeMeter();

  private void reach(int metres, double altitudeM, double leastM) {
    meter.reach(metres * UM_A_M, altitudeM, leastM, Gait.RUNNING);
  }

  private double cost(int metres) {
    return meter.costJPerKg(metres * UM_A_M, Gait.RUNNING);
  }

  @Test
  void upToWhereTheAltitudeIsKnown_itIsFlat() {
    reach(50, Double.NaN, 0);
    reach(60, 100, 0);
    reach(90, 103, 0);
    assertThat(cost(90)).isCloseTo(60 * FLAT + 30 * TEN_PERCENT, within(1e-3));
    assertThat(cost(100)).isCloseTo(60 * FLAT + 40 * TEN_PERCENT, within(1e-3));
  }

  /** Twenty metres of error more: the slope is taken over fifty. */
  @Test
  void theWorseTheAltitude_theLongerAStretch() {
    reach(0, 100, 0);
    reach(49, 104.9, 20);
    assertThat(cost(49)).isCloseTo(49 * FLAT, within(1e-3));
    reach(50, 105, 20);
    assertThat(cost(50)).isCloseTo(50 * TEN_PERCENT, within(1e-3));
  }

  @Test
  void whereTheAltitudeBeginsAnew_theStretchBeforeKeepsItsSlope() {
    reach(0, 100, 0);
    reach(30, 103, 0);
    reach(40, 104, 0);
    meter.interrupt(40 * UM_A_M, Gait.RUNNING);
    reach(45, 500, 0);
    reach(75, 500, 0);
    assertThat(cost(75)).isCloseTo(40 * TEN_PERCENT + 35 * FLAT, within(1e-3));
  }
}
