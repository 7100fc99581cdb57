package io.pacewire.track;

import io.pacewire.wire.Mark;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Marks that wait for their turn. The finish is the writer's last word: whatever its clock says, it
 * comes after every sample, and what follows it is not looked at.
 *
 * <p>A mark far ahead of every sample may be right, since sensors are silent in a pause, and out of
 * power after an hour. It waits for a sample or a mark that gets there. Where the next mark is well
 * before it, the clock was wrong for a moment, and the one between is left out. A start cannot be: it
 * counts from the first sample. Nothing follows a finish: one that is six hours ahead of all ends the
 * recording with its last sample.
 */
final class MarkLane implements Lane {
  private static final int CAPACITY = 3;

  /** Files do not always have marks of about the same time in order. */
  private static final long OUT_OF_ORDER_MS = 30_000;

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
  private boolean sensorsSpoke;
  private long startedAtMs = NEVER;
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

  /** The start mark's time, where one waits or is new; {@link #NEVER} otherwise. */
  long startAtMs() {
    for (int i = 0; i < left(); i++) {
      if (kind(i) == Mark.Kind.START) {
        return atMs(i);
      }
    }
    return NEVER;
  }

  /**
   * Looks at what a batch brought.
   *
   * @param samplesTailMs up to where sensors have spoken
   * @param samplesFirstMs of what they say now or said before and waits; {@link #NEVER} without any
   * @param spoke whether they say anything now
   */
  void open(long samplesTailMs, long samplesFirstMs, boolean spoke, FoldState state) {
    closed = false;
    sensorsSpoke = spoke;
    startedAtMs = state.timer().isStarted() ? state.timer().startAtMs() : samplesFirstMs;
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
    long tail = takenAtMs;
    for (int i = 0; i < left(); i++) {
      if (isFollowed(i) && !isOpposed(i) && isBelieved(i, tail)) {
        tail = Math.max(tail, Math.min(atMs(i), followingMs(i)));
      }
    }
    tailAtMs = tail;
    head();
  }

  private void finish(Mark mark) {
    long at = Lane.bounded(mark.atEpochMs());
    finishAtMs = at;
    finishBatchCount = mark.batchCount();
    long reachedMs = Math.max(sampledAtMs, takenAtMs);
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

  /** Whether the next falls back from a time, so that one of both is wrong. */
  private boolean isOpposed(int index) {
    return isFollowed(index) && wasAhead(atMs(index), followingMs(index));
  }

  /**
   * Whether its time was wrong, and not that of the next, which lies behind it. Others are seldom near
   * enough to tell; but a next one that lies behind those before as well is wrong itself, and the
   * finish is where samples have got further.
   */
  private boolean strays(int index, long tail) {
    if (!isOpposed(index)) {
      return false;
    }
    if (index + 1 == waiting + freshSize) {
      return sampledAtMs == BEFORE_ALL || wasAhead(atMs(index), sampledAtMs);
    }
    if (tail == BEFORE_ALL) {
      return startedAtMs == NEVER || wasAhead(atMs(index), startedAtMs);
    }
    return !straggles(index + 1, tail) || (leaps(index, tail) && isOpposedTwice(index));
  }

  private boolean isOpposedTwice(int index) {
    return isFollowed(index + 1) && wasAhead(atMs(index), followingMs(index + 1));
  }

  private boolean straggles(int index, long tail) {
    return tail != BEFORE_ALL && wasAhead(tail, atMs(index));
  }

  /** Whether a mark's time was wrong, by that of the next. */
  static boolean wasAhead(long atMs, long nextMs) {
    return atMs - nextMs > OUT_OF_ORDER_MS;
  }

  private boolean isBelieved(int index, long tail) {
    return !leaps(index, tail)
        || (isFollowed(index) && !isOpposed(index))
        || (isFollowed(index + 1) && !isOpposedTwice(index))
        || (closed
            && kind(index) != Mark.Kind.START
            && atMs(index) - Math.max(sampledAtMs, tail) <= SessionTimer.LONGEST_SILENCE_MS);
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

  /** Whether the start that is next cannot have been when it says: what came later is earlier. */
  private boolean isRefuted() {
    return strays(next, takenAtMs) || (next < waiting && sensorsSpoke) || closed;
  }

  private void head() {
    headAtMs = NEVER;
    while (left() > 0 && headAtMs == NEVER) {
      boolean start = kind(next) == Mark.Kind.START;
      boolean strays = strays(next, takenAtMs);
      if (strays && !start) {
        next++;
      } else if (!strays && isBelieved(next, takenAtMs)) {
        headAtMs = dueMs(next);
        return;
      } else if (start && isRefuted()) {
        headAtMs = Math.max(takenAtMs, startedAtMs == NEVER ? followingMs(next) : startedAtMs);
      } else {
        return; // what comes will tell
      }
    }
  }

  /** A mark that lies behind others goes with the next: nobody knows when it was. */
  private long dueMs(int index) {
    if (kind(index) == Mark.Kind.START || !straggles(index, takenAtMs)) {
      return Math.max(takenAtMs, atMs(index));
    }
    if (isFollowed(index)) {
      return Math.max(takenAtMs, followingMs(index));
    }
    return closed ? Turn.LAST : NEVER;
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
    long atMs = headAtMs == Turn.LAST ? takenAtMs : headAtMs;
    Mark.Kind kind = kind(next);
    if (kind == Mark.Kind.START || !straggles(next, takenAtMs)) {
      takenAtMs = atMs;
    }
    next++;
    head();
    TrackFold.mark(state, kind, atMs, out);
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
