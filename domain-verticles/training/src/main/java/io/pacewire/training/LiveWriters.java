package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.track.FoldState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which writers of a running session are shown: the figures of the first that was started, with the
 * heart rate of the first that hears it. Cheap, and steady while it runs; at the finish all are
 * joined.
 *
 * @param line its place in the list
 * @param heart likewise
 */
record LiveWriters(int line, int heart) {

  /** @param states by ascending number of the writer; null where there is none */
  static @Nullable LiveWriters of(List<FoldState> states) {
    if (states.isEmpty()) {
      return null;
    }
    int line = 0;
    for (int i = states.size() - 1; i >= 0; i--) {
      line = states.get(i).started() ? i : line;
    }
    int heart = line;
    for (int i = states.size() - 1; i >= 0 && !hears(states.get(line)); i--) {
      heart = hears(states.get(i)) ? i : heart;
    }
    return new LiveWriters(line, heart);
  }

  private static boolean hears(FoldState state) {
    Figures figures = state.figures();
    return figures.averageHeartRateBpm() > 0;
  }
}
