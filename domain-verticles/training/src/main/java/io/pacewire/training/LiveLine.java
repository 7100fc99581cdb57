package io.pacewire.training;

import io.pacewire.track.FoldState;
import io.pacewire.training.Recomputation.Folded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writers of a running session as they are folded one after the other: points are kept of the one
 * that draws the line, of the others what they state. As {@link LiveWriters} chooses.
 */
final class LiveLine {
  /**
   * More than a viewer is shown, so that of a day's recording those points can be chosen; of longer
   * ones fewer are kept a minute.
   */
  static final int MOST_POINTS = 24_000;

  private final List<Written> writers = new ArrayList<>();
  private CollectedTrack track = CollectedTrack.withoutPoints();
  private boolean started;

  /** What one writer's own fold came to. */
  record Written(int writer, Folded folded) {
    FoldState state() {
      return folded.state();
    }
  }

  /** Where the next writer's outputs go. */
  static CollectedTrack room() {
    return CollectedTrack.roomFor(MOST_POINTS);
  }

  /** By ascending number of the writer; {@code own} is let go where another draws the line. */
  void add(int writer, Folded folded, CollectedTrack own) {
    boolean starts = folded.state().started();
    if (writers.isEmpty() || (starts && !started)) {
      track = own;
    }
    started |= starts;
    writers.add(new Written(writer, folded));
  }

  Written line() {
    LiveWriters chosen = chosen();
    return writers.get(chosen == null ? 0 : chosen.line());
  }

  Written heart() {
    LiveWriters chosen = chosen();
    return writers.get(chosen == null ? 0 : chosen.heart());
  }

  /** Of the line. */
  CollectedTrack track() {
    return track;
  }

  private @Nullable LiveWriters chosen() {
    return LiveWriters.of(writers.stream().map(Written::state).toList());
  }
}
