package io.pacewire.training;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.MalformedBatchException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many batches of a writer as one stretch of bytes, from which each comes back as it was stored.
 * Version 1: how many; of each, when it was received, its length, and what was kept of its header
 * where that is not what the header says; then the batches, one behind the other. Packed as a whole,
 * as one batch looks much like the next. Pure.
 */
final class SealedCodec {
  static final int VERSION = 1;

  private static final int AS_THE_HEADER_SAYS = 0;
  private static final int STATED = 1;

  private SealedCodec() {}

  /** @param chunks of one writer, each with the sequence number that follows on the one before */
  static byte[] encode(List<Chunk> chunks) {
    int bytes = chunks.stream().mapToInt(chunk -> chunk.body().length).sum();
    VarintWriter out = new VarintWriter(bytes + chunks.size() * 12 + 16);
    out.unsigned(chunks.size());
    long receivedAtMs = 0;
    for (Chunk chunk : chunks) {
      out.signed(chunk.receivedAtMs() - receivedAtMs);
      receivedAtMs = chunk.receivedAtMs();
      out.unsigned(chunk.body().length);
      if (chunk.isAs(header(chunk.body()))) {
        out.unsigned(AS_THE_HEADER_SAYS);
      } else {
        out.unsigned(STATED);
        out.signed(chunk.hash());
        out.signed(chunk.firstAtMs());
        out.signed(chunk.lastAtMs());
      }
    }
    chunks.forEach(chunk -> out.raw(chunk.body()));
    return Packing.pack(out.bytes());
  }

  /**
   * @param reason why none of them can be decoded, null where they hold samples
   * @throws IllegalArgumentException where {@link #encode} did not make this
   */
  static List<Chunk> decode(byte[] sealed, int writer, int fromSeq, @Nullable String reason) {
    byte[] bytes = Packing.unpack(sealed);
    VarintReader in = new VarintReader(bytes);
    long count = in.unsigned();
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException("sealed: " + count + " batches cannot be in there");
    }
    List<Entry> entries = new ArrayList<>((int) count);
    long receivedAtMs = 0;
    for (int i = 0; i < count; i++) {
      receivedAtMs += in.signed();
      entries.add(Entry.read(in, receivedAtMs));
    }
    List<Chunk> chunks = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      chunks.add(entry.chunk(writer, fromSeq + chunks.size(), in.raw(entry.length), reason));
    }
    return chunks;
  }

  private static @Nullable BatchHeader header(byte[] body) {
    try {
      return BatchCodec.decodeHeader(body, 0, body.length);
    } catch (MalformedBatchException e) {
      return null;
    }
  }

  /** @param stated hash, first and last time, or null where the header says them */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(long receivedAtMs, int length, long @Nullable [] stated) {

    static Entry read(VarintReader in, long receivedAtMs) {
      long length = in.unsigned();
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("sealed: a batch of " + length + " bytes");
      }
      boolean isStated = in.unsigned() == STATED;
      long[] stated = isStated ? new long[] {in.signed(), in.signed(), in.signed()} : null;
      return new Entry(receivedAtMs, (int) length, stated);
    }

    Chunk chunk(int writer, int seq, byte[] body, @Nullable String reason) {
      if (stated != null) {
        return new Chunk(writer, seq, stated[0], stated[1], stated[2], receivedAtMs, body, reason);
      }
      BatchHeader header = header(body);
      if (header == null) {
        throw new IllegalArgumentException("sealed: batch " + seq + " has no header");
      }
      return new Chunk(
          writer,
          seq,
          header.bodyHash(),
          header.firstAtEpochMs(),
          header.lastAtEpochMs(),
          receivedAtMs,
          body,
          reason);
    }
  }
}
