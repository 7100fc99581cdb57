package io.pacewire.track;

import io.pacewire.wire.Mark;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Marks that wait for their turn. The finish is the writer's last word: whatever its clock says, it
 * comes after every sample, and what follows it is not looked at.
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
  private long finishAtMs = NEVER;
  private int finishBatchCount = -1;

  void attach(List<Mark> marks, FoldState state) {
    fresh = marks;
    freshSize = marks.size();
    next = 0;
    tailAtMs = takenAtMs;
    for (int i = 0; i < left(); i++) {
      if (i >= waiting && kind(i) == Mark.Kind.FINISH) {
        finishAtMs = atMs(i);
        finishBatchCount = marks.get(i - waiting).batchCount();
        freshSize = i - waiting;
        break;
      }
      if (i >= waiting && kind(i) == Mark.Kind.START && !state.hasStartNote()) {
        state.note(new StartNote(marks.get(i - waiting)));
      }
      tailAtMs = Math.max(tailAtMs, atMs(i));
    }
    head();
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
    headAtMs = left() > 0 ? Math.max(takenAtMs, atMs(next)) : NEVER;
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

  @Override
  public long firstWaitingMs() {
    return waiting > 0 ? waitingAtMs[0] : NEVER;
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
    long at = takenAtMs;
    for (int i = next; i < waiting + freshSize; i++, kept++) {
      at = Math.max(at, atMs(i));
      waitingAtMs[kept] = at;
      waitingKind[kept] = kind(i);
    }
    waiting = kept;
    fresh = List.of();
    freshSize = 0;
    next = 0;
  }

  void write(ByteBuffer out, long baseMs) {
    StateBytes.put48(out, takenAtMs);
    out.put((byte) waiting);
    for (int i = 0; i < waiting; i++) {
      out.putShort((short) (waitingAtMs[i] - baseMs)).put((byte) KINDS.indexOf(waitingKind[i]));
    }
  }

  void read(ByteBuffer in, long baseMs) {
    takenAtMs = StateBytes.get48(in);
    waiting = FoldState.count(in.get(), CAPACITY, "waiting marks");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = baseMs + (in.getShort() & 0xFFFF);
      waitingKind[i] = KINDS.get(FoldState.count(in.get(), KINDS.size() - 1, "kind of mark"));
    }
  }
}
