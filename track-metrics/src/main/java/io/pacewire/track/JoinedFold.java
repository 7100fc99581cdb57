package io.pacewire.track;

import io.pacewire.wire.AccelColumn;
import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * The fold over what several writers recorded of a session, joined by event time as {@link
 * Combination} says: the line's batches, with what the others lend put in at its time. So the joined
 * figures come from the one fold, in whole micrometres, and a single writer's are its own, bit for
 * bit. Each other writer is heard first, in any order of writers, its batches in theirs; then the
 * line's batches are folded one by one, and the end. Not thread-safe.
 */
public final class JoinedFold {
  /** More than a receiver says in an hour. */
  private static final int MOST_ASIDE = 10_000;

  private static final SampleBatch NOTHING = new SampleBatch();

  private final Combination who;
  private final LentSamples lent;
  private final FoldState state;
  private final SampleBatch joined = new SampleBatch();
  private final boolean goesOn;
  /** Whether the start lies before the line's own, and so before what may be folded by then. */
  private final boolean startsEarly;

  private final TakenFixes taken;
  private final ReachedTime accelTimes = new ReachedTime();
  private final ReachedTime heartTimes = new ReachedTime();
  private final ReachedTime pressureTimes = new ReachedTime();
  private final ReachedTime powerTimes = new ReachedTime();
  private final ReachedTime cadenceTimes = new ReachedTime();
  private final ReachedTime speedTimes = new ReachedTime();
  private final Consumer<SampleBatch> overheard;
  private long reachedMs = Lane.BEFORE_ALL;
  /** The same by the line's fixes alone, which stand in one order with those that were lent. */
  private long fixedMs = Lane.BEFORE_ALL;
  /** Whether there was anything yet of what figures are made of. */
  private boolean begun;
  /** Fixes of the line that go with its next. */
  private final List<LentSamples.LentFix> aside = new ArrayList<>();

  /** The figures alone. */
  public JoinedFold(Combination who, AthleteParameters athlete) {
    this(who, athlete, joined -> {});
  }

  /**
   * @param overheard is given each joined batch that is folded, in order: the session as if one writer
   *     had recorded it. The same object each time
   */
  public JoinedFold(Combination who, AthleteParameters athlete, Consumer<SampleBatch> overheard) {
    this.who = who;
    this.overheard = overheard;
    taken = new TakenFixes(who.line());
    lent = new LentSamples(who);
    state = FoldState.start(athlete);
    startsEarly = who.line() == who.stopwatch()
        && who.line().isStarted()
        && who.startAtMs() < who.line().figures().startAtEpochMs();
    goesOn = who.line() != who.stopwatch()
        || who.line().figures().lastAtEpochMs() < who.endAtMs()
        || (!who.line().isFinished() && who.isFinished());
  }

  /** Whether {@link #hear} makes use of a writer's batches. */
  public boolean listensTo(int writer) {
    return writer != who.line().writer() && who.needs(writer);
  }

  /**
   * The next batch of a writer that does not draw the line.
   *
   * @throws IllegalArgumentException where it does
   */
  public void hear(int writer, SampleBatch batch) {
    if (writer == who.line().writer()) {
      throw new IllegalArgumentException("writer " + writer + " draws the line");
    }
    lent.hear(writer, batch);
  }

  /** The next batch of the writer that draws the line. */
  public void step(SampleBatch batch, FoldSink out) {
    if (batch.isEmpty()) {
      return;
    }
    joined.clear();
    if (startsEarly && !state.started()) {
      joined.addMark(earlyStart());
      fold(out); // a batch may have as many marks as there can be
      joined.clear();
    }
    boolean ends = marks(batch);
    fixes(batch.fixes());
    own(batch);
    long untilMs = ends ? Lane.NEVER - 1 : Math.min(reachedMs, taken.nextAtMs() - 1);
    lent.releaseFixes(untilMs + 1, joined.fixes());
    if (ends || lent.hasNoFix()) {
      addAside();
    }
    boolean unused = lent.release(untilMs, joined); // marks that are left have their turn later
    beside(batch, untilMs);
    fold(out);
  }

  /** The line's writer says no more: what others have to say after it, and the end. */
  public void end(FoldSink out) {
    boolean all = state.finished();
    while (!all) {
      joined.clear();
      lent.releaseFixes(Lane.NEVER, joined.fixes());
      addAside();
      all = lent.release(Lane.NEVER - 1, joined);
      beside(NOTHING, Lane.NEVER - 1);
      if (all && who.isFinished()) {
        joined.addMark(Mark.finish(who.endAtMs(), 0, 0));
      }
      fold(out);
    }
    TrackFold.end(state, out);
  }

  private void fold(FoldSink out) {
    begun |= !joined.isEmpty();
    overheard.accept(joined);
    TrackFold.step(state, joined, out);
  }

  /** What has been folded so far; the same object each time, changed by what comes. */
  public FoldState state() {
    return state;
  }

  /**
   * Says whose fix a verdict is on, once everybody was heard; what comes second at a time is the line's.
   * Holds the times of fixes that were lent and nothing else of the fold: to be kept when that is let go.
   */
  public ToIntFunction<Verdict> writers() {
    return lent.writers();
  }

  private Mark earlyStart() {
    Figures own = who.line().figures();
    return Mark.start(
        who.startAtMs(), 0, own.sport(), own.timeZone(), own.utcOffsetS(), own.deviceName(), "", 0);
  }

  /** Whether the line's finish is the training's. */
  private boolean marks(SampleBatch batch) {
    boolean ends = false;
    for (Mark mark : batch.marks()) {
      boolean finish = mark.kind() == Mark.Kind.FINISH;
      if (startsEarly && mark.kind() == Mark.Kind.START) {
        continue;
      }
      if (finish ? !goesOn : who.line() == who.stopwatch()) {
        joined.addMark(mark);
        ends |= finish;
      }
    }
    return ends;
  }

  /** The stopwatch starts when the first writer that was started did. */
  static Mark fromTheFirst(Mark mark, Combination who) {
    return mark.kind() == Mark.Kind.START && who.startAtMs() < mark.atEpochMs()
        ? Mark.start(
            who.startAtMs(),
            0,
            mark.sport(),
            mark.timeZone(),
            mark.utcOffsetS(),
            mark.deviceName(),
            mark.appVersion(),
            mark.consentVersion())
        : mark;
  }

  /** Times beyond the end are of a clock that was wrong. */
  private void reach(long epochMs) {
    long at = Lane.bounded(epochMs);
    reachedMs = at <= who.endAtMs() ? Math.max(reachedMs, at) : reachedMs;
  }

  /**
   * The line's fixes, and before each those lent that were earlier. One whose time tells nothing, as
   * it lies ahead of the next that was taken or after the end, goes with the next.
   */
  private void fixes(FixColumn from) {
    for (int i = 0; i < from.size(); i++) {
      long at = Lane.bounded(from.atEpochMs(i));
      boolean inTime = at <= Math.min(taken.nextAtMs(), who.endAtMs());
      boolean counts = taken.takes(at);
      aside.add(new LentSamples.LentFix(who.line().writer(), from, i));
      if (inTime || counts) {
        reach(at);
        fixedMs = at <= who.endAtMs() ? Math.max(fixedMs, at) : fixedMs;
        // At the same time the one goes first that is used; after the end all that was lent is due.
        long dueMs = counts ? Math.max(fixedMs, who.endAtMs()) : fixedMs;
        lent.releaseFixes(Math.min(at, dueMs) + (counts ? 0 : 1), joined.fixes());
        addAside();
      }
    }
    if (aside.size() > MOST_ASIDE || lent.hasNoFix()) {
      addAside();
    }
  }

  private void addAside() {
    aside.forEach(fix -> fix.addTo(joined.fixes()));
    aside.clear();
  }

  private void own(SampleBatch batch) {
    AccelColumn accels = batch.accels();
    for (int i = 0; i < accels.size(); i++) {
      heard(accelTimes, accels.atEpochMs(i));
      joined
          .accels()
          .add(
              accels.atEpochMs(i),
              accels.monotonicMs(i),
              accels.xMg(i),
              accels.yMg(i),
              accels.zMg(i));
    }
    HeartRateColumn rates = batch.heartRates();
    for (int i = 0; i < rates.size(); i++) {
      heard(heartTimes, rates.atEpochMs(i));
      if (who.heartRate() == who.line()) {
        joined
            .heartRates()
            .add(rates.atEpochMs(i), rates.monotonicMs(i), rates.bpm(i), rates.contact(i));
      }
    }
    copy(true, batch.pressures(), pressureTimes, joined.pressures());
    copy(who.power() == who.line(), batch.powers(), powerTimes, joined.powers());
    copy(who.cadence() == who.line(), batch.cadences(), cadenceTimes, joined.cadences());
    copy(who.speed() == who.line(), batch.speeds(), speedTimes, joined.speeds());
  }

  /**
   * What no figure is made of, and who writes the session down wants all the same: beats of whose heart
   * rate counts, temperatures and altitudes of the line. Nothing begins with them, nor do they say how
   * far the line has got.
   */
  private void beside(SampleBatch batch, long untilMs) {
    if (!begun && joined.isEmpty()) {
      return;
    }
    long fromMs = begun ? Lane.BEFORE_ALL : joined.firstAtEpochMs();
    if (who.heartRate() == who.line()) {
      copy(batch.rrIntervals(), fromMs, joined.rrIntervals());
    }
    lent.releaseBeats(fromMs, untilMs, joined.rrIntervals());
    copy(batch.temperatures(), fromMs, joined.temperatures());
    copy(batch.altitudes(), fromMs, joined.altitudes());
  }

  private static void copy(ScalarColumn from, long fromMs, ScalarColumn into) {
    for (int i = 0; i < from.size(); i++) {
      if (from.atEpochMs(i) >= fromMs) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), from.value(i));
      }
    }
  }

  private void heard(ReachedTime times, long epochMs) {
    times.hear(Lane.bounded(epochMs));
    reach(times.reachedMs());
  }

  private void copy(boolean wanted, ScalarColumn from, ReachedTime times, ScalarColumn into) {
    for (int i = 0; i < from.size(); i++) {
      heard(times, from.atEpochMs(i));
      if (wanted) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), from.value(i));
      }
    }
  }
}
