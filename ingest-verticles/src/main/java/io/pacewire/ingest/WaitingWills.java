package io.pacewire.ingest;

/** How many wills of an event loop wait for their delay, bounded: a fleet may go all at once. */
final class WaitingWills {
  private static final int MOST = 100_000;

  private int waiting;

  /** False where there is no room for another. */
  boolean take() {
    if (waiting == MOST) {
      return false;
    }
    waiting++;
    return true;
  }

  void giveBack() {
    waiting--;
  }
}
