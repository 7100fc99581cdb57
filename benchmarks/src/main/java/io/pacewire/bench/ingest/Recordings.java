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
 * in their id alone. A fix a second of the runner's own clock, which may go faster than ours, where it is
 * not known how fast they will be sent; or one as often as it is going to be sent, so that both clocks
 * agree. What is sent was recorded just now by the runner's.
 */
public final class Recordings {
  private static final int RUNS = 8;
  private static final int ID_BYTES = 16;
  private static final UUID SOMEBODY = new UUID(0x0000_0000_0000_7000L, Long.MIN_VALUE);
  private static final UUID ANOTHER = new UUID(0xFFFF_FFFF_FFFF_7FFFL, -1L);
  private static final double RUN_E7_A_SECOND = 270; // 3 m/s
  private static final int SECOND_MS = 1_000;

  private final long startMs;
  private final int stepMs;
  private final int samples;
  private final long sentAtMs;
  private final byte[][][] frames;
  private final int[][] idAt;

  /**
   * @param stepMs from one fix to the next
   * @param samples fixes of a batch
   * @param batches of each run
   */
  Recordings(long startMs, int stepMs, int samples, int batches) {
    this(startMs, stepMs, samples, batches, 0);
  }

  private Recordings(long startMs, int stepMs, int samples, int batches, long sentAtMs) {
    this.startMs = startMs;
    this.stepMs = stepMs;
    this.samples = samples;
    this.sentAtMs = sentAtMs;
    this.frames = new byte[RUNS][batches][];
    this.idAt = new int[RUNS][batches];
    byte[] open = new byte[4]; // masked with nothing: a generator hides from no proxy
    for (int run = 0; run < RUNS; run++) {
      Runner runner = new Runner(run, stepMs);
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
    int batches = (int) (agoMs / SECOND_MS / samples);
    return new Recordings(nowMs - agoMs, SECOND_MS, samples, batches, nowMs);
  }

  boolean isBacklog() {
    return sentAtMs > 0;
  }

  private byte[] message(SampleBatch batch, UUID session, int seq) {
    batch.header(session, 0, 1, seq);
    long sentMs = isBacklog() ? sentAtMs : endMs(startMs, stepMs, samples, seq);
    return Envelope.encode(sentMs, null, BatchCodec.encode(batch));
  }

  /** When the last sample of a batch was recorded. */
  private static long endMs(long startMs, int stepMs, int samples, int seq) {
    return startMs + ((seq + 1L) * samples - 1) * stepMs;
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

  /** The last batch of a session that has sent {@code batches} of a run before, a fix a second. */
  public static byte[] finish(UUID session, long startMs, int samples, int batches) {
    SampleBatch last = new SampleBatch();
    long atMs = endMs(startMs, SECOND_MS, samples, batches - 1);
    last.header(session, 0, 1, batches);
    last.addMark(Mark.finish(atMs, atMs - startMs, batches + 1));
    return Envelope.encode(atMs, null, BatchCodec.encode(last));
  }

  /** Somebody who runs northward and sways, as a receiver sees it. */
  private static final class Runner {
    private final Random chance;
    private final int stepMs;
    private double northE7 = 525_200_000;
    private double eastE7 = 134_000_000;

    Runner(long seed, int stepMs) {
      this.chance = new Random(seed);
      this.stepMs = stepMs;
    }

    SampleBatch next(long startMs, int samples, int seq, boolean heartRates) {
      SampleBatch batch = new SampleBatch();
      long firstMs = (long) stepMs * seq * samples;
      double stepS = stepMs / 1e3;
      if (seq == 0) {
        batch.addMark(Mark.start(startMs, 0, "run", "Europe/Berlin", 3_600, "phone", "1.0", 1));
      }
      for (int i = 0; i < samples; i++) {
        long sinceMs = firstMs + (long) i * stepMs;
        northE7 += stepS * (RUN_E7_A_SECOND + chance.nextGaussian() * 8);
        eastE7 += stepS * (60 * Math.sin(sinceMs / 90e3) + chance.nextGaussian() * 12);
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
