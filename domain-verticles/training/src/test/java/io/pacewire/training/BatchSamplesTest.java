package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.SpeedSensor;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSamplesTest {
  private static final long START_MS = 1_700_000_000_000L;

  private static final double NONE = Double.NaN;

  private final List<Double> speedsMps = new ArrayList<>();
  private final List<SpeedSensor> sensors = new ArrayList<>();
  private final BatchSamples samples =
      new BatchSamples("ride", at -> Double.NaN, false, new ActivitySink() {
        @Override
        public void sample(ActivitySample sample) {
          speedsMps.add(sample.speedMps());
        }

        @Override
        public void speedSensor(SpeedSensor sensor) {
          sensors.add(sensor);
        }
      });

  @Test
  void theReceiversSpeed_isTold_whereNoSensorMeasuresIt() {
    samples.tell(fixes(SampleBatch.ABSENT, 512));
    assertThat(speedsMps).containsExactly(Double.NaN, 5.12);
    assertThat(sensors).isEmpty();
  }

  @Test
  void besideASensor_theReceiversSpeedStaysOut() {
    SampleBatch batch = fixes(500, 512);
    batch.speeds().add(START_MS, 0, 498);
    samples.tell(batch);
    assertThat(speedsMps).containsExactly(4.98, Double.NaN);
    assertThat(sensors).containsExactly(SpeedSensor.WHEEL);
  }

  /** As in a GPX file, which has a place for it at positions alone. */
  @Test
  void whatAnAltimeterToldJustBefore_isNotTheHeightOfAPosition() {
    List<ActivitySample> told = new ArrayList<>();
    SampleBatch batch = fixes(SampleBatch.ABSENT, SampleBatch.ABSENT);
    batch.altitudes().add(START_MS - 1_000, 0, 112_000);
    batch.heartRates().add(START_MS - 1_000, 0, 140, SampleBatch.ABSENT);
    new BatchSamples("ride", at -> Double.NaN, true, told::add).tell(batch);
    assertThat(told).extracting(ActivitySample::heartRateBpm).containsExactly(140, 140, 140);
    assertThat(told).extracting(ActivitySample::altitudeM).containsExactly(1_120.0, NONE, NONE);
  }

  /** Else who brings the file back has a timer that began with the first fix. */
  @Test
  void whatBeganBeforeAnythingWasMeasured_beginsThen_inAFile() {
    List<ActivitySample> told = new ArrayList<>();
    BatchSamples late = new BatchSamples("ride", at -> 0, false, told::add);
    late.beginAt(START_MS - 7_000);
    late.tell(fixes(500, 500));
    late.tell(fixes(500));
    assertThat(told).hasSize(4);
    assertThat(told.get(0))
        .isEqualTo(new ActivitySample(
            START_MS - 7_000, NONE, NONE, NONE, NONE, -1, NONE, -1, NONE, NONE, NONE, NONE));
    assertThat(told.get(1).atEpochMs()).isEqualTo(START_MS);
  }

  @Test
  void whatBeganWithItsFirstSecond_hasNoSampleMore() {
    List<ActivitySample> told = new ArrayList<>();
    BatchSamples prompt = new BatchSamples("ride", at -> 0, false, told::add);
    prompt.beginAt(START_MS - 999);
    prompt.tell(fixes(500, 500));
    assertThat(told).hasSize(2);
  }

  private static SampleBatch fixes(int... speedsCmS) {
    SampleBatch batch = new SampleBatch();
    for (int i = 0; i < speedsCmS.length; i++) {
      int none = SampleBatch.ABSENT;
      batch
          .fixes()
          .add(START_MS + i * 1_000L, i * 1_000L, 1, 1, none, none, none, speedsCmS[i], none);
    }
    return batch;
  }
}
