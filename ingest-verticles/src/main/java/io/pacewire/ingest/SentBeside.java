package io.pacewire.ingest;

import java.util.function.IntConsumer;

/**
 * What a connection sends that is no batch, the wrapping of its batches included: gathered until it weighs
 * as one. Used from one event loop.
 */
final class SentBeside {
  /** So many small packets cost about as much as a batch. */
  static final int PACKETS = 16;

  static final int BYTES = 16_384;

  private IntConsumer charge = none -> {};
  private int packets;
  private int bytes;

  /** @param charged is told of the bytes of each charge */
  void onCharge(IntConsumer charged) {
    charge = charged;
  }

  /** Something by itself, however small. */
  void packet(int size) {
    packets++;
    wrapping(size);
  }

  /** Of a batch, around it. */
  void wrapping(int size) {
    bytes += size;
    if (packets >= PACKETS || bytes >= BYTES) {
      int all = bytes;
      packets = 0;
      bytes = 0;
      charge.accept(all);
    }
  }
}
