package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A barometer's silences and pauses; at sea level a metre of air weighs 12 Pa. */
class ElevationMeterTest {
  private static final long START = Recording.START;
  private static final int SEA_LEVEL_PA = 101_325;
  private static final double MPS = 5;

  private final ElevationMeter meter = new ElevationMeter();
  private int second;
  private int pa = SEA_LEVEL_PA;

  /** So many seconds, a metre up or down with each. */
  private void climb(int seconds, int metresASecond) {
    for (int i = 0; i < seconds; i++) {
      second++;
      pa -= 12 * metresASecond;
      assertThat(weigh()).isEqualTo(second == 1);
    }
  }

  private boolean weigh() {
    return meter.pressure(pa, START + second * 1_000L, MPS);
  }

  @Test
  void aMinuteOfSilence_isGoneOnFrom_andALongerOneBeginsAnew() {
    climb(10, 0);
    second += 60;
    assertThat(weigh()).isFalse();
    second += 61;
    assertThat(weigh()).isTrue();
    assertThat(weigh()).isFalse();
  }

  /** What it weighs after a silence says nothing of the climb before. */
  @Test
  void aClimbBeforeASilence_isKept() {
    climb(5, 0);
    climb(60, 1);
    climb(20, 0);
    assertThat(meter.ascentM()).isCloseTo(60, within(1.0));
    second += 61;
    pa += 12 * 30; // other weather, or a descent that nobody measured
    assertThat(weigh()).isTrue();
    assertThat(meter.ascentM()).isCloseTo(60, within(1.0));
    assertThat(meter.descentM()).isZero();
  }

  @Test
  void aDescentBeforeASilence_isKept() {
    climb(5, 0);
    climb(60, -1);
    climb(20, 0);
    second += 61;
    pa -= 12 * 30;
    assertThat(weigh()).isTrue();
    assertThat(meter.descentM()).isCloseTo(60, within(1.0));
    assertThat(meter.ascentM()).isZero();
  }

  /** However long: the height will tell whether it was left. */
  @Test
  void aPause_isGoneOnFrom_atTheSameHeight() {
    climb(5, 0);
    climb(60, 1);
    climb(20, 0);
    meter.pause();
    second += 600;
    assertThat(weigh()).isFalse();
    climb(40, 1);
    climb(20, 0);
    assertThat(meter.ascentM()).isCloseTo(100, within(1.5));
  }

  /** Five metres are no jump on the way, but are a lift's in a pause. */
  @Test
  void aPause_fromWhichOneComesBackHigher_climbsNothing() {
    climb(60, 0);
    meter.pause();
    second += 30;
    pa -= 12 * 5;
    assertThat(weigh()).isTrue();
    climbOn(60);
    assertThat(meter.ascentM()).isZero();
  }

  private void climbOn(int seconds) {
    for (int i = 0; i < seconds; i++) {
      second++;
      assertThat(weigh()).isFalse();
    }
  }

  /** A second's three metres up are a steep way, and no jump. */
  @Test
  void aSteepClimb_counts() {
    climb(5, 0);
    climb(30, 3);
    climb(20, 0);
    assertThat(meter.ascentM()).isCloseTo(90, within(1.5));
  }

  /** Of a descent in a pause the byte is the least that says both. */
  @Test
  void theStatesBytes_holdAPause_downhillAndUp() {
    for (int direction : new int[] {-1, 1}) {
      ElevationMeter before = new ElevationMeter();
      long at = START;
      for (int i = 0; i < 60; i++, at += 1_000) {
        before.pressure(SEA_LEVEL_PA - 12 * direction * i, at, MPS);
      }
      before.pause();
      ByteBuffer bytes = ByteBuffer.allocate(100);
      before.write(bytes);
      ElevationMeter after = new ElevationMeter();
      after.read(bytes.flip());
      assertThat(bytes.remaining()).isZero();
      for (int i = 59; i < 100; i++, at += 1_000) {
        int weighed = SEA_LEVEL_PA - 12 * direction * i;
        boolean begins = after.pressure(weighed, at + 300_000, MPS);
        assertThat(begins).isFalse();
        assertThat(before.pressure(weighed, at + 300_000, MPS)).isFalse();
      }
      assertThat(after.ascentM()).isEqualTo(before.ascentM());
      assertThat(after.descentM()).isEqualTo(before.descentM());
      assertThat(after.ascentM() + after.descentM()).isCloseTo(99, within(5.0));
    }
  }
}
