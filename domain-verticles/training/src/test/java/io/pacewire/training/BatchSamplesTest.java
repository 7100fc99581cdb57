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
