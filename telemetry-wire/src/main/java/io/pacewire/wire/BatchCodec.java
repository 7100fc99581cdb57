package io.pacewire.wire;

import java.util.UUID;

/**
 * Between {@link SampleBatch} and protobuf's bytes, straight into primitive arrays. The same content
 * gives the same bytes. Stateless; what it throws for bytes from outside is {@link
 * MalformedBatchException} and nothing else.
 */
public final class BatchCodec {
  private static final int VERSION = 1;
  private static final int SESSION = 2;
  private static final int WRITER = 3;
  private static final int EPOCH = 4;
  private static final int SEQ = 5;
  private static final int FIRST_AT = 6;
  private static final int LAST_AT = 7;
  private static final int HASH = 8;
  private static final int BODY = 15;

  private static final int MARKS = 4;
  private static final int LAST_COLUMN = 11;

  private BatchCodec() {}

  /**
   * Seals a batch.
   *
   * @throws IllegalStateException where it is empty or a column has too many samples
   * @throws IllegalArgumentException where a time is out of range
   */
  public static byte[] encode(SampleBatch batch) {
    long first = inRange("firstAtEpochMs", batch.firstAtEpochMs());
    long last = inRange("lastAtEpochMs", batch.lastAtEpochMs());
    ProtoWriter body = new ProtoWriter(1024);
    writeBody(batch, first, body);
    ProtoWriter out = new ProtoWriter(body.position() + 96);
    out.uint(VERSION, WireLimits.WIRE_VERSION);
    byte[] session = Uuids.toBytes(batch.sessionId());
    out.raw(SESSION, session, 0, session.length);
    out.uint(WRITER, batch.writer());
    out.uint(EPOCH, batch.installEpoch());
    out.uint(SEQ, batch.seq());
    out.sint64(FIRST_AT, first);
    out.sint64(LAST_AT, last);
    out.fixed64(HASH, XxHash64.hash(body.buffer(), 0, body.position()));
    out.raw(BODY, body.buffer(), 0, body.position());
    return out.toBytes();
  }

  /** Reads a whole array; see {@link #decode(byte[], int, int, SampleBatch)}. */
  public static SampleBatch decode(byte[] bytes) {
    SampleBatch batch = new SampleBatch();
    decode(bytes, 0, bytes.length, batch);
    return batch;
  }

  /**
   * Reads a batch into one that is cleared first, after checking the hash of its body. What was
   * read comes out again if it is encoded, except for unknown fields inside a known column or mark.
   *
   * @throws MalformedBatchException naming the field and its fault; {@code into} is then empty
   */
  public static void decode(byte[] bytes, int from, int length, SampleBatch into) {
    BatchHeader header = decodeHeader(bytes, from, length);
    if (!bodyHashMatches(bytes, header)) {
      throw new MalformedBatchException("body_hash is not the body's");
    }
    into.clear();
    into.header(header.sessionId(), header.writer(), header.installEpoch(), header.seq());
    try {
      readBody(new ProtoReader(bytes, header.bodyFrom(), header.bodyLength()), header, into);
    } catch (MalformedBatchException e) {
      into.clear();
      throw e;
    }
  }

  /** Reads what a batch says of itself; of the body it only checks that it is there whole. */
  public static BatchHeader decodeHeader(byte[] bytes, int from, int length) {
    ProtoReader in = new ProtoReader(bytes, from, length);
    int version = 0;
    UUID session = null;
    int writer = 0;
    int epoch = 0;
    int seq = 0;
    long first = 0;
    long last = 0;
    long hash = 0;
    int bodyFrom = -1;
    int bodyLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case VERSION:
          in.expect(tag, ProtoReader.VARINT, "wire_version");
          version = in.uint("wire_version", Integer.MAX_VALUE);
          break;
        case SESSION:
          in.expect(tag, ProtoReader.BYTES, "session_id");
          session = Uuids.read(in, "session_id");
          break;
        case WRITER:
          in.expect(tag, ProtoReader.VARINT, "writer");
          writer = in.uint("writer", WireLimits.MAX_WRITERS - 1);
          break;
        case EPOCH:
          in.expect(tag, ProtoReader.VARINT, "install_epoch");
          epoch = in.uint("install_epoch", Integer.MAX_VALUE);
          break;
        case SEQ:
          in.expect(tag, ProtoReader.VARINT, "seq");
          seq = in.uint("seq", WireLimits.MAX_SEQ);
          break;
        case FIRST_AT:
          in.expect(tag, ProtoReader.VARINT, "first_at_epoch_ms");
          first = time("first_at_epoch_ms", in.zigzag64());
          break;
        case LAST_AT:
          in.expect(tag, ProtoReader.VARINT, "last_at_epoch_ms");
          last = time("last_at_epoch_ms", in.zigzag64());
          break;
        case HASH:
          in.expect(tag, ProtoReader.FIXED_64, "body_hash");
          hash = in.fixed64("body_hash");
          break;
        case BODY:
          in.expect(tag, ProtoReader.BYTES, "body");
          bodyLength = in.length("body");
          bodyFrom = in.position();
          in.advance(bodyLength);
          break;
        default:
          in.skip(tag);
      }
    }
    if (version != WireLimits.WIRE_VERSION) {
      throw new MalformedBatchException("wire_version is " + version);
    }
    if (session == null) {
      throw new MalformedBatchException("session_id is missing");
    }
    if (bodyFrom < 0) {
      throw new MalformedBatchException("body is missing");
    }
    if (last < first) {
      throw new MalformedBatchException("last_at_epoch_ms is before first_at_epoch_ms");
    }
    return new BatchHeader(session, writer, epoch, seq, first, last, hash, bodyFrom, bodyLength);
  }

  /** Whether the body is the one that was sealed. */
  public static boolean bodyHashMatches(byte[] bytes, BatchHeader header) {
    return XxHash64.hash(bytes, header.bodyFrom(), header.bodyLength()) == header.bodyHash();
  }

  private static void writeBody(SampleBatch batch, long first, ProtoWriter out) {
    Column[] columns = batch.columns();
    for (int i = 0; i < columns.length; i++) {
      if (i == MARKS - 1) {
        for (Mark mark : batch.marks()) {
          mark.write(out, MARKS);
        }
      }
      columns[i].write(out, i < MARKS - 1 ? i + 1 : i + 2, first);
    }
    batch.writeUnknown(out);
  }

  private static void readBody(ProtoReader in, BatchHeader header, SampleBatch into) {
    Column[] columns = into.columns();
    long first = header.firstAtEpochMs();
    long last = header.lastAtEpochMs();
    into.unknownWithin(first, last);
    while (in.hasMore()) {
      int start = in.position();
      int tag = in.tag();
      int field = ProtoReader.field(tag);
      if (field > LAST_COLUMN) {
        in.skip(tag);
        into.addUnknown(in.bytes(), start, in.position() - start);
        continue;
      }
      String name = field == MARKS ? "marks" : columns[place(field)].name();
      in.expect(tag, ProtoReader.BYTES, name);
      int outer = in.enter(name);
      if (field == MARKS) {
        Mark mark = Mark.read(in);
        if (mark == null) {
          into.addUnknown(in.bytes(), start, in.position() - start);
        } else {
          add(mark, first, last, into);
        }
      } else {
        columns[place(field)].read(in, first, last);
      }
      in.leave(outer);
    }
    if (into.isEmpty()) {
      throw new MalformedBatchException("body has no sample and no mark");
    }
  }

  /** Where a column stands among the batch's; marks take a field number but are none. */
  private static int place(int field) {
    return field < MARKS ? field - 1 : field - 2;
  }

  private static void add(Mark mark, long first, long last, SampleBatch into) {
    if (into.markCount() == WireLimits.MAX_MARKS) {
      throw new MalformedBatchException("more than " + WireLimits.MAX_MARKS + " marks");
    }
    if (mark.atEpochMs() < first || mark.atEpochMs() > last) {
      throw new MalformedBatchException(
          "mark at " + mark.atEpochMs() + " outside the header's times");
    }
    into.addMark(mark);
  }

  private static long time(String field, long epochMs) {
    if (epochMs < 0 || epochMs > WireLimits.MAX_EPOCH_MS) {
      throw new MalformedBatchException(field + " out of range: " + epochMs);
    }
    return epochMs;
  }

  private static long inRange(String name, long epochMs) {
    if (epochMs < 0 || epochMs > WireLimits.MAX_EPOCH_MS) {
      throw new IllegalArgumentException(name + " out of range: " + epochMs);
    }
    return epochMs;
  }
}
