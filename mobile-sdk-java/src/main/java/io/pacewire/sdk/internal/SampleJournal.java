package io.pacewire.sdk.internal;

import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How samples lie in the store until they are sealed into a batch: one record after the other,
 * fixed length by kind, big endian. The format is private to this device; nothing of it leaves.
 */
final class SampleJournal {
  /** Fields of a batch that no sample accounts for: header, column tags and lengths. */
  static final int BATCH_OVERHEAD = 512;

  private static final byte FIX = 1;
  private static final byte ACCEL = 2;
  private static final byte HEART_RATE = 3;
  private static final byte SCALAR = 4;
  private static final byte MARK = 5;

  private static final int HEAD = 1 + 8 + 8;
  // What a sample costs at most in a batch: varints of 5 bytes (10 for times), however wild the
  // values.
  private static final int CLOCK_WEIGHT = 20;
  private static final int MARK_WEIGHT =
      200; // no fewer: it also keeps a batch below the wire's limit of 256 marks

  private SampleJournal() {}

  static byte[] fix(long atEpochMs, long monotonicMs, int[] fields) {
    return ints(FIX, atEpochMs, monotonicMs, fields);
  }

  static byte[] accel(long atEpochMs, long monotonicMs, int xMg, int yMg, int zMg) {
    return ints(ACCEL, atEpochMs, monotonicMs, xMg, yMg, zMg);
  }

  static byte[] heartRate(long atEpochMs, long monotonicMs, int bpm, int contact) {
    return ints(HEART_RATE, atEpochMs, monotonicMs, bpm, contact);
  }

  static byte[] scalar(ScalarKind kind, long atEpochMs, long monotonicMs, int value) {
    return ints(SCALAR, atEpochMs, monotonicMs, kind.code, value);
  }

  static byte[] mark(MarkRecord mark) {
    byte[] text = mark.text().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(HEAD + 1 + 4 + 4 + 4 + text.length);
    out.put(MARK).putLong(mark.atEpochMs()).putLong(mark.monotonicMs());
    out.put(mark.kind().code).putInt(mark.first()).putInt(mark.second());
    out.putInt(text.length).put(text);
    return out.array();
  }

  /** The most bytes these records take in a batch. */
  static int weight(byte[] records) {
    int sum = 0;
    for (int at = 0; at < records.length; at += length(records, at)) {
      int body = length(records, at) - HEAD;
      sum += records[at] == MARK
          ? Math.max(MARK_WEIGHT, body + 3 * CLOCK_WEIGHT)
          : CLOCK_WEIGHT + body / 4 * 5;
    }
    return sum;
  }

  static long atEpochMs(byte[] record) {
    return ByteBuffer.wrap(record).getLong(1);
  }

  static long monotonicMs(byte[] record) {
    return ByteBuffer.wrap(record).getLong(9);
  }

  static int count(byte[] records) {
    int count = 0;
    for (int at = 0; at < records.length; at += length(records, at)) {
      count++;
    }
    return count;
  }

  static void replay(byte[] records, SampleBatch into) {
    ByteBuffer in = ByteBuffer.wrap(records);
    while (in.hasRemaining()) {
      byte kind = in.get();
      long at = in.getLong();
      long monotonic = in.getLong();
      switch (kind) {
        case FIX:
          replayFix(in, at, monotonic, into);
          break;
        case ACCEL:
          into.accels().add(at, monotonic, in.getInt(), in.getInt(), in.getInt());
          break;
        case HEART_RATE:
          into.heartRates().add(at, monotonic, in.getInt(), in.getInt());
          break;
        case SCALAR:
          ScalarKind.of(in.getInt()).columnOf(into).add(at, monotonic, in.getInt());
          break;
        default:
          replayMark(in, at, monotonic, into);
      }
    }
  }

  private static void replayFix(ByteBuffer in, long at, long monotonic, SampleBatch into) {
    into.fixes()
        .add(
            at,
            monotonic,
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt());
  }

  private static void replayMark(ByteBuffer in, long at, long monotonic, SampleBatch into) {
    MarkRecord.Kind kind = MarkRecord.Kind.of(in.get());
    int first = in.getInt();
    int second = in.getInt();
    byte[] text = new byte[in.getInt()];
    in.get(text);
    String joined = new String(text, StandardCharsets.UTF_8);
    into.addMark(new MarkRecord(kind, at, monotonic, first, second, joined).toWire());
  }

  private static byte[] ints(byte kind, long atEpochMs, long monotonicMs, int... fields) {
    ByteBuffer out = ByteBuffer.allocate(HEAD + 4 * fields.length);
    out.put(kind).putLong(atEpochMs).putLong(monotonicMs);
    for (int field : fields) {
      out.putInt(field);
    }
    return out.array();
  }

  private static int length(byte[] records, int at) {
    switch (records[at]) {
      case FIX:
        return HEAD + 7 * 4;
      case ACCEL:
        return HEAD + 3 * 4;
      case HEART_RATE:
      case SCALAR:
        return HEAD + 2 * 4;
      case MARK:
        int text = ByteBuffer.wrap(records).getInt(at + HEAD + 9);
        return HEAD + 13 + text;
      default:
        throw new IllegalStateException("unknown record kind in the journal: " + records[at]);
    }
  }
}
