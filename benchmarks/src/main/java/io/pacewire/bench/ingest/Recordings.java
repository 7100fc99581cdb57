package io.pacewire.bench.ingest;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

/**
 * Runs as phones seal them, batch after batch, encoded once: sessions that record the same run differ
 * in their id alone. A fix a second of the runner's own clock, which may go faster than ours: what is
 * sent was recorded just now by that clock, so all of it is live.
 */
public final class Recordings {
  private static final int RUNS = 8;
  private static final int ID_BYTES = 16;
  private static final UUID SOMEBODY = new UUID(0x0000_0000_0000_7000L, Long.MIN_VALUE);
  private static final UUID ANOTHER = new UUID(0xFFFF_FFFF_FFFF_7FFFL, -1L);
  private static final double STEP_E7 = 270; // 3 m/s

  private final long startMs;
  private final int samples;
  private final long sentAtMs;
  private final byte[][][] frames;
  private final int[][] idAt;

  /**
   * @param samples fixes of a batch
   * @param batches of each run
   */
  Recordings(long startMs, int samples, int batches) {
    this(startMs, samples, batches, 0);
  }

  private Recordings(long startMs, int samples, int batches, long sentAtMs) {
    this.startMs = startMs;
    this.samples = samples;
    this.sentAtMs = sentAtMs;
    this.frames = new byte[RUNS][batches][];
    this.idAt = new int[RUNS][batches];
    byte[] open = new byte[4]; // masked with nothing: a generator hides from no proxy
    for (int run = 0; run < RUNS; run++) {
      Runner runner = new Runner(run);
      for (int seq = 0; seq < batches; seq++) {
        SampleBatch batch = runner.next(startMs, samples, seq, isBacklog());
        frames[run][seq] = StreamReader.publish(message(batch, SOMEBODY, seq), open);
        byte[] other = StreamReader.publish(message(batch, ANOTHER, seq), open);
        idAt[run][seq] = Arrays.mismatch(frames[run][seq], other);
      }
    }
  }

  /** Of phones that were out of reach and send all of it now, fixes and heart rates. */
  static Recordings until(long nowMs, long agoMs, int samples) {
    return new Recordings(nowMs - agoMs, samples, (int) (agoMs / 1_000 / samples), nowMs);
  }

  boolean isBacklog() {
    return sentAtMs > 0;
  }

  private byte[] message(SampleBatch batch, UUID session, int seq) {
    batch.header(session, 0, 1, seq);
    long sentMs = isBacklog() ? sentAtMs : endMs(startMs, samples, seq);
    return Envelope.encode(sentMs, null, BatchCodec.encode(batch));
  }

  /** When the last sample of a batch was recorded. */
  private static long endMs(long startMs, int samples, int seq) {
    return startMs + ((seq + 1L) * samples - 1) * 1_000;
  }

  int batches() {
    return frames[0].length;
  }

  /** A frame of a WebSocket; {@link #idAt} says where the session's id belongs. */
  byte[] frame(int run, int seq) {
    return frames[run % RUNS][seq];
  }

  int idAt(int run, int seq) {
    return idAt[run % RUNS][seq];
  }

  static byte[] bytes(UUID session) {
    return java.nio.ByteBuffer.allocate(ID_BYTES)
        .putLong(session.getMostSignificantBits())
        .putLong(session.getLeastSignificantBits())
        .array();
  }

  /** The last batch of a session that has sent {@code batches} of a run before. */
  public static byte[] finish(UUID session, long startMs, int samples, int batches) {
    SampleBatch last = new SampleBatch();
    long atMs = endMs(startMs, samples, batches - 1);
    last.header(session, 0, 1, batches);
    last.addMark(Mark.finish(atMs, atMs - startMs, batches + 1));
    return Envelope.encode(atMs, null, BatchCodec.encode(last));
  }

  /** Somebody who runs northward and sways, as a receiver sees it. */
  private static final class Runner {
    private final Random chance;
    private double northE7 = 525_200_000;
    private double eastE7 = 134_000_000;

    Runner(long seed) {
      chance = new Random(seed);
    }

    SampleBatch next(long startMs, int samples, int seq, boolean heartRates) {
      SampleBatch batch = new SampleBatch();
      long firstMs = 1_000L * seq * samples;
      if (seq == 0) {
        batch.addMark(Mark.start(startMs, 0, "run", "Europe/Berlin", 3_600, "phone", "1.0", 1));
      }
      for (int i = 0; i < samples; i++) {
        northE7 += STEP_E7 + chance.nextGaussian() * 8;
        eastE7 += 60 * Math.sin((firstMs / 1_000.0 + i) / 90) + chance.nextGaussian() * 12;
        long sinceMs = firstMs + i * 1_000L;
        batch
            .fixes()
            .add(
                startMs + sinceMs,
                sinceMs,
                (int) northE7,
                (int) eastE7,
                3_400 + chance.nextInt(60),
                400 + chance.nextInt(100),
                SampleBatch.ABSENT,
                290 + chance.nextInt(30),
                SampleBatch.ABSENT);
        if (heartRates) {
          batch.heartRates().add(startMs + sinceMs, sinceMs, 140 + chance.nextInt(9), 1);
        }
      }
      return batch;
    }
  }
}
