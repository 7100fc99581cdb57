package io.pacewire.ingest;

/**
 * How much of something may pass, on one node or on all together.
 *
 * @param name as metrics and refusals say it
 * @param batchesPerS 0 for no limit; likewise {@code bytesPerS}
 * @param burstS so many seconds' worth may come at once
 * @param debtS so far over it whoever sends is slowed, beyond it refused
 * @param shared whether all nodes of ingest have it together
 */
record Limit(String name, int batchesPerS, int bytesPerS, int burstS, int debtS, boolean shared) {

  boolean isNone() {
    return batchesPerS == 0 && bytesPerS == 0;
  }
}
