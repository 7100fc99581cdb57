package io.pacewire.track;

import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.ScalarColumn;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values of one sensor that wait for their turn. A value outside the sensor's range is taken as 0:
 * sensors say so where they measure nothing. A value whose time was ahead of all is left out, one whose
 * time lies behind goes with the next ({@link Turn}): one wrong time must not put the stopwatch a day
 * forward.
 */
final class ScalarLane implements SensorLane {
  /** Where a value goes when its turn has come. */
  interface Taker {
    void take(FoldState state, long atMs, int value, FoldSink out);
  }

  private static final int CAPACITY = 3;

  /** Instead of a time that lies behind what was believed before it. */
  private static final long STRAGGLES = -1;

  /** Of the byte that says how many wait, which takes the lowest two bits. */
  private static final int FAR = 0x4;

  private static final int UNDECIDED = 0x8;
  private static final int STRAGGLING = 0x10;
  private static final int UNTAKEN = 0x80;

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

  private long startMs = BEFORE_ALL;
  private final IntToLongFunction timesMs = this::atMs;
  private final Turn.Limits limits = new Turn.Limits();
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
  public void open(long start) {
    startMs = start;
    reached.restart(takenAtMs, start);
    for (int i = 0; i < waiting + freshSize; i++) {
      if (atMs(i) != STRAGGLES) {
        reached.hear(atMs(i));
      }
    }
    wrong = reached.refuted();
  }

  @Override
  public void reach(long tailMs) {
    limits.reach(tailMs);
    head();
  }

  @Override
  public void close(long untilMs) {
    limits.close(untilMs);
    head();
  }

  /** Whether it goes with the next. */
  private boolean isAside(int index, long believedMs) {
    long at = atMs(index);
    return at == STRAGGLES
        || Turn.straggles(at, believedMs)
        || Turn.isStray(at, believedMs, startMs, atMs(index + 1));
  }

  private boolean isWrong(int index, long believedMs) {
    return atMs(index) != STRAGGLES
        && Turn.isWrong(atMs(index), believedMs, atMs(index + 1), atMs(index + 2), limits);
  }

  private long atMs(int index) {
    if (index < waiting) {
      return waitingAtMs[index];
    }
    int at = index - waiting;
    if (at >= freshSize) {
      return NEVER;
    }
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
    headAtMs = next < waiting + freshSize ? dueMs(next) : NEVER;
  }

  private long dueMs(int index) {
    if (!isAside(index, takenAtMs)) {
      return Math.max(takenAtMs, atMs(index));
    }
    return Turn.dueAsideMs(timesMs, index, takenAtMs, limits);
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
    int told = isUndecided() ? waiting - 2 : isFirst() ? 0 : waiting;
    for (int i = 0; i < told; i++) {
      if (waitingAtMs[i] != STRAGGLES) {
        return waitingAtMs[i];
      }
    }
    return NEVER;
  }

  @Override
  public void take(FoldState state, FoldSink out) {
    boolean aside = isAside(next, takenAtMs);
    boolean unknown = headAtMs == Turn.LAST || headAtMs < 0; // then it was soon after what is known
    long atMs = unknown ? Math.max(takenAtMs, startMs) : headAtMs;
    if (!aside) {
      takenAtMs = atMs;
    }
    int value = value(next++);
    head();
    if (atMs != BEFORE_ALL) {
      taker.take(state, atMs, value, out);
    }
  }

  @Override
  public void keep() {
    int kept = 0;
    long believed = takenAtMs;
    for (int i = next; i < waiting + freshSize; i++) {
      if (isWrong(i, believed)) {
        continue;
      }
      long at = atMs(i);
      boolean alone = atMs(i + 1) == NEVER;
      if (isAside(i, believed) && (!alone || believed != BEFORE_ALL)) {
        waitingAtMs[kept] = STRAGGLES;
      } else if (isContradicted(i, believed)) {
        waitingAtMs[kept] = at;
      } else {
        believed = Math.max(believed, at);
        waitingAtMs[kept] = believed;
      }
      waitingValue[kept++] = value(i);
    }
    waiting = kept;
    scalars = null;
    heartRates = null;
    freshSize = 0;
    next = 0;
    wrong = 0;
  }

  /** Whether the next excludes a time, either may be wrong, and the one after is not there yet. */
  private boolean isContradicted(int index, long believedMs) {
    return Turn.leads(atMs(index), believedMs)
        && Turn.contradicts(atMs(index + 1), atMs(index))
        && atMs(index + 2) == NEVER;
  }

  /** Whether the last two that wait exclude each other. */
  private boolean isUndecided() {
    int index = waiting - 2;
    return index >= 0 && waitingAtMs[index] != STRAGGLES && isContradicted(index, before(index));
  }

  /** Whether one waits and none was taken: as far from all others as may be. */
  private boolean isFirst() {
    return waiting == 1 && takenAtMs == BEFORE_ALL;
  }

  /** What is believed before one that waits. */
  private long before(int index) {
    long believed = takenAtMs;
    for (int i = 0; i < index; i++) {
      believed = Math.max(believed, waitingAtMs[i]);
    }
    return believed;
  }

  /**
   * Times within what may wait take two bytes. Far ahead may lie the last, as long as nothing
   * confirms it, and the last two, as long as they exclude each other.
   */
  void write(ByteBuffer out, long baseMs) {
    boolean undecided = isUndecided();
    int last = waiting - 1;
    boolean far = !undecided
        && waiting > 0
        && waitingAtMs[last] != STRAGGLES
        && (isFirst() || waitingAtMs[last] - baseMs > HIGHEST_OFFSET_MS);
    int straggling = 0;
    for (int i = 0; i < waiting; i++) {
      straggling |= waitingAtMs[i] == STRAGGLES ? STRAGGLING << i : 0;
    }
    boolean untaken = takenAtMs == BEFORE_ALL;
    out.put((byte) (waiting
        | (far ? FAR : 0)
        | (undecided ? UNDECIDED : 0)
        | straggling
        | (untaken ? UNTAKEN : 0)));
    if (!untaken) {
      StateBytes.put48(out, takenAtMs);
    }
    for (int i = 0; i < waiting; i++) {
      if (waitingAtMs[i] != STRAGGLES) {
        writeTime(out, i, baseMs, far, undecided);
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

  private void writeTime(ByteBuffer out, int i, long baseMs, boolean far, boolean undecided) {
    if ((undecided && i >= waiting - 2) || (far && i == waiting - 1)) {
      StateBytes.put48(out, waitingAtMs[i]);
    } else {
      out.putShort((short) (waitingAtMs[i] - baseMs));
    }
  }

  void read(ByteBuffer in, long baseMs) {
    int what = in.get() & 0xFF;
    boolean far = (what & FAR) != 0;
    boolean undecided = (what & UNDECIDED) != 0;
    takenAtMs = (what & UNTAKEN) != 0 ? BEFORE_ALL : StateBytes.get48(in);
    waiting = what & CAPACITY;
    if (undecided && waiting < 2) {
      throw new IllegalArgumentException("two times that exclude each other: " + waiting);
    }
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] =
          (what & STRAGGLING << i) != 0 ? STRAGGLES : readTime(in, i, baseMs, far, undecided);
      waitingValue[i] = FoldState.count(value(in), highest, "waiting value");
    }
  }

  private long readTime(ByteBuffer in, int i, long baseMs, boolean far, boolean undecided) {
    return (undecided && i >= waiting - 2) || (far && i == waiting - 1)
        ? StateBytes.get48(in)
        : baseMs + (in.getShort() & HIGHEST_OFFSET_MS);
  }

  private int value(ByteBuffer in) {
    if (highest > Short.MAX_VALUE) {
      return StateBytes.get24(in);
    }
    return highest > HIGHEST_BYTE ? in.getShort() : in.get() & HIGHEST_BYTE;
  }
}
