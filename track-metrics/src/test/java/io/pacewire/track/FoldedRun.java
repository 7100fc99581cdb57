package io.pacewire.track;

import java.util.List;

/** A made training and what its fold puts out, for tests of what is done with that. */
public final class FoldedRun {
  private static final int[] SAMPLES_A_BATCH = {5_000};

  public Figures figures;
  public List<TrackPoint> points = List.of();
  public List<Verdict> verdicts = List.of();
  private final Recording recording;
  private final ReceiverNoise noise;
  private final boolean trembles;
  private double northM;
  private double stepsASecond = Double.NaN;
  private int seconds;
  private double speedMps;

  private FoldedRun(String sport, int bpm, long seed, boolean trembles) {
    recording = Recording.of(sport).heartRate(bpm).accuracyCm(400);
    noise = new ReceiverNoise(seed);
    this.trembles = trembles;
    figures = FoldState.start(AthleteParameters.defaults()).figures();
  }

  public static FoldedRun trembling(String sport, int seconds, double speedMps, int bpm) {
    return trembling(sport, seconds, speedMps, bpm, 1);
  }

  public static FoldedRun trembling(
      String sport, int seconds, double speedMps, int bpm, long seed) {
    return new FoldedRun(sport, bpm, seed, true).then(seconds, speedMps);
  }

  /** Due north, as if with a ruler. */
  public static FoldedRun drawn(String sport, int seconds, double speedMps) {
    return new FoldedRun(sport, 150, 1, false).then(seconds, speedMps);
  }

  /** On a round track, as if with compasses. */
  public static FoldedRun drawnRound(String sport, int seconds, double speedMps, double radiusM) {
    FoldedRun run = new FoldedRun(sport, 150, 1, false);
    for (int i = 0; i < seconds; i++) {
      double angle = i * speedMps / radiusM;
      run.recording.heart();
      run.recording.lying(radiusM * Math.sin(angle), radiusM * Math.cos(angle));
    }
    return run.fold();
  }

  /** The points of fixes, each of which is a second, a latitude and a longitude. */
  public static List<TrackPoint> points(String sport, long laterMs, List<double[]> fixes) {
    Recording recording = Recording.of(sport).accuracyCm(400);
    for (double[] fix : fixes) {
      recording.fixAt(Recording.START + laterMs + Math.round(fix[0] * 1_000), fix[1], fix[2]);
    }
    Outputs out = new Outputs();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    recording.batches(SAMPLES_A_BATCH).forEach(batch -> TrackFold.step(state, batch, out));
    return out.points;
  }

  public FoldedRun then(int more, double mps) {
    seconds = more;
    speedMps = mps;
    for (int i = 0; i < more; i++) {
      northM += mps;
      boolean seen = noise.next(1);
      double trembling = trembles ? 0.15 : 0;
      recording.heart();
      if (seen || !trembles) {
        recording.lying(northM + trembling * noise.offNorthM, trembling * noise.offEastM);
      } else {
        recording.silence(1, 0, 0);
      }
    }
    return fold();
  }

  /** What is stated from now on. */
  public FoldedRun accuracyCm(int centimetres) {
    recording.accuracyCm(centimetres);
    return this;
  }

  public FoldedRun jump(double metres) {
    northM += metres;
    return this;
  }

  /** From now on there is an accelerometer, which feels so many steps; NaN breaks it. */
  public FoldedRun feel(double aSecond) {
    recording.steps(aSecond);
    return this;
  }

  /** Goes on in another place, off the record. */
  public FoldedRun pause() {
    recording.pause();
    return this;
  }

  public FoldedRun resume() {
    recording.resume();
    return this;
  }

  /** No fix for so long. */
  public FoldedRun silence(int more) {
    recording.silence(more, 0, 0);
    return this;
  }

  /** All of it again, with an accelerometer that feels so many steps. */
  public FoldedRun steps(double aSecond) {
    FoldedRun run = new FoldedRun(figures.sport(), 90, 1, trembles);
    run.stepsASecond = aSecond;
    run.recording.steps(run.stepsASecond);
    return run.then(seconds, speedMps);
  }

  private FoldedRun fold() {
    Outputs out = new Outputs();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    recording.batches(SAMPLES_A_BATCH).forEach(batch -> TrackFold.step(state, batch, out));
    figures = state.figures();
    points = out.points;
    verdicts = out.verdicts;
    return this;
  }
}
