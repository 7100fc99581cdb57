package io.pacewire.track;

import io.pacewire.wire.HeartRateColumn;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Heart rates that wait for their turn. */
final class HeartRateLane implements Lane {
  private static final int CAPACITY = 3;
  private static final int HIGHEST_BPM = 250;
  private static final int RANK = 2;

  private final long[] waitingAtMs = new long[CAPACITY];
  private final int[] waitingBpm = new int[CAPACITY];
  private int waiting;
  private long takenAtMs = BEFORE_ALL;

  private @Nullable HeartRateColumn fresh;
  private int freshSize;
  private int next;
  private long headAtMs = NEVER;
  private long tailAtMs = BEFORE_ALL;

  void attach(HeartRateColumn column) {
    fresh = column;
    freshSize = column.size();
    next = 0;
    tailAtMs = takenAtMs;
    for (int i = 0; i < left(); i++) {
      tailAtMs = Math.max(tailAtMs, atMs(i));
    }
    head();
  }

  private long atMs(int index) {
    if (index < waiting) {
      return waitingAtMs[index];
    }
    HeartRateColumn column = fresh;
    return column == null ? NEVER : Lane.bounded(column.atEpochMs(index - waiting));
  }

  /** A strap without contact says 0, a broken one anything: neither is a heart rate. */
  private int bpm(int index) {
    if (index < waiting) {
      return waitingBpm[index];
    }
    HeartRateColumn column = fresh;
    int bpm = column == null ? 0 : column.bpm(index - waiting);
    return bpm < 0 || bpm > HIGHEST_BPM ? 0 : bpm;
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
    return RANK;
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
    int bpm = bpm(next++);
    takenAtMs = headAtMs;
    head();
    SensorFold.heartRate(state, takenAtMs, bpm);
  }

  @Override
  public void keep() {
    int kept = 0;
    long at = takenAtMs;
    for (int i = next; i < waiting + freshSize; i++, kept++) {
      at = Math.max(at, atMs(i));
      waitingAtMs[kept] = at;
      waitingBpm[kept] = bpm(i);
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
      out.putShort((short) (waitingAtMs[i] - baseMs)).put((byte) waitingBpm[i]);
    }
  }

  void read(ByteBuffer in, long baseMs) {
    takenAtMs = StateBytes.get48(in);
    waiting = FoldState.count(in.get(), CAPACITY, "waiting heart rates");
    for (int i = 0; i < waiting; i++) {
      waitingAtMs[i] = baseMs + (in.getShort() & 0xFFFF);
      waitingBpm[i] = in.get() & 0xFF;
    }
  }
}
