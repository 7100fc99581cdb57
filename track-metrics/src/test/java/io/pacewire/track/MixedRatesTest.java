package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Sensors of any rate, none exactly in time, silences and marks among them; batches end at one moment
 * for all of them, as the SDK's do, wherever that is: the same bits.
 */
class MixedRatesTest {
  private static final long START = Recording.START;
  private static final int LENGTH_MS = 240_000;

  /** Milliseconds between samples; 0 for a sensor that is not worn. */
  private static final int[] FIX_MS = {100, 200, 1_000, 1_000, 1_000, 5_000, 7_000, 45_000};

  private static final int[] SCALAR_MS = {0, 200, 250, 500, 1_000, 1_000, 3_000, 5_000, 8_000};
  private static final int[] ACCEL_MS = {0, 0, 20, 40, 100};

  /**
   * What a sensor felt at a time.
   *
   * @param statesMs what its clock says of when that was
   */
  private record Sample(String sensor, long atMs, long statesMs, Adds adds) {}

  private interface Adds {
    void add(SampleBatch batch, long statesMs);
  }

  private final List<Sample> samples = new ArrayList<>();
  private Random random = new Random();
  private int jitterMs;
  private boolean silences;

  @Property(tries = 150)
  void cutAtAnyMoments_givesTheSameBits(@ForAll long seed) {
    record(new Random(seed));
    assertSameBits();
  }

  private void assertSameBits() {
    Outputs expected = new Outputs();
    byte[] whole = fold(new long[0], expected);
    for (int round = 0; round < 4; round++) {
      long[] cuts = random
          .longs(1 + random.nextInt(30), START, START + LENGTH_MS)
          .sorted()
          .toArray();
      Outputs outputs = new Outputs();
      byte[] cut = fold(cuts, outputs);
      assertThat(outputs.firstDifference(expected)).isNull();
      assertThat(cut).isEqualTo(whole);
    }
  }

  /**
   * A sensor's clock jumps for a moment, by what cannot be the time between two of its samples. Not
   * with its first, before which nothing says when it was.
   */
  @Property(tries = 150)
  void aWrongTime_givesTheSameBits_howeverItIsCut(@ForAll long seed) {
    record(new Random(seed));
    int wrong = 1 + random.nextInt(samples.size() - 1);
    Sample right = samples.get(wrong);
    boolean first = samples.subList(0, wrong).stream()
        .noneMatch(other -> other.sensor().equals(right.sensor()));
    long offMs = random.nextBoolean() ? 120_000 + random.nextInt(90_000_000) : -60_000;
    offMs -= offMs < 0 ? random.nextInt(3_600_000) : 0;
    if (!first && !right.sensor().equals("marks")) {
      samples.set(
          wrong, new Sample(right.sensor(), right.atMs(), right.statesMs() + offMs, right.adds()));
    }
    assertSameBits();
  }

  private void record(Random source) {
    random = source;
    samples.clear();
    jitterMs = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(60);
    silences = random.nextInt(3) == 0;
    every(FIX_MS, this::fix);
    every(SCALAR_MS, at -> {
      int bpm = 120 + random.nextInt(40);
      add(
          "heartRates",
          at,
          (batch, says) -> batch.heartRates().add(says, 0, bpm, SampleBatch.ABSENT));
    });
    every(SCALAR_MS, at -> {
      int cms = 280 + random.nextInt(50);
      add("speeds", at, (batch, says) -> batch.speeds().add(says, 0, cms));
    });
    every(SCALAR_MS, at -> {
      int watts = 150 + random.nextInt(200);
      add("powers", at, (batch, says) -> batch.powers().add(says, 0, watts));
    });
    every(SCALAR_MS, at -> {
      int perMin = 80 + random.nextInt(9);
      add("cadences", at, (batch, says) -> batch.cadences().add(says, 0, perMin));
    });
    every(SCALAR_MS, at -> {
      int pa = 99_000 - (int) (300 * Math.sin((at - START) / 66e3)) + random.nextInt(8);
      add("pressures", at, (batch, says) -> batch.pressures().add(says, 0, pa));
    });
    every(ACCEL_MS, at -> {
      int mg = 1_000 + (int) (250 * Math.sin(2 * Math.PI * 2.5 * (at - START) / 1e3));
      add("accels", at, (batch, says) -> batch.accels().add(says, 0, 0, 0, mg));
    });
    marks();
    samples.sort(Comparator.comparingLong(Sample::atMs));
  }

  private void every(int[] periods, Consumer<Long> sensor) {
    int period = periods[random.nextInt(periods.length)];
    long at = START + 1_000 + random.nextInt(900);
    while (period > 0 && at < START + LENGTH_MS) {
      sensor.accept(at);
      int off = jitterMs == 0 ? 0 : random.nextInt(2 * jitterMs + 1) - jitterMs;
      at += Math.max(1, period + off);
      at += silences && random.nextInt(40) == 0 ? 31_000 + random.nextInt(60_000) : 0;
    }
  }

  private void fix(long at) {
    double northM = 3 * (at - START) / 1e3 + random.nextGaussian();
    int latitudeE7 = 557_500_000 + (int) Math.round(northM / 111_340 * 1e7);
    add(
        "fixes",
        at,
        (batch, says) ->
            batch.fixes().add(says, 0, latitudeE7, 376_000_000, 15_000, 400, -1, -1, -1));
  }

  private void marks() {
    long at = START;
    while (at < START + LENGTH_MS) {
      at += 5_000 + random.nextInt(60_000);
      mark(random.nextBoolean() ? Mark.lap(at, 0) : Mark.pause(at, 0));
      at += 1 + random.nextInt(15_000);
      mark(Mark.resume(at, 0));
    }
  }

  private void mark(Mark mark) {
    add("marks", mark.atEpochMs(), (batch, says) -> batch.addMark(mark));
  }

  private void add(String sensor, long at, Adds adds) {
    samples.add(new Sample(sensor, at, at, adds));
  }

  private byte[] fold(long[] cuts, Outputs out) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    int next = 0;
    for (int part = 0; part <= cuts.length; part++) {
      SampleBatch batch = new SampleBatch();
      batch.header(new UUID(0, 1), 0, 0, part);
      if (part == 0) {
        batch.addMark(Mark.start(START, 0, "run", "UTC", 0, "Phone", "1", 1));
      }
      long untilMs = part == cuts.length ? Long.MAX_VALUE : cuts[part];
      for (; next < samples.size() && samples.get(next).atMs() < untilMs; next++) {
        Sample sample = samples.get(next);
        sample.adds().add(batch, sample.statesMs());
      }
      TrackFold.step(state, batch, out);
      state = FoldState.decode(state.encode());
    }
    TrackFold.end(state, out);
    return state.encode();
  }
}
