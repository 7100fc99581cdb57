package io.pacewire.training;

import io.pacewire.track.Combination;
import io.pacewire.track.Figures;
import io.pacewire.track.Verdict;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the parts of a training while the next are folded: a few numbers, and of two parts
 * when others lent fixes to the line's writer, whatever else a recording holds. So many merged trainings
 * take hardly more memory than the longest of them.
 */
final class FoldedParts {
  private final Recipe recipe;
  private final CollectedTrack track;
  private final List<MissingBatches> missing = new ArrayList<>();
  private final Map<Integer, Integer> writers = new HashMap<>();
  private boolean complete = true;
  private boolean isFinished;
  private @Nullable Combination who;
  private int count;
  private int resolved;
  private long fromMs = Long.MIN_VALUE;
  private @Nullable ToIntFunction<Verdict> before;
  private @Nullable ToIntFunction<Verdict> current;

  /** @param track of all parts, as far as they are folded */
  FoldedParts(Recipe recipe, CollectedTrack track) {
    this.recipe = recipe;
    this.track = track;
  }

  /** Each batch of the next part's recording. */
  void hear(SampleBatch batch) {
    for (Mark mark : batch.marks()) {
      isFinished |= mark.kind() == Mark.Kind.FINISH;
    }
  }

  /** The next part's recording, after all of it went into {@code track}. */
  void add(FoldedSession folded) {
    TrainingPart part = recipe.parts().get(count);
    Long from = part.fromMs();
    if (count > 0) {
      fromMs = from == null ? folded.figures().startAtEpochMs() : from;
    }
    List<MissingBatches> holes =
        folded.missing().stream().filter(one -> one.isIn(part)).toList();
    missing.addAll(holes);
    complete &= folded.complete() || (holes.isEmpty() && isAllOf(part, folded));
    isFinished = false;
    who = recipe.parts().size() == 1 ? folded.who() : null;
    before = current;
    current = folded.writerOf();
    resolve();
    count++;
  }

  FoldedSession result(Figures figures) {
    resolve();
    before = null;
    current = null;
    return new FoldedSession(
        figures,
        track,
        complete,
        missing,
        who,
        verdict -> writers.getOrDefault(verdict.index(), 0));
  }

  /**
   * Whether what a recording lacks is known, and is not the part's, in which no hole is: to its open end
   * there may be more of what nobody finished.
   */
  private boolean isAllOf(TrainingPart part, FoldedSession folded) {
    int holes = folded.missing().size();
    boolean hasEnd = part.toMs() != null || (isFinished && holes > 0);
    return !part.isWhole() && holes < MissingBatches.MOST_NAMED && hasEnd;
  }

  /**
   * Says whose fix each new verdict is on while the part that it lies in is at hand. A fold waits some
   * seconds with a verdict, so that the last of a part may come with the next.
   */
  private void resolve() {
    List<Verdict> verdicts = track.verdicts();
    // The last place of a full list is taken by the newest.
    for (int i = Math.max(0, resolved - 1); i < verdicts.size(); i++) {
      Verdict verdict = verdicts.get(i);
      ToIntFunction<Verdict> of = verdict.atEpochMs() >= fromMs ? current : before;
      int writer = of == null ? 0 : of.applyAsInt(verdict);
      Integer unused = writers.putIfAbsent(verdict.index(), writer);
    }
    resolved = verdicts.size();
  }
}
