package io.pacewire.track;

import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.ScalarColumn;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one sensor that wait for their turn. A value outside the sensor's range is taken as 0:
 * sensors say so where they measure nothing. A value that is ahead of all before it is left out where
 * the next falls back: one wrong time must not put the stopwatch a day forward.
 */
final class ScalarLane implements SensorLane {
  /** Where a value goes when its turn has come. */
  interface Taker {
    void take(FoldState state, long atMs, int value, FoldSink out);
  }

  private static final int CAPACITY = 3;

  /** Instead of how many wait, where the sensor never spoke. */
  private static final byte SILENT = CAPACITY + 1;

  private static final int HIGHEST_BYTE = 0xFF;
  private static final int HIGHEST_OFFSET_MS = 0xFFFF;

  private final int rank;
  private final int highest;
  private final Taker taker;
  private final long[] waitingAtMs = new long[CAPACITY];
  private final int[] waitingValue = new int[CAPACITY];
  private int waiting;
  private long takenAtMs = BEFORE_ALL;

  /** What a batch has of the sensor: one of these. */
  private @Nullable ScalarColumn scalars;

  private @Nullable HeartRateColumn heartRates;
  private int freshSize;
  private int next;
  /** How many of those from the next on will be left out. */
  private int wrong;

  private long noLaterThanMs = NEVER;
  private long headAtMs = NEVER;
  private final ReachedTime reached = new ReachedTime();

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
    return waiting + freshSize > next ? atMs(0) : NEVER;
  }

  @Override
  public void open(long originMs) {
    noLaterThanMs = NEVER;
    reached.restart(takenAtMs);
    for (int i = 0; i < waiting + freshSize; i++) {
      reached.hear(atMs(i));
    }
    wrong = reached.refuted();
    head();
  }

  @Override
  public void close(long untilMs) {
    noLaterThanMs = untilMs;
    head();
  }

  private boolean isWrong(int index, long believedMs) {
    if (!Lane.leads(atMs(index), believedMs)) {
      return false;
    }
    return index + 1 < waiting + freshSize
        ? Lane.refutes(atMs(index + 1), atMs(index))
        : atMs(index) > noLaterThanMs;
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

  /** Looks for the next that is to be taken. One that nothing confirms yet lies beyond all tails. */
  private void head() {
    for (; next < waiting + freshSize && isWrong(next, takenAtMs); next++) {
      wrong = Math.max(0, wrong - 1);
    }
    headAtMs = next < waiting + freshSize ? Math.max(takenAtMs, atMs(next)) : NEVER;
  }

  @Override
  public boolean spoke() {
    return freshSize > 0;
  }

  @Override
  public int left() {
    return waiting + freshSize - next - wrong;
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
    return reached.reachedMs();
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
      if (!isWrong(i, at)) {
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
    wrong = 0;
  }

  /** Only the last may be far ahead, as long as nothing confirms it. */
  void write(ByteBuffer out, long baseMs) {
    if (waiting == 0 && takenAtMs == BEFORE_ALL) {
      out.put(SILENT);
      return;
    }
    boolean far = waiting > 0 && waitingAtMs[waiting - 1] - baseMs > HIGHEST_OFFSET_MS;
    out.put((byte) (far ? ~waiting : waiting));
    StateBytes.put48(out, takenAtMs);
    for (int i = 0; i < waiting; i++) {
      if (far && i == waiting - 1) {
        StateBytes.put48(out, waitingAtMs[i]);
      } else {
        out.putShort((short) (waitingAtMs[i] - baseMs));
      }
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
    int count = in.get();
    if (count == SILENT) {
      waiting = 0;
      takenAtMs = BEFORE_ALL;
      return;
    }
    takenAtMs = StateBytes.get48(in);
    boolean far = count < 0;
    waiting = FoldState.count(far ? ~count : count, CAPACITY, "waiting values");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = far && i == waiting - 1
          ? StateBytes.get48(in)
          : baseMs + (in.getShort() & HIGHEST_OFFSET_MS);
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
