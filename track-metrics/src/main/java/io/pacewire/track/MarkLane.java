package io.pacewire.track;

import io.pacewire.wire.Mark;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Marks that wait for their turn. The finish is the writer's last word: whatever its clock says, it
 * comes after every sample, and what follows it is not looked at.
 *
 * <p>A mark far ahead of every sample may be right, since sensors are silent in a pause, and out of
 * power after an hour. It waits for a sample or a mark that gets there. Where the next mark is as far
 * back again, the clock was wrong for a moment, and the one between is left out; a start, which
 * cannot be, counts from there. Nothing follows a finish: one that is six hours ahead of all ends the
 * recording with its last sample.
 */
final class MarkLane implements Lane {
  private static final int CAPACITY = 3;
  private static final int RANK_OPENING = 0;
  private static final int RANK_CLOSING = 9;

  /** By the number that the state's bytes have for them. */
  private static final List<Mark.Kind> KINDS = List.of(
      Mark.Kind.START,
      Mark.Kind.PAUSE,
      Mark.Kind.RESUME,
      Mark.Kind.LAP,
      Mark.Kind.FINISH,
      Mark.Kind.SKIP);

  private final long[] waitingAtMs = new long[CAPACITY];
  private final Mark.Kind[] waitingKind = new Mark.Kind[CAPACITY];
  private int waiting;
  private long takenAtMs = BEFORE_ALL;

  private List<Mark> fresh = List.of();
  private int freshSize;
  private int next;
  private long headAtMs = NEVER;
  private long tailAtMs = BEFORE_ALL;
  private long sampledAtMs = BEFORE_ALL;
  private boolean closed;
  private long finishAtMs = NEVER;
  private int finishBatchCount = -1;

  void attach(List<Mark> marks) {
    fresh = marks;
    freshSize = marks.size();
    next = 0;
  }

  @Override
  public long firstAtMs() {
    return left() > 0 ? atMs(0) : NEVER;
  }

  /** @param samplesTailMs up to where sensors have spoken */
  void open(long samplesTailMs, FoldState state) {
    closed = false;
    finishAtMs = NEVER;
    finishBatchCount = -1;
    sampledAtMs = samplesTailMs;
    for (int i = waiting; i < left(); i++) {
      Mark mark = fresh.get(i - waiting);
      if (mark.kind() == Mark.Kind.FINISH) {
        freshSize = i - waiting;
        finish(mark);
      } else if (mark.kind() == Mark.Kind.START && !state.hasStartNote()) {
        state.note(new StartNote(mark));
      }
    }
    tailAtMs = tailMs(NEVER);
    head();
  }

  /** The latest of the marks that are believed and not after a time. */
  private long tailMs(long untilMs) {
    long tail = takenAtMs;
    for (int i = next; i < waiting + freshSize; i++) {
      if (atMs(i) <= untilMs && isBelieved(i, tail)) {
        tail = Math.max(tail, atMs(i));
      }
    }
    return tail;
  }

  private void finish(Mark mark) {
    long at = Lane.bounded(mark.atEpochMs());
    finishAtMs = at;
    finishBatchCount = mark.batchCount();
    long reachedMs = Math.max(sampledAtMs, tailMs(at));
    if (sampledAtMs != BEFORE_ALL && at - reachedMs > SessionTimer.LONGEST_SILENCE_MS) {
      finishAtMs = reachedMs;
    }
  }

  /** No mark will follow. */
  void close() {
    closed = true;
    head();
  }

  private boolean leaps(int index, long tail) {
    return sampledAtMs != BEFORE_ALL && Lane.leaps(atMs(index), Math.max(sampledAtMs, tail));
  }

  private boolean isBelieved(int index, long tail) {
    return !leaps(index, tail)
        || (isFollowed(index) && followingMs(index) >= atMs(index) - LEAP_MS)
        || (closed && atMs(index) - Math.max(sampledAtMs, tail) <= SessionTimer.LONGEST_SILENCE_MS);
  }

  private boolean isFollowed(int index) {
    return index + 1 < waiting + freshSize || isFinishing();
  }

  private long followingMs(int index) {
    return index + 1 < waiting + freshSize ? atMs(index + 1) : finishAtMs;
  }

  /** Whether the finish is among the marks. */
  boolean isFinishing() {
    return finishAtMs != NEVER;
  }

  long finishAtMs() {
    return finishAtMs;
  }

  int finishBatchCount() {
    return finishBatchCount;
  }

  private long atMs(int index) {
    return index < waiting
        ? waitingAtMs[index]
        : Lane.bounded(fresh.get(index - waiting).atEpochMs());
  }

  private Mark.Kind kind(int index) {
    return index < waiting ? waitingKind[index] : fresh.get(index - waiting).kind();
  }

  private void head() {
    headAtMs = NEVER;
    while (left() > 0 && headAtMs == NEVER) {
      if (isBelieved(next, takenAtMs)) {
        headAtMs = Math.max(takenAtMs, atMs(next));
      } else if (!isFollowed(next)) {
        return; // what comes will tell
      } else if (kind(next) == Mark.Kind.START) {
        headAtMs = Math.max(takenAtMs, followingMs(next));
      } else {
        next++;
      }
    }
  }

  @Override
  public int left() {
    return waiting + freshSize - next;
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  @Override
  public long headAtMs() {
    return headAtMs;
  }

  /** A start or resume comes before the samples of its time, anything else after them. */
  @Override
  public int headRank() {
    Mark.Kind kind = kind(next);
    return kind == Mark.Kind.START || kind == Mark.Kind.RESUME ? RANK_OPENING : RANK_CLOSING;
  }

  @Override
  public long tailAtMs() {
    return tailAtMs;
  }

  /** Not among those of the other lanes, since its times are kept as they came. */
  @Override
  public long firstWaitingMs() {
    return NEVER;
  }

  @Override
  public void take(FoldState state, FoldSink out) {
    Mark.Kind kind = kind(next++);
    takenAtMs = headAtMs;
    head();
    TrackFold.mark(state, kind, takenAtMs, out);
  }

  @Override
  public void keep() {
    int kept = 0;
    for (int i = next; i < waiting + freshSize; i++, kept++) {
      waitingAtMs[kept] = atMs(i);
      waitingKind[kept] = kind(i);
    }
    waiting = kept;
    fresh = List.of();
    freshSize = 0;
    next = 0;
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, takenAtMs);
    out.put((byte) waiting);
    for (int i = 0; i < waiting; i++) {
      StateBytes.put48(out, waitingAtMs[i]);
      out.put((byte) KINDS.indexOf(waitingKind[i]));
    }
  }

  void read(ByteBuffer in) {
    takenAtMs = StateBytes.get48(in);
    waiting = FoldState.count(in.get(), CAPACITY, "waiting marks");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = StateBytes.get48(in);
      waitingKind[i] = KINDS.get(FoldState.count(in.get(), KINDS.size() - 1, "kind of mark"));
    }
  }
}
