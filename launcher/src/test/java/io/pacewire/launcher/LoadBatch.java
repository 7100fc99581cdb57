package io.pacewire.launcher;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import java.util.UUID;

/** What devices send as fast as they may: a heart rate a batch. */
final class LoadBatch {
  private LoadBatch() {}

  static byte[] of(UUID session, int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, seq);
    batch.heartRates().add(System.currentTimeMillis(), seq, 60 + seq % 140, SampleBatch.ABSENT);
    return BatchCodec.encode(batch);
  }
}
