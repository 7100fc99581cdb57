package io.pacewire.bench.track;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Half an hour of a runner's wrist at 50 Hz in batches of five seconds, from their bytes to steps:
 * hash and header checked, decoded, folded. Time a sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AccelerometerBenchmark {
  private static final int BATCHES = 360;
  private static final int SAMPLES_A_BATCH = 250;
  private static final int INTERVAL_MS = 20;
  private static final double STEPS_A_SECOND = 2.8;

  private final byte[][] batches = recorded();
  private final SampleBatch batch = new SampleBatch();

  private static byte[][] recorded() {
    Random chance = new Random(1);
    SampleBatch batch = new SampleBatch();
    byte[][] bytes = new byte[BATCHES][];
    UUID session = new UUID(1, 2);
    long sample = 0;
    for (int seq = 0; seq < BATCHES; seq++) {
      batch.clear();
      batch.header(session, 0, 1, seq);
      if (seq == 0) {
        Lap.start(batch);
      }
      for (int i = 0; i < SAMPLES_A_BATCH; i++, sample++) {
        long atMs = sample * INTERVAL_MS;
        double phase = 2 * Math.PI * STEPS_A_SECOND * atMs / 1e3;
        batch
            .accels()
            .add(
                Lap.START_MS + atMs,
                atMs,
                (int) (300 * Math.sin(phase / 2) + 40 * chance.nextGaussian()),
                (int) (250 * Math.cos(phase) + 40 * chance.nextGaussian()),
                (int) (1_000 + 700 * Math.sin(phase) + 40 * chance.nextGaussian()));
      }
      bytes[seq] = BatchCodec.encode(batch);
    }
    return bytes;
  }

  @Benchmark
  @OperationsPerInvocation(BATCHES * SAMPLES_A_BATCH)
  public FoldState fold() {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (byte[] bytes : batches) {
      BatchCodec.decode(bytes, 0, bytes.length, batch);
      TrackFold.step(state, batch, FoldSink.NONE);
    }
    return state;
  }
}
