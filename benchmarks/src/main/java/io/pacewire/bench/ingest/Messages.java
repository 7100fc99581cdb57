package io.pacewire.bench.ingest;

import io.netty.buffer.ByteBuf;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import java.util.Random;
import java.util.UUID;

/**
 * The sealed batches of one connection, encoded once: only the sequence number differs from one to the
 * next, and it is always written in three bytes. Bodies repeat after {@value #BODIES}; no (session,
 * sequence) ever does.
 */
final class Messages {
  /** From here on a sequence number takes three bytes on the wire. */
  static final int FIRST_SEQ = 1 << 14;

  static final int MOST = (1 << 20) - FIRST_SEQ;
  private static final int LAST_SEQ = (1 << 20) - 1;
  static final int BODIES = 64;
  static final int SEQ_BYTES = 3;

  private final UUID session;
  private final byte[][] messages = new byte[BODIES][];
  private final int[] seqAt = new int[BODIES];

  Messages(UUID session, int samples, long nowMs) {
    this.session = session;
    Walk walk = new Walk(session.getLeastSignificantBits(), nowMs - samples * 1_000L);
    for (int body = 0; body < BODIES; body++) {
      SampleBatch batch = new SampleBatch();
      walk.next(samples, batch);
      batch.header(session, 0, 1, FIRST_SEQ);
      messages[body] = Envelope.encode(nowMs, null, BatchCodec.encode(batch));
      batch.header(session, 0, 1, LAST_SEQ);
      byte[] other = Envelope.encode(nowMs, null, BatchCodec.encode(batch));
      seqAt[body] = java.util.Arrays.mismatch(messages[body], other);
    }
  }

  /** Somebody who walks about, as a receiver sees it: no two batches have the same fixes. */
  private static final class Walk {
    private final Random chance;
    private final long startMs;
    private int latitudeE7 = 525_200_000;
    private int longitudeE7 = 134_000_000;
    private int altitudeCm = 3_400;

    Walk(long seed, long startMs) {
      this.chance = new Random(seed);
      this.startMs = startMs;
    }

    void next(int samples, SampleBatch batch) {
      for (int i = 0; i < samples; i++) {
        latitudeE7 += chance.nextInt(500) - 200;
        longitudeE7 += chance.nextInt(700) - 300;
        altitudeCm += chance.nextInt(21) - 10;
        batch
            .fixes()
            .add(
                startMs + i * 1_000L,
                i * 1_000L,
                latitudeE7,
                longitudeE7,
                altitudeCm,
                400 + chance.nextInt(100),
                SampleBatch.ABSENT,
                SampleBatch.ABSENT,
                SampleBatch.ABSENT);
      }
    }
  }

  UUID session() {
    return session;
  }

  /** Bytes of one message, envelope and batch; they differ a little with the body. */
  int length(long number) {
    return messages[body(number)].length;
  }

  /** Which message the bytes are, judged by sequence number and length; -1 where it is none of these. */
  int number(ByteBuf in, int from, int length) {
    int place = seqAt[0];
    for (int body = 0; body < BODIES; body = place == seqAt[0] ? other(place) : BODIES) {
      place = seqAt[body];
      int number = seq(in, from + place) - FIRST_SEQ;
      if (number >= 0 && seqAt[body(number)] == place && length(number) == length) {
        return number;
      }
    }
    return -1;
  }

  /** A body whose sequence number stands elsewhere, as its batch is of another order of length. */
  private int other(int place) {
    int body = 0;
    while (body < BODIES && seqAt[body] == place) {
      body++;
    }
    return body;
  }

  private static int seq(ByteBuf in, int at) {
    return (in.getByte(at) & 0x7F)
        | ((in.getByte(at + 1) & 0x7F) << 7)
        | ((in.getByte(at + 2) & 0x7F) << 14);
  }

  void write(long number, ByteBuf out) {
    int body = body(number);
    int at = out.writerIndex() + seqAt[body];
    out.writeBytes(messages[body]);
    for (int i = 0; i < SEQ_BYTES; i++) {
      out.setByte(at + i, seqByte(number, i));
    }
  }

  /** The bytes of a body as they are before the number is written into them. */
  byte[] template(long number) {
    return messages[body(number)];
  }

  /** Where in the message its number stands. */
  int seqAt(long number) {
    return seqAt[body(number)];
  }

  static int seqByte(long number, int place) {
    int seq = seq(number);
    return ((seq >>> (7 * place)) & 0x7F) | (place < SEQ_BYTES - 1 ? 0x80 : 0);
  }

  static int seq(long number) {
    if (number >= MOST) {
      throw new IllegalStateException("a session has no more than " + MOST + " messages here");
    }
    return FIRST_SEQ + (int) number;
  }

  private static int body(long number) {
    return (int) (number % BODIES);
  }
}
