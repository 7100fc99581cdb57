package io.pacewire.track;

import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.ScalarColumn;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one sensor that wait for their turn. A value outside the sensor's range is taken as 0:
 * sensors say so where they measure nothing. A value that is far ahead of all before it is left out,
 * unless the next one is there, too: one wrong time must not put the stopwatch a day forward.
 */
final class ScalarLane implements SensorLane {
  /** Where a value goes when its turn has come. */
  interface Taker {
    void take(FoldState state, long atMs, int value, FoldSink out);
  }

  private static final int CAPACITY = 3;
  private static final int HIGHEST_BYTE = 0xFF;

  private final int rank;
  private final int highest;
  private final Taker taker;
  private final long[] waitingAtMs = new long[CAPACITY];
  private final int[] waitingValue = new int[CAPACITY];
  private int waiting;
  private long takenAtMs = BEFORE_ALL;
  /** Whether the value before the next was left out for its time. */
  private boolean leapt;

  /** What a batch has of the sensor: one of these. */
  private @Nullable ScalarColumn scalars;

  private @Nullable HeartRateColumn heartRates;
  private int freshSize;
  private int next;
  private long originMs = BEFORE_ALL;
  private long headAtMs = NEVER;
  private long tailAtMs = BEFORE_ALL;

  /** @param highest value that is believed; below 2^23 */
  ScalarLane(int rank, int highest, Taker taker) {
    this.rank = rank;
    this.highest = highest;
    this.taker = taker;
  }

  void attach(ScalarColumn column) {
    scalars = column;
    freshSize = column.size();
    next = 0;
  }

  void attach(HeartRateColumn column) {
    heartRates = column;
    freshSize = column.size();
    next = 0;
  }

  @Override
  public long firstAtMs() {
    return left() > 0 ? atMs(0) : NEVER;
  }

  @Override
  public void open(long firstAtMs) {
    originMs = firstAtMs;
    long tail = takenAtMs;
    boolean before = leapt;
    for (int i = 0; i < waiting; i++) {
      tail = Math.max(tail, atMs(i));
    }
    for (int i = waiting; i < waiting + freshSize; i++) {
      before = !before && Lane.leaps(atMs(i), tail, originMs);
      if (!before) {
        tail = Math.max(tail, atMs(i));
      }
    }
    tailAtMs = tail;
    head();
  }

  private long atMs(int index) {
    if (index < waiting) {
      return waitingAtMs[index];
    }
    int at = index - waiting;
    ScalarColumn column = scalars;
    HeartRateColumn rates = heartRates;
    return Lane.bounded(
        column != null ? column.atEpochMs(at) : rates != null ? rates.atEpochMs(at) : NEVER);
  }

  private int value(int index) {
    if (index < waiting) {
      return waitingValue[index];
    }
    int at = index - waiting;
    ScalarColumn column = scalars;
    HeartRateColumn rates = heartRates;
    int value = column != null ? column.value(at) : rates != null ? felt(rates, at) : 0;
    return value < 0 || value > highest ? 0 : value;
  }

  /** A strap without skin contact repeats what it felt last. */
  private static int felt(HeartRateColumn rates, int at) {
    return rates.contact(at) == 0 ? 0 : rates.bpm(at);
  }

  /** Looks for the next that is to be taken; what waits was looked at before. */
  private void head() {
    headAtMs = NEVER;
    for (; next < waiting + freshSize; next++) {
      long at = atMs(next);
      if (next >= waiting) {
        leapt = !leapt && Lane.leaps(at, takenAtMs, originMs);
      }
      if (next < waiting || !leapt) {
        headAtMs = Math.max(takenAtMs, at);
        return;
      }
    }
  }

  @Override
  public boolean spoke() {
    return freshSize > 0;
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
    for (int i = next; i < waiting + freshSize; i++) {
      boolean looked = i == next || i < waiting;
      if (!looked) {
        leapt = !leapt && Lane.leaps(atMs(i), at, originMs);
      }
      if (looked || !leapt) {
        at = Math.max(at, atMs(i));
        waitingAtMs[kept] = at;
        waitingValue[kept++] = value(i);
      }
    }
    waiting = kept;
    scalars = null;
    heartRates = null;
    freshSize = 0;
    next = 0;
  }

  void write(ByteBuffer out, long baseMs) {
    StateBytes.put48(out, takenAtMs);
    out.put((byte) (leapt ? ~waiting : waiting));
    for (int i = 0; i < waiting; i++) {
      out.putShort((short) (waitingAtMs[i] - baseMs));
      if (highest > Short.MAX_VALUE) {
        StateBytes.put24(out, waitingValue[i]);
      } else if (highest > HIGHEST_BYTE) {
        out.putShort((short) waitingValue[i]);
      } else {
        out.put((byte) waitingValue[i]);
      }
    }
  }

  void read(ByteBuffer in, long baseMs) {
    takenAtMs = StateBytes.get48(in);
    int count = in.get();
    leapt = count < 0;
    waiting = FoldState.count(leapt ? ~count : count, CAPACITY, "waiting values");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = baseMs + (in.getShort() & 0xFFFF);
      waitingValue[i] = FoldState.count(value(in), highest, "waiting value");
    }
  }

  private int value(ByteBuffer in) {
    if (highest > Short.MAX_VALUE) {
      return StateBytes.get24(in);
    }
    return highest > HIGHEST_BYTE ? in.getShort() : in.get() & HIGHEST_BYTE;
  }
}
