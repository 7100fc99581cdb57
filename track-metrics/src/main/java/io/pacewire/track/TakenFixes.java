package io.pacewire.track;

import java.util.List;

/** Which of a writer's fixes its own fold took, asked of one after the other. */
final class TakenFixes {
  private final List<TrackPoint> points;
  private int next;

  TakenFixes(WriterTrack track) {
    points = track.points();
  }

  /** Whether the writer's next fix, of this time, was taken. */
  boolean takes(long atMs) {
    boolean taken = next < points.size() && points.get(next).atEpochMs() == atMs;
    if (taken) {
      next++;
    }
    return taken;
  }

  /** Of the next one that was taken; {@link Lane#NEVER} where no more points are kept. */
  long nextAtMs() {
    return next < points.size() ? points.get(next).atEpochMs() : Lane.NEVER;
  }
}
