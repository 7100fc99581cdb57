package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Heart rates by the time they hold. */
class HeartRateMeterTest {
  private static final long START = Recording.START;
  private static final AthleteParameters ATHLETE = AthleteParameters.defaults();

  private final HeartRateMeter meter = new HeartRateMeter();

  private void each(int fromS, int toS, int bpm) {
    for (int second = fromS; second <= toS; second++) {
      meter.add(START + second * 1_000L, bpm, true, ATHLETE);
    }
  }

  @Test
  void aNewMeter_knowsNothing() {
    assertThat(meter.isTouched()).isFalse();
    assertThat(meter.isHeard()).isFalse();
    assertThat(meter.averageBpm()).isZero();
    assertThat(meter.bpmAt(START)).isZero();
  }

  @Test
  void aSingleRate_isTheMean_beforeAnyTimeHasPassed() {
    meter.add(START, 140, true, ATHLETE);
    assertThat(meter.isTouched()).isTrue();
    assertThat(meter.averageBpm()).isEqualTo(140);
    assertThat(meter.splitAverageBpm()).isEqualTo(140);
    assertThat(meter.heardS()).isZero();
  }

  /** 10 s of 100 and 30 s of 160. */
  @Test
  void theMean_isOfTime_andASplitsItsOwn() {
    each(0, 9, 100);
    each(10, 39, 160);
    meter.add(START + 40_000, 120, true, ATHLETE);
    assertThat(meter.averageBpm()).isCloseTo((10 * 100 + 30 * 160) / 40.0, within(1e-9));
    assertThat(meter.endSplit(START + 40_000)).isCloseTo(5_800 / 40.0, within(1e-9));
    meter.add(START + 45_000, 90, true, ATHLETE);
    assertThat(meter.splitAverageBpm()).isEqualTo(120);
    assertThat(meter.maxBpm()).isEqualTo(160);
  }

  /** 100 from 0 s and 200 from 25 s; kilometres end at 10, 20 and 40 s. */
  @Test
  void aRateThatHoldsOverASplitsEnd_belongsToBothForItsPart() {
    meter.add(START, 100, true, ATHLETE);
    assertThat(meter.endSplit(START + 10_000)).isEqualTo(100);
    HeartRateMeter stored = new HeartRateMeter();
    ByteBuffer bytes = ByteBuffer.allocate(128);
    meter.write(bytes);
    stored.read(bytes.flip());
    assertThat(stored.endSplit(START + 20_000)).isEqualTo(100);
    stored.add(START + 25_000, 200, true, ATHLETE);
    assertThat(stored.endSplit(START + 40_000))
        .isCloseTo((5 * 100 + 15 * 200) / 20.0, within(1e-9));
    assertThat(stored.averageBpm()).as("of all that has passed").isEqualTo(100);
    stored.add(START + 100_000, 90, true, ATHLETE);
    assertThat(stored.endSplit(START + 100_000))
        .as("15 s that it still held, of 60")
        .isEqualTo(200);
    assertThat(stored.heardS()).isEqualTo(55);
  }

  /** But how fast the heart beats now is known all the same. */
  @Test
  void whatWasHeardBeforeTheStart_isInNoMeanAndNoZone() {
    each(0, 60, 170);
    meter.forget();
    assertThat(meter.bpmAt(START + 61_000)).isEqualTo(170);
    assertThat(meter.isHeard()).isFalse();
    each(61, 71, 100);
    assertThat(meter.averageBpm()).isEqualTo(100);
    assertThat(meter.splitAverageBpm()).isEqualTo(100);
    assertThat(meter.maxBpm()).isEqualTo(100);
    assertThat(meter.count()).isEqualTo(11);
    double zonesS = 0;
    for (double zoneS : meter.zoneS()) {
      zonesS += zoneS;
    }
    assertThat(zonesS).isEqualTo(HeartRateZones.zone(100, 190) > 0 ? 10 : 0);
    assertThat(meter.heardS()).isEqualTo(10);
  }
}
