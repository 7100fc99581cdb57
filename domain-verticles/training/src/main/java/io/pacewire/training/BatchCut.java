package io.pacewire.training;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a part out of a recording, batch by batch: what was recorded within it, between marks that make
 * it a stretch of one training. A training starts once and finishes once; where a part ends and
 * another follows, its stopwatch stands. Who had paused at the cut has. Pure.
 */
final class BatchCut {
  /** Two may come before those of a batch. */
  private static final int MOST_MARKS = WireLimits.MAX_MARKS - 2;

  private final TrainingPart part;
  private final boolean first;
  private final boolean last;
  private final @Nullable String sport;
  private final ColumnCut columns;
  private final SampleBatch out = new SampleBatch();
  private @Nullable Mark start;
  private boolean opened;
  private boolean paused;
  private boolean over;
  private boolean finished;

  BatchCut(Recipe recipe, int index) {
    part = recipe.parts().get(index);
    first = index == 0;
    last = index == recipe.parts().size() - 1;
    sport = recipe.sport();
    columns = new ColumnCut(part, recipe.elevation());
  }

  /** What of the recording's next batch belongs to the part; the same object each time. */
  SampleBatch take(SampleBatch batch) {
    out.clear();
    if (over) {
      return out;
    }
    boolean pausedBefore = paused;
    List<Mark> kept = new ArrayList<>();
    for (Mark mark : batch.marks()) {
      if (!opened && mark.atEpochMs() < from()) {
        pausedBefore = isPausedBy(mark, pausedBefore);
      }
      if (keeps(mark) && kept.size() < MOST_MARKS) {
        kept.add(mark.kind() == Mark.Kind.START ? ofSport(mark, mark.atEpochMs()) : mark);
      }
    }
    columns.copy(batch, out);
    if (!opened && !(out.isEmpty() && kept.isEmpty())) {
      open(kept, pausedBefore);
    }
    kept.forEach(out::addMark);
    return out;
  }

  /**
   * What ends the part, to be taken after its last batch; empty where nothing does.
   *
   * @param lastAtMs of the whole recording
   */
  SampleBatch close(long lastAtMs) {
    out.clear();
    long endMs = part.toMs() == null ? lastAtMs : Math.min(part.toMs(), lastAtMs);
    if (!opened || finished) {
      return out;
    }
    if (!last) {
      if (!paused) {
        out.addMark(Mark.pause(endMs, 0));
      }
    } else if (part.toMs() != null) {
      out.addMark(Mark.finish(endMs, 0, 0));
    }
    return out;
  }

  private long from() {
    return part.fromMs() == null ? Long.MIN_VALUE : part.fromMs();
  }

  private boolean keeps(Mark mark) {
    boolean within = part.has(mark.atEpochMs());
    return switch (mark.kind()) {
      case START -> {
        start = start == null ? mark : start;
        yield first && part.fromMs() == null && within;
      }
      case FINISH -> {
        over = true;
        finished = last && within;
        yield finished;
      }
      case PAUSE, RESUME -> {
        boolean known = within || mark.atEpochMs() < from();
        paused = known ? isPausedBy(mark, paused) : paused;
        yield within;
      }
      default -> within;
    };
  }

  private static boolean isPausedBy(Mark mark, boolean before) {
    return switch (mark.kind()) {
      case PAUSE -> true;
      case RESUME -> false;
      default -> before;
    };
  }

  /** Puts what begins the part before the batch's own marks, which are still to be added. */
  private void open(List<Mark> kept, boolean pausedThen) {
    opened = true;
    long atMs = fromTheFirst(kept);
    boolean starts = kept.stream().anyMatch(mark -> mark.kind() == Mark.Kind.START);
    if (!first) {
      out.addMark(Mark.resume(atMs, 0));
    } else if (part.fromMs() != null || (sport != null && !starts)) {
      out.addMark(start == null ? unknown(atMs) : ofSport(start, atMs));
    }
    if (part.fromMs() != null && pausedThen) {
      out.addMark(Mark.pause(atMs, 0));
    }
  }

  private long fromTheFirst(List<Mark> kept) {
    if (part.fromMs() != null) {
      return part.fromMs();
    }
    if (start != null) {
      return start.atEpochMs();
    }
    return out.isEmpty() ? kept.get(0).atEpochMs() : out.firstAtEpochMs();
  }

  private Mark unknown(long atMs) {
    return Mark.start(atMs, 0, sport == null ? "" : sport, "", 0, "", "", 0);
  }

  private Mark ofSport(Mark mark, long atMs) {
    return Mark.start(
        atMs,
        mark.monotonicMs(),
        sport == null ? mark.sport() : sport,
        mark.timeZone(),
        mark.utcOffsetS(),
        mark.deviceName(),
        mark.appVersion(),
        mark.consentVersion());
  }
}
