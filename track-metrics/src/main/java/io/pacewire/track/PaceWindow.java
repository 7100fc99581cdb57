package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * Speed over the last {@value #WINDOW_S} s of timer, for the pace that is shown. Remembers where the
 * athlete was every few seconds and interpolates where that was {@value #WINDOW_S} s ago.
 */
final class PaceWindow {
  static final int WINDOW_S = 25;
  private static final long WINDOW_MS = WINDOW_S * 1_000L;
  private static final long STEP_MS = 2_500;
  private static final int SLOTS = 12;

  /** Nothing goes further in the window: 335 m/s. */
  private static final long MOST_MM = (1 << 23) - 1;

  /** Millimetres: the distance over 25 s needs no more. */
  private static final long UM_A_MM = 1_000;

  private final long[] timerMs = new long[SLOTS];
  private final long[] distanceMm = new long[SLOTS];
  private int head;
  private int size;
  private long latestTimerMs;
  private long latestMm;

  void add(long timer, long distanceUm) {
    if (timer < latestTimerMs) {
      clear(); // the clock was set back
    }
    if (size == 0 || latestTimerMs - timerMs[slot(size - 1)] >= STEP_MS) {
      push(size == 0 ? timer : latestTimerMs, size == 0 ? distanceUm / UM_A_MM : latestMm);
    }
    latestTimerMs = timer;
    latestMm = distanceUm / UM_A_MM;
    while (size > 1 && timer - timerMs[slot(1)] >= WINDOW_MS) {
      head = slot(1);
      size--;
    }
    while (size > 1 && latestMm - distanceMm[slot(1)] > MOST_MM) {
      head = slot(1);
      size--;
    }
  }

  private void push(long timer, long mm) {
    if (size == SLOTS) {
      head = slot(1);
      size--;
    }
    timerMs[slot(size)] = timer;
    distanceMm[slot(size)] = mm;
    size++;
  }

  private int slot(int index) {
    return (head + index) % SLOTS;
  }

  void clear() {
    head = 0;
    size = 0;
    latestTimerMs = 0;
    latestMm = 0;
  }

  /** NaN where there was no fix lately, {@code timer} being what the stopwatch shows. */
  double speedMps(long timer) {
    return speedMps(timer, WINDOW_S);
  }

  /** @param seconds {@value #WINDOW_S} at most */
  double speedMps(long timer, int seconds) {
    long from = latestTimerMs - seconds * 1_000L;
    if (size == 0 || timer - latestTimerMs > TrackFold.GAP_S * 1_000L) {
      return Double.NaN;
    }
    int first = 0;
    while (first + 1 < size && timerMs[slot(first + 1)] <= from) {
      first++;
    }
    long firstTimer = timerMs[slot(first)];
    double firstMm = distanceMm[slot(first)];
    if (firstTimer < from) {
      boolean last = first + 1 == size;
      long nextTimer = last ? latestTimerMs : timerMs[slot(first + 1)];
      long nextMm = last ? latestMm : distanceMm[slot(first + 1)];
      double share = (double) (from - firstTimer) / (nextTimer - firstTimer);
      firstMm += share * (nextMm - firstMm);
      firstTimer = from;
    }
    long ms = latestTimerMs - firstTimer;
    return ms > 0 ? (latestMm - firstMm) / ms : Double.NaN;
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, latestTimerMs);
    StateBytes.put48(out, latestMm);
    out.put((byte) size);
    for (int i = 0; i < size; i++) {
      long ms = latestTimerMs - timerMs[slot(i)];
      long mm = latestMm - distanceMm[slot(i)];
      if (i == 0) { // as long ago as a silence lasted; the others lie within the window
        StateBytes.put48(out, ms);
        StateBytes.put48(out, mm);
      } else {
        out.putShort((short) ms);
        StateBytes.put24(out, (int) mm);
      }
    }
  }

  void read(ByteBuffer in) {
    head = 0;
    latestTimerMs = StateBytes.get48(in);
    latestMm = StateBytes.get48(in);
    size = FoldState.count(in.get(), SLOTS, "slots of the pace window");
    for (int i = 0; i < size; i++) {
      timerMs[i] = latestTimerMs - (i == 0 ? StateBytes.get48(in) : in.getShort() & 0xFFFF);
      distanceMm[i] = latestMm - (i == 0 ? StateBytes.get48(in) : StateBytes.get24(in));
    }
  }
}
