package io.pacewire.launcher.accuracy;

import io.pacewire.launcher.replay.Timeline;
import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A phone that lies on a table for ten minutes: its receiver strays as {@link ReceiverNoise} has it,
 * its accelerometer feels gravity and two thousandths of it in noise, 50 times a second.
 */
final class TableDrift {
  private static final long START = 1_700_000_000_000L;
  private static final int SECONDS = 600;
  private static final int HZ = 50;
  private static final double NOISE_MG = 2;
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000002");

  private static final List<String> SPORTS = List.of("run", "walk", "ride");
  private static final int SEEDS = 3;
  static final int CASES = SPORTS.size() * SEEDS;

  private TableDrift() {}

  /** The worst of several sports and strays. */
  static double worstM() {
    double worst = 0;
    for (String sport : SPORTS) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        worst = Math.max(worst, metres(sport, seed));
      }
    }
    return worst;
  }

  /** What the fold makes of it in this sport, metres. */
  static double metres(String sport, long seed) {
    Random random = new Random(seed);
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 0, 0);
    batch.addMark(Mark.start(START, 0, sport, "UTC", 0, "", "", 0));
    List<Timeline.Event> fixes = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      fixes.add(new Timeline.Fix(START + second * 1_000L, 55.75, 37.62, Double.NaN, Double.NaN));
    }
    Timeline strayed = ReceiverNoise.upon(new Timeline(sport, "", fixes), seed);
    for (int i = 0; i < SECONDS * HZ; i++) {
      long offMs = i * 1_000L / HZ;
      batch.accels().add(START + offMs, offMs, mg(0, random), mg(0, random), mg(1_000, random));
    }
    for (Timeline.Event event : strayed.events()) {
      TimelineFold.add(batch, event, event.atEpochMs() - START);
    }
    long offMs = SECONDS * 1_000L;
    batch.addMark(Mark.finish(START + offMs, offMs, 1));
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, FoldSink.NONE);
    return state.figures().distanceM();
  }

  private static int mg(int value, Random random) {
    return (int) Math.round(value + NOISE_MG * random.nextGaussian());
  }
}
