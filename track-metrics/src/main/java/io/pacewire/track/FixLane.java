package io.pacewire.track;

import io.pacewire.wire.FixColumn;
import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Fixes that wait for their turn. One that is ahead of all before it waits for the next as well: if
 * that falls back, the receiver's clock was wrong for a moment; if not, there was a silence.
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
  private long originMs = BEFORE_ALL;
  private boolean headIsAhead;
  private long headAtMs = NEVER;
  private final ReachedTime reached = new ReachedTime();
  private long knownAtMs = BEFORE_ALL;
  private boolean closed;
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
  public void open(long firstAtMs) {
    originMs = firstAtMs;
    reached.restart(takenAtMs);
    int end = left();
    for (int i = 0; i < end; i++) {
      reached.hear(atMs(i));
    }
    know(BEFORE_ALL);
  }

  /**
   * Other sensors have reached this time, which makes a fix up to there believable. A later one waits.
   */
  void know(long epochMs) {
    knownAtMs = epochMs;
    closed = false;
    head();
  }

  @Override
  public void close(long untilMs) {
    knownAtMs = untilMs;
    closed = true;
    head();
  }

  private void head() {
    int end = waiting + freshSize;
    headIsAhead = false;
    if (next == end) {
      headAtMs = NEVER;
      return;
    }
    long at = atMs(next);
    headAtMs = Math.max(takenAtMs, at);
    if (Lane.leads(at, takenAtMs)) {
      boolean last = next + 1 == end;
      boolean confirmed = last ? at <= knownAtMs : !Lane.refutes(atMs(next + 1), at);
      if (!confirmed && last && !closed) {
        headAtMs = NEVER;
      } else if (!confirmed) {
        headIsAhead = true;
        headAtMs = takenAtMs == BEFORE_ALL ? originMs : takenAtMs;
      }
    }
  }

  private long atMs(int index) {
    if (index < waiting) {
      return waitingAtMs[index];
    }
    FixColumn column = fresh;
    return column == null ? NEVER : Lane.bounded(column.atEpochMs(index - waiting));
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
        headIsAhead,
        value(next, 0),
        value(next, 1),
        value(next, 2),
        value(next, 3),
        value(next, 4));
    next++;
    takenAtMs = headAtMs;
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
