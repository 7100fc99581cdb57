package io.pacewire.wire;

import org.jspecify.annotations.Nullable;

/** What travels around a sealed batch: when it was sent, and for which trace. Immutable. */
public final class Envelope {
  private static final int SENT_AT = 1;
  private static final int TRACEPARENT = 2;
  private static final int BATCH = 15;

  private final byte[] buffer;
  private final long sentAtEpochMs;
  private final @Nullable String traceparent;
  private final int batchFrom;
  private final int batchLength;

  private Envelope(
      byte[] buffer,
      long sentAtEpochMs,
      @Nullable String traceparent,
      int batchFrom,
      int batchLength) {
    this.buffer = buffer;
    this.sentAtEpochMs = sentAtEpochMs;
    this.traceparent = traceparent;
    this.batchFrom = batchFrom;
    this.batchLength = batchLength;
  }

  /** When it was sent, by the device's wall clock. */
  public long sentAtEpochMs() {
    return sentAtEpochMs;
  }

  /** W3C trace context, null where the device sent none. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /** The array this was read from, not a copy. */
  public byte[] buffer() {
    return buffer;
  }

  public int batchFrom() {
    return batchFrom;
  }

  public int batchLength() {
    return batchLength;
  }

  public static byte[] encode(long sentAtEpochMs, @Nullable String traceparent, byte[] batch) {
    ProtoWriter out = new ProtoWriter(batch.length + 80);
    write(out, sentAtEpochMs, traceparent, batch);
    return out.toBytes();
  }

  static void write(
      ProtoWriter out, long sentAtEpochMs, @Nullable String traceparent, byte[] batch) {
    out.sint64(SENT_AT, sentAtEpochMs);
    if (traceparent != null) {
      out.text(TRACEPARENT, Texts.checked("traceparent", traceparent));
    }
    out.raw(BATCH, batch, 0, batch.length);
  }

  /** @throws MalformedBatchException naming the field and its fault */
  public static Envelope parse(byte[] bytes) {
    ProtoReader in = new ProtoReader(bytes, 0, bytes.length);
    long sentAt = 0;
    String trace = null;
    int from = -1;
    int length = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case SENT_AT:
          in.expect(tag, ProtoReader.VARINT, "sent_at_epoch_ms");
          sentAt = in.zigzag64();
          break;
        case TRACEPARENT:
          in.expect(tag, ProtoReader.BYTES, "traceparent");
          trace = in.text("traceparent");
          break;
        case BATCH:
          in.expect(tag, ProtoReader.BYTES, "batch");
          length = in.length("batch");
          from = in.position();
          in.advance(length);
          break;
        default:
          in.skip(tag);
      }
    }
    if (from < 0) {
      throw new MalformedBatchException("batch is missing");
    }
    if (sentAt < 0 || sentAt > WireLimits.MAX_EPOCH_MS) {
      throw new MalformedBatchException("sent_at_epoch_ms out of range: " + sentAt);
    }
    return new Envelope(bytes, sentAt, trace, from, length);
  }
}
