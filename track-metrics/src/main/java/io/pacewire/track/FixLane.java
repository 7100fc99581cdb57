package io.pacewire.track;

import io.pacewire.wire.FixColumn;
import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fixes that wait for their turn. One whose time was wrong ({@link Turn}) goes with the next, and is
 * told.
 */
final class FixLane implements SensorLane {
  static final int CAPACITY = 4;
  private static final int RANK = 7;
  private static final int VALUES = 5;
  private static final int HIGHEST_CM = 8_000_000;
  static final int NO_ALTITUDE = -1 << 23;

  /** Any accuracy beyond is as bad; 0 and less says that none is stated. */
  private static final int WORST_CM = 65_535;

  private final long[] waitingAtMs = new long[CAPACITY];
  private final int[] waitingValues = new int[CAPACITY * VALUES];
  private int waiting;
  private long takenAtMs = BEFORE_ALL;

  private @Nullable FixColumn fresh;
  private int freshSize;
  private int next;
  private long startMs = BEFORE_ALL;
  private boolean headIsAhead;
  private long headAtMs = NEVER;
  private final ReachedTime reached = new ReachedTime();
  private final IntToLongFunction timesMs = this::atMs;
  private final Turn.Limits limits = new Turn.Limits();
  private final Fix head = new Fix();

  void attach(FixColumn column) {
    fresh = column;
    freshSize = column.size();
    next = 0;
  }

  @Override
  public long firstAtMs() {
    return left() > 0 ? atMs(0) : NEVER;
  }

  @Override
  public void open(long start) {
    startMs = start;
    reached.restart(takenAtMs, start);
    int end = left();
    for (int i = 0; i < end; i++) {
      reached.hear(atMs(i));
    }
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

  /** One that nothing confirms yet lies beyond all tails. */
  private void head() {
    headIsAhead = left() > 0 && isWrong(next);
    headAtMs = left() > 0 ? dueMs() : NEVER;
  }

  /** Whether it goes with the next. */
  private boolean isAside() {
    return headIsAhead
        || Turn.straggles(atMs(next), takenAtMs)
        || Turn.isStray(atMs(next), takenAtMs, startMs, atMs(next + 1));
  }

  private boolean isWrong(int index) {
    return Turn.isWrong(atMs(index), takenAtMs, atMs(index + 1), atMs(index + 2), limits);
  }

  private long dueMs() {
    if (!isAside()) {
      return Math.max(takenAtMs, atMs(next));
    }
    return Turn.dueAsideMs(timesMs, next, takenAtMs, limits);
  }

  /** Of the fix before; where there is none, of the next, or of the start. */
  private long aheadMs() {
    long after = takenAtMs != BEFORE_ALL ? takenAtMs : atMs(next + 1);
    return Math.max(1, atMs(next) - (after != NEVER ? after : startMs));
  }

  private long atMs(int index) {
    if (index < waiting) {
      return waitingAtMs[index];
    }
    FixColumn column = fresh;
    return column == null || index - waiting >= freshSize
        ? NEVER
        : Lane.bounded(column.atEpochMs(index - waiting));
  }

  private int value(int index, int which) {
    if (index < waiting) {
      return waitingValues[index * VALUES + which];
    }
    FixColumn column = fresh;
    if (column == null) {
      return SampleBatch.ABSENT;
    }
    switch (which) {
      case 0:
        return column.latitudeE7(index - waiting);
      case 1:
        return column.longitudeE7(index - waiting);
      case 2:
        return altitudeCm(column.altitudeCm(index - waiting));
      case 3:
        return accuracyCm(column.accuracyCm(index - waiting));
      default:
        return accuracyCm(column.verticalAccuracyCm(index - waiting));
    }
  }

  private static int accuracyCm(int cm) {
    return Math.max(0, Math.min(WORST_CM, cm));
  }

  /** Beyond 80 km either way nobody is, which 24 bits hold. */
  private static int altitudeCm(int cm) {
    return Math.abs((long) cm) > HIGHEST_CM ? SampleBatch.ABSENT : cm;
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
    return RANK;
  }

  @Override
  public long tailAtMs() {
    return reached.reachedMs();
  }

  /** Not among those of the other lanes, since its times are kept as they came. */
  @Override
  public long firstWaitingMs() {
    return NEVER;
  }

  @Override
  public void take(FoldState state, FoldSink out) {
    head.load(
        atMs(next),
        headIsAhead ? aheadMs() : 0,
        value(next, 0),
        value(next, 1),
        value(next, 2),
        value(next, 3),
        value(next, 4));
    if (!isAside()) {
      takenAtMs = headAtMs;
    }
    next++;
    head();
    TrackFold.fix(state, head, out);
  }

  @Override
  public void keep() {
    int kept = 0;
    for (int i = next; i < waiting + freshSize; i++, kept++) {
      waitingAtMs[kept] = atMs(i);
      for (int which = 0; which < VALUES; which++) {
        waitingValues[kept * VALUES + which] = value(i, which);
      }
    }
    waiting = kept;
    fresh = null;
    freshSize = 0;
    next = 0;
  }

  /** Times as they came: a fix from the past is to be seen as one. */
  void write(ByteBuffer out) {
    StateBytes.put48(out, takenAtMs);
    out.put((byte) waiting);
    for (int i = 0; i < waiting; i++) {
      StateBytes.put48(out, waitingAtMs[i]);
      out.putInt(waitingValues[i * VALUES]).putInt(waitingValues[i * VALUES + 1]);
      int altitude = waitingValues[i * VALUES + 2];
      StateBytes.put24(out, altitude == SampleBatch.ABSENT ? NO_ALTITUDE : altitude);
      out.putShort((short) waitingValues[i * VALUES + 3]);
      out.putShort((short) waitingValues[i * VALUES + 4]);
    }
  }

  void read(ByteBuffer in) {
    takenAtMs = StateBytes.get48(in);
    waiting = FoldState.count(in.get(), CAPACITY, "waiting fixes");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = StateBytes.get48(in);
      waitingValues[i * VALUES] = in.getInt();
      waitingValues[i * VALUES + 1] = in.getInt();
      int altitude = StateBytes.get24(in);
      waitingValues[i * VALUES + 2] = altitude == NO_ALTITUDE ? SampleBatch.ABSENT : altitude;
      waitingValues[i * VALUES + 3] = in.getShort() & 0xFFFF;
      waitingValues[i * VALUES + 4] = in.getShort() & 0xFFFF;
    }
  }
}
