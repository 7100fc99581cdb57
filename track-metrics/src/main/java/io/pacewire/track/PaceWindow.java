package io.pacewire.track;

import java.nio.ByteBuffer;

/** Distance over the last 25 s of timer, for the pace that is shown; one entry a second. */
final class PaceWindow {
  static final int WINDOW_S = 25;
  private static final int SLOTS = WINDOW_S + 1;

  private final long[] timerMs = new long[SLOTS];
  private final long[] distanceUm = new long[SLOTS];
  private int head;
  private int size;

  void add(long timer, long distance) {
    if (size > 0) {
      int last = (head + size - 1) % SLOTS;
      if (timer - timerMs[last] < 1_000 && size > 1) {
        int before = (head + size - 2) % SLOTS;
        if (timer - timerMs[before] < 1_000) {
          timerMs[last] = timer;
          distanceUm[last] = distance;
          return;
        }
      }
    }
    if (size == SLOTS) {
      head = (head + 1) % SLOTS;
      size--;
    }
    int next = (head + size) % SLOTS;
    timerMs[next] = timer;
    distanceUm[next] = distance;
    size++;
    while (size > 2 && timer - timerMs[(head + 1) % SLOTS] >= WINDOW_S * 1_000L) {
      head = (head + 1) % SLOTS;
      size--;
    }
  }

  void clear() {
    size = 0;
  }

  /** Mean speed over the window; NaN before there are two entries. */
  double speedMps() {
    if (size < 2) {
      return Double.NaN;
    }
    int last = (head + size - 1) % SLOTS;
    double seconds = (timerMs[last] - timerMs[head]) / 1e3;
    return seconds > 0 ? (distanceUm[last] - distanceUm[head]) / 1e6 / seconds : Double.NaN;
  }

  void write(ByteBuffer out) {
    out.put((byte) size);
    for (int i = 0; i < size; i++) {
      out.putLong(timerMs[(head + i) % SLOTS]).putLong(distanceUm[(head + i) % SLOTS]);
    }
  }

  void read(ByteBuffer in) {
    head = 0;
    size = in.get();
    if (size < 0 || size > SLOTS) {
      throw new IllegalArgumentException("pace window of " + size);
    }
    for (int i = 0; i < size; i++) {
      timerMs[i] = in.getLong();
      distanceUm[i] = in.getLong();
    }
  }
}
