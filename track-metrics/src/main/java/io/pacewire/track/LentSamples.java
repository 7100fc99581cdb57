package io.pacewire.track;

import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * What other writers lend to the line's: samples in their own order, handed out by time. Bounded;
 * what goes beyond is as if the sensor had fallen silent.
 */
final class LentSamples {
  /** Four days at one a second, of each sensor. */
  private static final int MOST = 350_000;

  /** As long, at three a second. */
  private static final int MOST_BEATS = 3 * MOST;

  private final Combination who;
  private final SampleBatch held = new SampleBatch();
  private final List<Mark> marks = new ArrayList<>();
  private final List<LentFix> fixes = new ArrayList<>();
  private final Map<Integer, TakenFixes> taken = new HashMap<>();
  private boolean sorted;
  private final Lent heartRate = new Lent();
  private final Lent beats = new Lent();
  private final Lent power = new Lent();
  private final Lent cadence = new Lent();
  private final Lent speed = new Lent();
  private int mark;
  private int fix;

  /** A fix that is kept until its turn. */
  static final class LentFix {
    final int writer;
    final long atMs;
    final int[] measured;

    LentFix(int writer, FixColumn from, int i) {
      this.writer = writer;
      atMs = Lane.bounded(from.atEpochMs(i));
      measured = new int[] {
        from.latitudeE7(i),
        from.longitudeE7(i),
        from.altitudeCm(i),
        from.accuracyCm(i),
        from.verticalAccuracyCm(i),
        from.speedCms(i),
        from.bearingCdeg(i)
      };
    }

    void addTo(FixColumn column) {
      int[] m = measured;
      column.add(atMs, atMs, m[0], m[1], m[2], m[3], m[4], m[5], m[6]);
    }
  }

  /** Goes through what one sensor lends; as {@link ScalarLane} has it, without times that were wrong. */
  private static final class Lent {
    private int next;
    private long believedMs = Lane.BEFORE_ALL;
    private final Turn.Limits limits = new Turn.Limits();

    /** The next value that is due, or -1. */
    int due(int size, IntToLongFunction atEpochMs, long untilMs) {
      for (; next < size; next++) {
        long at = at(next, size, atEpochMs);
        boolean wrong = Turn.isWrong(
            at, believedMs, at(next + 1, size, atEpochMs), at(next + 2, size, atEpochMs), limits);
        if (!wrong && at > untilMs) {
          return -1;
        }
        if (!wrong) {
          believedMs = Math.max(believedMs, at);
          return next++;
        }
      }
      return -1;
    }

    private static long at(int index, int size, IntToLongFunction atEpochMs) {
      return index < size ? Lane.bounded(atEpochMs.applyAsLong(index)) : Lane.NEVER;
    }
  }

  LentSamples(Combination who) {
    this.who = who;
  }

  /** The next batch of a writer that does not draw the line. */
  void hear(int writer, SampleBatch batch) {
    fixes(writer, batch.fixes());
    if (writer == who.heartRate().writer()) {
      HeartRateColumn rates = batch.heartRates();
      for (int i = 0; i < rates.size() && held.heartRates().size() < MOST; i++) {
        if (counts(rates.atEpochMs(i))) {
          held.heartRates()
              .add(rates.atEpochMs(i), rates.monotonicMs(i), rates.bpm(i), rates.contact(i));
        }
      }
      lend(true, batch.rrIntervals(), held.rrIntervals(), MOST_BEATS);
    }
    lend(writer == who.power().writer(), batch.powers(), held.powers(), MOST);
    lend(writer == who.cadence().writer(), batch.cadences(), held.cadences(), MOST);
    lend(writer == who.speed().writer(), batch.speeds(), held.speeds(), MOST);
    if (writer == who.stopwatch().writer()) {
      batch.marks().forEach(this::lend);
    }
  }

  private void lend(boolean wanted, ScalarColumn from, ScalarColumn to, int most) {
    for (int i = 0; wanted && i < from.size() && to.size() < most; i++) {
      if (counts(from.atEpochMs(i))) {
        to.add(from.atEpochMs(i), from.monotonicMs(i), from.value(i));
      }
    }
  }

  /** As {@link MarkLane} has it: a mark from which the next falls far back had a wrong time. */
  private void lend(Mark next) {
    int last = marks.size() - 1;
    if (last >= 0
        && marks.get(last).kind() != Mark.Kind.START
        && MarkLane.wasAhead(
            Lane.bounded(marks.get(last).atEpochMs()), Lane.bounded(next.atEpochMs()))) {
      marks.remove(last);
    }
    Mark mark = JoinedFold.fromTheFirst(next, who);
    boolean within = mark.kind() == Mark.Kind.START || mark.atEpochMs() <= who.endAtMs();
    if (mark.kind() != Mark.Kind.FINISH && within && marks.size() < MOST) {
      marks.add(mark);
    }
  }

  /** A sensor that speaks before the start or after the finish is not heard. */
  private boolean counts(long epochMs) {
    return epochMs >= who.startAtMs() && epochMs <= who.endAtMs();
  }

  private void fixes(int writer, FixColumn from) {
    if (!who.fillers().contains(writer)) {
      return;
    }
    TakenFixes own = taken.computeIfAbsent(writer, one -> new TakenFixes(who.track(one)));
    for (int i = 0; i < from.size(); i++) {
      long atMs = Lane.bounded(from.atEpochMs(i));
      if (!own.takes(atMs)) {
        continue;
      }
      if (fixes.size() < MOST && isFilling(writer, atMs)) {
        fixes.add(new LentFix(writer, from, i));
      }
    }
  }

  private boolean isFilling(int writer, long atMs) {
    List<GapFills.Fill> fills = who.fills();
    int low = 0;
    int high = fills.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fills.get(middle).fromMs() <= atMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0
        && fills.get(low - 1).writer() == writer
        && fills.get(low - 1).holds(atMs);
  }

  /** Adds what is due to a batch; fixes stand where their time is. False where marks are left. */
  boolean release(long untilMs, SampleBatch into) {
    HeartRateColumn rates = held.heartRates();
    for (int i = heartRate.due(rates.size(), rates::atEpochMs, untilMs);
        i >= 0;
        i = heartRate.due(rates.size(), rates::atEpochMs, untilMs)) {
      into.heartRates()
          .add(rates.atEpochMs(i), rates.monotonicMs(i), rates.bpm(i), rates.contact(i));
    }
    release(held.powers(), power, Lane.BEFORE_ALL, untilMs, into.powers());
    release(held.cadences(), cadence, Lane.BEFORE_ALL, untilMs, into.cadences());
    release(held.speeds(), speed, Lane.BEFORE_ALL, untilMs, into.speeds());
    for (; mark < marks.size() && due(marks.get(mark).atEpochMs(), untilMs); mark++) {
      if (into.marks().size() >= WireLimits.MAX_MARKS - 1) {
        return false;
      }
      into.addMark(marks.get(mark));
    }
    return true;
  }

  /** Times between heart beats that are due; those before {@code fromMs} are left out. */
  void releaseBeats(long fromMs, long untilMs, ScalarColumn into) {
    release(held.rrIntervals(), beats, fromMs, untilMs, into);
  }

  private static void release(
      ScalarColumn from, Lent turn, long fromMs, long untilMs, ScalarColumn into) {
    for (int i = turn.due(from.size(), from::atEpochMs, untilMs);
        i >= 0;
        i = turn.due(from.size(), from::atEpochMs, untilMs)) {
      if (from.atEpochMs(i) >= fromMs) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), from.value(i));
      }
    }
  }

  /** Lent fixes before a time. */
  void releaseFixes(long beforeMs, FixColumn into) {
    sort();
    for (; fix < fixes.size() && fixes.get(fix).atMs < beforeMs; fix++) {
      fixes.get(fix).addTo(into);
    }
  }

  /** Whether all lent fixes were handed out. */
  boolean hasNoFix() {
    return fix == fixes.size();
  }

  private void sort() {
    if (!sorted) {
      fixes.sort(Comparator.<LentFix>comparingLong(one -> one.atMs)
          .thenComparingInt(one -> one.writer)
          .thenComparing(one -> one.measured, Arrays::compare));
      sorted = true;
    }
  }

  FixWriters writers() {
    sort();
    return new FixWriters(
        who.line().writer(),
        fixes.stream().mapToLong(one -> one.atMs).toArray(),
        fixes.stream().mapToInt(one -> one.writer).toArray());
  }

  private static boolean due(long epochMs, long untilMs) {
    return Lane.bounded(epochMs) <= untilMs;
  }
}
