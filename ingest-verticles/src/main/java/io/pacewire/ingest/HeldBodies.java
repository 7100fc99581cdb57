package io.pacewire.ingest;

/** What an event loop holds of requests that are not answered yet, bounded in bytes. */
final class HeldBodies {
  private final long mostBytes;
  private long heldBytes;

  HeldBodies(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Whether there was room; what was taken is to be given back. */
  boolean take(long bytes) {
    if (bytes > mostBytes - heldBytes) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  void giveBack(long bytes) {
    heldBytes -= bytes;
  }

  long heldBytes() {
    return heldBytes;
  }
}
