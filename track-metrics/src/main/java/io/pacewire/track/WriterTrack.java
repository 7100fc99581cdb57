package io.pacewire.track;

import java.util.List;

/** What one writer's samples came to: its figures and its points, by ascending time. Immutable. */
public final class WriterTrack {
  private final int writer;
  private final Figures figures;
  private final List<TrackPoint> points;

  /**
   * @param writer its number within the session
   * @param points all that the fold put out for it
   */
  public WriterTrack(int writer, Figures figures, List<TrackPoint> points) {
    this.writer = writer;
    this.figures = figures;
    this.points = List.copyOf(points);
  }

  public int writer() {
    return writer;
  }

  public Figures figures() {
    return figures;
  }

  public List<TrackPoint> points() {
    return points;
  }

  int usedFixes() {
    return figures.fixCount() - figures.rejectedFixCount();
  }
}
