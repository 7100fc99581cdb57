package io.pacewire.track;

import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What writers 0, 1, 2 … recorded, each folded for itself and then all joined. */
final class JoinedRun {
  private static final int[] WHOLE = {1_000_000};

  final Combination who;
  final Outputs out = new Outputs();
  final Figures figures;
  private final JoinedFold fold;

  private JoinedRun(List<List<SampleBatch>> batches, List<Integer> order) {
    List<WriterTrack> tracks = new ArrayList<>();
    order.forEach(writer -> tracks.add(track(writer, batches.get(writer))));
    who = Combination.of(tracks);
    fold = new JoinedFold(who, AthleteParameters.defaults());
    for (int writer : order) {
      if (fold.listensTo(writer)) {
        batches.get(writer).forEach(batch -> fold.hear(writer, batch));
      }
    }
    batches.get(who.line().writer()).forEach(batch -> fold.step(batch, out));
    fold.end(out);
    figures = fold.state().figures();
  }

  /** The batches of each writer. */
  static JoinedRun of(List<List<SampleBatch>> batches) {
    return new JoinedRun(
        batches, IntStream.range(0, batches.size()).boxed().collect(Collectors.toList()));
  }

  static JoinedRun of(Recording... writers) {
    return cut(null, writers);
  }

  /** Cut into batches by chance, and the writers told in an order by chance. */
  static JoinedRun cut(Random random, Recording... writers) {
    List<List<SampleBatch>> batches = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (Recording writer : writers) {
      order.add(batches.size());
      batches.add(writer.batches(random == null ? WHOLE : lengths(random)));
    }
    if (random != null) {
      Collections.shuffle(order, random);
    }
    return new JoinedRun(batches, order);
  }

  private static int[] lengths(Random random) {
    return random.ints(7, 5, 400).toArray();
  }

  static WriterTrack track(int writer, Recording recording) {
    return track(writer, recording.batches(WHOLE));
  }

  static WriterTrack track(int writer, List<SampleBatch> batches) {
    Outputs own = new Outputs();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    batches.forEach(batch -> TrackFold.step(state, batch, own));
    TrackFold.end(state, own);
    return new WriterTrack(writer, state, own.points);
  }

  double distanceM() {
    return figures.distanceM();
  }

  List<Verdict.Reason> verdictsOf(int writer) {
    return out.verdicts.stream()
        .filter(verdict -> fold.writers().applyAsInt(verdict) == writer)
        .map(Verdict::reason)
        .toList();
  }

  String figuresText() {
    return text(figures);
  }

  /** Every bit of the figures. */
  static String text(Figures f) {
    double[] all = {
      f.distanceM(),
      f.estimatedM(),
      f.timerS(),
      f.movingS(),
      f.elapsedS(),
      f.paceSPerKm(),
      f.speedMps(),
      f.ascentM(),
      f.descentM(),
      f.averageHeartRateBpm(),
      f.maxHeartRateBpm(),
      f.fixCount(),
      f.rejectedFixCount(),
      f.startAtEpochMs(),
      f.lastAtEpochMs(),
      f.effort().trainingImpulse(),
      f.effort().energyKcal(),
      f.effort().gradeAdjustedM(),
      f.motion().steps(),
      f.motion().sensorDistanceM(),
      f.power().normalizedW()
    };
    return f.sport()
        + Arrays.toString(f.heartRateZoneS())
        + Arrays.stream(all)
            .mapToObj(Double::toHexString)
            .collect(Collectors.joining(" "))
            .toLowerCase(Locale.ROOT);
  }
}
