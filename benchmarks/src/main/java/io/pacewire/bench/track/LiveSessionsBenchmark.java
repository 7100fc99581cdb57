package io.pacewire.bench.track;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.SampleBatch;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Very many athletes at once, each sending one fix a batch, in no order: every state lies as bytes
 * until its fix comes, and as bytes again after. Time a fix.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LiveSessionsBenchmark {
  private static final int ROUTES = 64;
  private static final int SECONDS_BEFORE = 700;

  /** The golden ratio of 64 bits: consecutive turns lie far apart. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  @Param("1000000")
  int sessions;

  private final Lap[] laps = new Lap[ROUTES];
  private final SampleBatch batch = new SampleBatch();
  private byte[][] states = new byte[0][];
  private short[] lengths = new short[0];
  private int[] seconds = new int[0];
  private final FoldState state = FoldState.start(AthleteParameters.defaults());
  private long turn;

  @Setup
  public void begin() {
    states = new byte[sessions][];
    lengths = new short[sessions];
    seconds = new int[sessions];
    byte[][] begun = new byte[ROUTES][];
    for (int route = 0; route < ROUTES; route++) {
      laps[route] = new Lap(-60 + 2 * route, 5 * route - 170, route);
      FoldState first = FoldState.start(AthleteParameters.defaults());
      batch.clear();
      Lap.start(batch);
      for (int second = 0; second < SECONDS_BEFORE; second++) {
        laps[route].fix(second, batch);
      }
      TrackFold.step(first, batch, FoldSink.NONE);
      begun[route] = first.encode();
    }
    for (int i = 0; i < sessions; i++) {
      states[i] = Arrays.copyOf(begun[i % ROUTES], FoldState.MAX_BYTES);
      lengths[i] = (short) begun[i % ROUTES].length;
      seconds[i] = SECONDS_BEFORE;
    }
  }

  private int next() {
    long mixed = turn++ * STRIDE;
    return (int) Math.floorMod(mixed >>> 20, (long) sessions);
  }

  /** Filling the batch is measured with it. */
  @Benchmark
  public byte[] fold() {
    int session = next();
    byte[] bytes = states[session];
    state.load(bytes, 0, lengths[session]);
    batch.clear();
    laps[session % ROUTES].fix(seconds[session]++, batch);
    TrackFold.step(state, batch, FoldSink.NONE);
    lengths[session] = (short) state.encode(bytes, 0);
    return bytes;
  }
}
