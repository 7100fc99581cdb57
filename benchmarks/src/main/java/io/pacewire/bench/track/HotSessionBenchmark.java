package io.pacewire.bench.track;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.SampleBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One athlete who runs on and on; the state stays in the caches. Time a fix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotSessionBenchmark {
  private static final int FIXES_A_BATCH = 50;

  private final Lap lap = new Lap(52.5, 13.4, 1);
  private final SampleBatch batch = new SampleBatch();
  private FoldState state = FoldState.start(AthleteParameters.defaults());
  private long second;

  @Setup
  public void begin() {
    state = FoldState.start(AthleteParameters.defaults());
    batch.clear();
    Lap.start(batch);
    TrackFold.step(state, batch, FoldSink.NONE);
    second = 0;
  }

  /** Filling the batch is measured with it. */
  @Benchmark
  @OperationsPerInvocation(FIXES_A_BATCH)
  public FoldState fold() {
    batch.clear();
    for (int i = 0; i < FIXES_A_BATCH; i++) {
      lap.fix(second++, batch);
    }
    TrackFold.step(state, batch, FoldSink.NONE);
    return state;
  }
}
