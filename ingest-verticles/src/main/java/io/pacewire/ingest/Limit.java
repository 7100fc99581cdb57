package io.pacewire.ingest;

/**
 * How much of something may pass, on one node or on all together.
 *
 * @param name as metrics and refusals say it
 * @param batchesPerS 0 for no limit; likewise {@code bytesPerS}
 * @param burstS so many seconds' worth may come at once
 * @param debtS so far over it whoever sends is slowed, beyond it refused
 * @param leastBatchesPerS what each of several nodes has of it at least; likewise {@code leastBytesPerS}.
 *     Of all of it each has the whole: nothing is divided
 */
record Limit(
    String name,
    int batchesPerS,
    int bytesPerS,
    int burstS,
    int debtS,
    int leastBatchesPerS,
    int leastBytesPerS) {

  /** One that each node has the whole of. */
  static Limit whole(String name, int batchesPerS, int bytesPerS, int burstS, int debtS) {
    return new Limit(name, batchesPerS, bytesPerS, burstS, debtS, batchesPerS, bytesPerS);
  }

  /** The same, divided by the nodes, of which none has less than so much. */
  Limit dividedDownTo(int batches, int bytes) {
    return new Limit(name, batchesPerS, bytesPerS, burstS, debtS, batches, bytes);
  }

  /** What one of so many nodes has of it; 0 for no limit. */
  double batchesPerS(int nodes) {
    return share(batchesPerS, leastBatchesPerS, nodes);
  }

  /** As {@link #batchesPerS(int)}. */
  double bytesPerS(int nodes) {
    return share(bytesPerS, leastBytesPerS, nodes);
  }

  private static double share(int perS, int least, int nodes) {
    return Math.max(Math.min(perS, least), perS / (double) Math.max(1, nodes));
  }

  boolean isNone() {
    return batchesPerS == 0 && bytesPerS == 0;
  }
}
