package io.pacewire.track;

import io.pacewire.wire.ScalarColumn;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one sensor that wait for their turn. A value outside the sensor's range is taken as 0:
 * sensors say so where they measure nothing.
 */
final class ScalarLane implements Lane {
  /** Where a value goes when its turn has come. */
  interface Taker {
    void take(FoldState state, long atMs, int value, FoldSink out);
  }

  private static final int CAPACITY = 3;

  private final int rank;
  private final int highest;
  private final Taker taker;
  private final long[] waitingAtMs = new long[CAPACITY];
  private final int[] waitingValue = new int[CAPACITY];
  private int waiting;
  private long takenAtMs = BEFORE_ALL;

  private @Nullable ScalarColumn fresh;
  private int freshSize;
  private int next;
  private long headAtMs = NEVER;
  private long tailAtMs = BEFORE_ALL;

  /** @param highest value that is believed; below 2^23 */
  ScalarLane(int rank, int highest, Taker taker) {
    this.rank = rank;
    this.highest = highest;
    this.taker = taker;
  }

  void attach(ScalarColumn column) {
    fresh = column;
    freshSize = column.size();
    next = 0;
    tailAtMs = takenAtMs;
    int end = left();
    for (int i = 0; i < end; i++) {
      tailAtMs = Math.max(tailAtMs, atMs(i));
    }
    head();
  }

  private long atMs(int index) {
    if (index < waiting) {
      return waitingAtMs[index];
    }
    ScalarColumn column = fresh;
    return column == null ? NEVER : Lane.bounded(column.atEpochMs(index - waiting));
  }

  private int value(int index) {
    if (index < waiting) {
      return waitingValue[index];
    }
    ScalarColumn column = fresh;
    int value = column == null ? 0 : column.value(index - waiting);
    return value < 0 || value > highest ? 0 : value;
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

  @Override
  public int headRank() {
    return rank;
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
    int value = value(next++);
    takenAtMs = headAtMs;
    head();
    taker.take(state, takenAtMs, value, out);
  }

  @Override
  public void keep() {
    int kept = 0;
    long at = takenAtMs;
    for (int i = next; i < waiting + freshSize; i++, kept++) {
      at = Math.max(at, atMs(i));
      waitingAtMs[kept] = at;
      waitingValue[kept] = value(i);
    }
    waiting = kept;
    fresh = null;
    freshSize = 0;
    next = 0;
  }

  void write(ByteBuffer out, long baseMs) {
    StateBytes.put48(out, takenAtMs);
    out.put((byte) waiting);
    for (int i = 0; i < waiting; i++) {
      out.putShort((short) (waitingAtMs[i] - baseMs));
      if (highest > Short.MAX_VALUE) {
        StateBytes.put24(out, waitingValue[i]);
      } else {
        out.putShort((short) waitingValue[i]);
      }
    }
  }

  void read(ByteBuffer in, long baseMs) {
    takenAtMs = StateBytes.get48(in);
    waiting = FoldState.count(in.get(), CAPACITY, "waiting values");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = baseMs + (in.getShort() & 0xFFFF);
      int value = highest > Short.MAX_VALUE ? StateBytes.get24(in) : in.getShort();
      waitingValue[i] = FoldState.count(value, highest, "waiting value");
    }
  }
}
