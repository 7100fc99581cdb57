package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Power by the time it holds; times are milliseconds from 1970, since 0 is none. */
class PowerMeterTest {
  private static final long START = Recording.START;
  private final PowerMeter meter = new PowerMeter();

  private void each(PowerMeter into, int fromS, int seconds, int watts) {
    for (int i = 0; i < seconds; i++) {
      into.add(START + (fromS + i) * 1_000L, watts, true);
    }
  }

  /** 1.5 s of 100 W and 1.5 s of 300 W: seconds of 100, 200 and 300 W. */
  @Test
  void valuesThatDoNotSpeakByTheSecond_areSharedOutToSeconds() {
    for (int i = 0; i <= 60; i++) {
      meter.add(START + i * 1_500L, i % 2 == 0 ? 100 : 300, true);
    }
    assertThat(meter.measuredS()).isEqualTo(90);
    assertThat(meter.averageW()).isEqualTo(200);
    assertThat(meter.workKj()).isEqualTo(18);
    assertThat(meter.normalizedW()).isCloseTo(200, within(1e-9));
    assertThat(meter.highestW()).isEqualTo(300);
  }

  @Test
  void aPartOfASecond_isMeasuredTimeToo() {
    meter.add(START, 200, true);
    meter.add(START + 1_500, 400, true);
    meter.add(START + 1_750, 0, true);
    assertThat(meter.measuredS()).isEqualTo(1.75);
    assertThat(meter.workKj()).isEqualTo((200 * 1.5 + 400 * 0.25) / 1e3);
    assertThat(meter.averageW()).isCloseTo(400 / 1.75, within(1e-9));
  }

  /** 30 s at 100 W and one at 400 W: windows of 100 W, and of 110 W. */
  @Test
  void normalizedPower_isTheFourthRootOfRollingMeans() {
    each(meter, 0, 30, 100);
    meter.add(START + 30_000, 400, true);
    assertThat(meter.normalizedW()).isCloseTo(100, within(1e-9));
    meter.add(START + 31_000, 0, true);
    double mean = (Math.pow(100, 4) + Math.pow(110, 4)) / 2;
    assertThat(meter.normalizedW()).isCloseTo(Math.pow(mean, 0.25), within(1e-9));
  }

  @Test
  void before30Seconds_thereIsNoNormalizedPower() {
    each(meter, 0, 30, 100);
    assertThat(meter.normalizedW()).isNaN();
    meter.add(START + 30_000, 100, true);
    assertThat(meter.normalizedW()).isCloseTo(100, within(1e-9));
  }

  /** What was heard before the start mark. */
  @Test
  void whatIsForgotten_leavesNoTrace() {
    each(meter, 0, 60, 900);
    meter.add(START + 60_500, 900, true);
    meter.forget();
    assertThat(meter.isTouched()).isFalse();
    assertThat(meter.highestW()).isZero();
    assertThat(meter.averageW()).isNaN();
    each(meter, 100, 61, 200);
    assertThat(meter.averageW()).isEqualTo(200);
    assertThat(meter.measuredS()).isEqualTo(60);
    assertThat(meter.normalizedW()).isCloseTo(200, within(1e-9));
    assertThat(meter.highestW()).isEqualTo(200);
  }

  @Test
  void aValue_holdsForTenSecondsAtMost() {
    meter.add(START, 200, true);
    meter.add(START + 60_000, 200, true);
    assertThat(meter.measuredS()).isEqualTo(10);
  }

  @Test
  void overAPause_nothingIsHeld() {
    meter.add(START, 200, true);
    meter.interrupt();
    meter.add(START + 5_000, 300, true);
    meter.add(START + 6_000, 300, true);
    assertThat(meter.measuredS()).isEqualTo(1);
    assertThat(meter.averageW()).isEqualTo(300);
  }

  @Test
  void whileThePauseLasts_nothingCounts() {
    meter.add(START, 900, false);
    meter.add(START + 1_000, 100, false);
    assertThat(meter.measuredS()).isZero();
    assertThat(meter.highestW()).isZero();
    assertThat(meter.isTouched()).isTrue();
  }

  @Test
  void withoutASensor_nothingIsTouched() {
    meter.interrupt();
    assertThat(meter.isTouched()).isFalse();
    assertThat(meter.averageW()).isNaN();
  }

  /** Thirty seconds of which no two are alike, up to what twelve bits hold. */
  @Test
  void theStatesBytes_holdEverySecondOfTheWindow() {
    for (int i = 0; i <= 44; i++) {
      meter.add(START + i * 1_000L, 4_095 - 91 * i, true);
    }
    meter.holdUntil(START + 44_700, true);
    ByteBuffer bytes = ByteBuffer.allocate(100);
    meter.write(bytes);
    PowerMeter copy = new PowerMeter();
    copy.read(bytes.flip());
    assertThat(bytes.remaining()).isZero();
    for (int i = 45; i <= 80; i++) {
      meter.add(START + i * 1_000L, 0, true);
      copy.add(START + i * 1_000L, 0, true);
      assertThat(copy.normalizedW()).isEqualTo(meter.normalizedW());
    }
    assertThat(copy.averageW()).isEqualTo(meter.averageW());
    assertThat(copy.highestW()).isEqualTo(4_095);
    assertThat(copy.measuredS()).isEqualTo(meter.measuredS());
  }
}
