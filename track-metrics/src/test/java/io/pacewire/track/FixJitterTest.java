package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a receiver's error, by where two fixes lead and the third is. Metres. */
class FixJitterTest {
  /** Squares of metres that a stated error of two metres would show; and its root is whole. */
  private static final double STATED_M2 = 36;

  private final FixJitter jitter = new FixJitter();

  private void went(double eastM, double northM, double seconds) {
    jitter.went(eastM, northM, seconds, 2, STATED_M2);
  }

  @Test
  void beforeAnythingIsSeen_aReceiverIsBelievedAsItSays() {
    went(3, 4, 1);
    assertThat(jitter.driftM2(2, STATED_M2)).isEqualTo(4);
    assertThat(jitter.followed(STATED_M2)).isEqualTo(1);
  }

  /** 3 m/s east and 4 m/s north, over intervals of two, one and three seconds. */
  @Test
  void aSteadyPace_showsNoError_howeverFarApartFixesAre() {
    went(6, 8, 2);
    went(3, 4, 1);
    went(9, 12, 3);
    double seen = STATED_M2 * 29 / 30 * 29 / 30; // nothing, twice, in a mean over thirty fixes
    assertThat(jitter.driftM2(1, STATED_M2)).isCloseTo(seen / STATED_M2, within(1e-3));
  }

  /** Two metres beside where it was expected, on both axes: 8 m2. */
  @Test
  void whatIsSeen_isTheSquareOfBothAxes() {
    went(3, 4, 1);
    went(5, 2, 1);
    double mean = STATED_M2 + (8 - STATED_M2) / 30;
    assertThat(jitter.driftM2(1, STATED_M2)).isCloseTo(mean / STATED_M2, within(1e-3));
  }

  /** The line began anew, so that no two fixes lead to the next. */
  @Test
  void afterAnInterruption_theFirstWayShowsNothing() {
    went(3, 4, 1);
    jitter.interrupt();
    went(-3, -4, 1);
    assertThat(jitter.driftM2(1, STATED_M2)).isEqualTo(1);
    went(-3, -4, 1);
    assertThat(jitter.driftM2(1, STATED_M2)).isCloseTo(29 / 30.0, within(1e-3));
  }

  /** A kilometre's jump is worth no more than white error of twice what is stated: 2 * 12 * 4 m2. */
  @Test
  void aJump_doesNotFillTheMean() {
    went(0, 0, 1);
    went(1_000, 0, 1);
    double mean = STATED_M2 + (96 - STATED_M2) / 30;
    assertThat(jitter.followed(mean - 12)).isCloseTo(0.5, within(1e-2));
  }

  /** White error of variance w shows 12 w on both axes; with one square metre a fix is followed half. */
  @Test
  void fixesThatTrembleBeyondTheirDrift_areFollowedLess() {
    went(3, 0, 1);
    assertThat(jitter.followed(STATED_M2 - 12)).isCloseTo(0.5, within(1e-9));
    assertThat(jitter.followed(STATED_M2 - 24)).isCloseTo(0.2, within(1e-9));
    assertThat(jitter.followed(STATED_M2 + 12)).isEqualTo(1);
  }

  @Test
  void lessThanStated_isLessDrift_andMoreIsNot() {
    went(3, 0, 1);
    assertThat(jitter.driftM2(3, 2 * STATED_M2)).isCloseTo(4.5, within(1e-9));
    assertThat(jitter.driftM2(3, STATED_M2 / 2)).isEqualTo(9);
  }

  /** 1 - exp(-t / 20 s). */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1, 5, 10, 20, 40, 60})
  void anErrorMoves_asItsCorrelationTimeSays(double seconds) {
    assertThat(FixJitter.moved(seconds)).isCloseTo(1 - Math.exp(-seconds / 20), within(0.012));
  }

  @Test
  void aStatedError_showsFourStepsOfTwoAxes() {
    assertThat(FixJitter.statedM2(3, 0)).isZero();
    assertThat(FixJitter.statedM2(3, 20)).isCloseTo(8 * 9 * (1 - 1 / Math.E), within(1.0));
  }

  /** Beyond what two bytes hold of a way, it is the most they hold, and of the same sign. */
  @Test
  void aWayFasterThanCanBeKept_isKeptAsFastAsCanBe() {
    went(-400, 400, 1);
    went(-327.67, 327.67, 1);
    assertThat(jitter.driftM2(1, STATED_M2)).isCloseTo(29 / 30.0, within(1e-3));
  }

  @Test
  void theStatesBytes_holdAllOfIt() {
    went(3, 4, 1);
    went(5, 2, 1);
    ByteBuffer bytes = ByteBuffer.allocate(6);
    jitter.write(bytes);
    FixJitter other = new FixJitter();
    other.read(bytes.flip());
    other.went(5, 2, 1, 2, STATED_M2);
    went(5, 2, 1);
    assertThat(other.driftM2(1, STATED_M2)).isEqualTo(jitter.driftM2(1, STATED_M2));
  }
}
