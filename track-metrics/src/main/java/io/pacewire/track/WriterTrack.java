package io.pacewire.track;

import java.util.List;
import java.util.stream.Collectors;

/** What one writer's samples came to: its figures and its points, in their order. Immutable. */
public final class WriterTrack {
  private final int writer;
  private final Figures figures;
  private final boolean started;
  private final boolean finished;
  private final List<TrackPoint> points;
  private final int coarse;

  /**
   * @param writer its number within the session
   * @param state after its last sample
   * @param points what the fold put out for it, from the first on
   */
  public WriterTrack(int writer, FoldState state, List<TrackPoint> points) {
    this.writer = writer;
    this.figures = state.figures();
    this.started = state.started();
    this.finished = state.finishBatchCount() >= 0;
    this.points = points.stream()
        .filter(point -> point.hasPosition() && !isCoarse(point))
        .collect(Collectors.toUnmodifiableList());
    coarse = (int) points.stream().filter(WriterTrack::isCoarse).count();
  }

  /** Its number within the session, 0 to 15. */
  public int writer() {
    return writer;
  }

  /** After its last sample. */
  public Figures figures() {
    return figures;
  }

  /**
   * Those with a position, and not coarse ones that were taken since nothing better came: what steps or
   * those say of a tunnel is no reason not to ask another receiver.
   */
  public List<TrackPoint> points() {
    return points;
  }

  /** Whether it has a start mark: a program that somebody started, no sensor that only speaks. */
  boolean isStarted() {
    return started;
  }

  /** Whether it has a finish mark. */
  boolean isFinished() {
    return finished;
  }

  int usedFixes() {
    return figures.fixCount() - figures.rejectedFixCount() - coarse;
  }

  private static boolean isCoarse(TrackPoint point) {
    return point.accuracyM() > Fix.COARSE_M; // NaN states none
  }
}
