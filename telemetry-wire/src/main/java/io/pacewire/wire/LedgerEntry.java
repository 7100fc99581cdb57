package io.pacewire.wire;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What became of the batches of one writer: what the broker has, what the database has, what will
 * never be taken. Mutable, not thread-safe.
 */
public final class LedgerEntry {
  private static final String[] NAMES = {"", "", "", "acked", "stored", "refused", "", "deferred"};

  private final UUID sessionId;
  private final int writer;
  private final SeqRanges acked = new SeqRanges();
  private final SeqRanges stored = new SeqRanges();
  private final SeqRanges deferred = new SeqRanges();
  private final TreeMap<Integer, String> refused = new TreeMap<>();
  private boolean complete;

  public LedgerEntry(UUID sessionId, int writer) {
    if (writer < 0 || writer >= WireLimits.MAX_WRITERS) {
      throw new IllegalArgumentException("writer out of range: " + writer);
    }
    this.sessionId = sessionId;
    this.writer = writer;
  }

  public UUID sessionId() {
    return sessionId;
  }

  public int writer() {
    return writer;
  }

  /** The broker has these. */
  public SeqRanges acked() {
    return acked;
  }

  /** The database has these: the device may free their bytes. */
  public SeqRanges stored() {
    return stored;
  }

  /** Not taken this time, for a passing reason: to be sent again, a while later. */
  public SeqRanges deferred() {
    return deferred;
  }

  /** Reason by sequence number; these will never be taken. */
  public SortedMap<Integer, String> refused() {
    return Collections.unmodifiableSortedMap(refused);
  }

  /**
   * Beyond {@link WireLimits#MAX_REFUSALS} a refusal is left out, which under-reports. A reason
   * longer than {@link WireLimits#MAX_TEXT_BYTES} is cut: a device could not read it.
   */
  public void refuse(int seq, String reason) {
    if (seq < 0 || seq > WireLimits.MAX_SEQ) {
      throw new IllegalArgumentException("seq out of range: " + seq);
    }
    if (refused.size() < WireLimits.MAX_REFUSALS || refused.containsKey(seq)) {
      refused.put(seq, Texts.cut(reason));
    }
  }

  /** Whether this is all the server knows, or else a change to be merged. */
  public boolean isComplete() {
    return complete;
  }

  public void complete(boolean whole) {
    complete = whole;
  }

  public byte[] encode() {
    ProtoWriter out = new ProtoWriter(64);
    write(out);
    return out.toBytes();
  }

  public static LedgerEntry parse(byte[] bytes) {
    return read(new ProtoReader(bytes, 0, bytes.length));
  }

  void write(ProtoWriter out) {
    byte[] session = Uuids.toBytes(sessionId);
    out.raw(1, session, 0, session.length);
    out.uint(2, writer);
    acked.write(out, 3);
    stored.write(out, 4);
    refused.forEach((seq, reason) -> {
      int start = out.begin(5);
      out.uint(1, seq);
      out.text(2, reason);
      out.end(start);
    });
    out.uint(6, complete ? 1 : 0);
    deferred.write(out, 7);
  }

  /** The reader is narrowed to the entry. Its session and writer may come behind its ranges. */
  static LedgerEntry read(ProtoReader in) {
    UUID session = null;
    int writer = 0;
    LedgerEntry read = new LedgerEntry(new UUID(0, 0), 0);
    while (in.hasMore()) {
      int tag = in.tag();
      int field = ProtoReader.field(tag);
      switch (field) {
        case 1:
          in.expect(tag, ProtoReader.BYTES, "session_id");
          session = Uuids.read(in, "session_id");
          break;
        case 2:
          in.expect(tag, ProtoReader.VARINT, "writer");
          writer = in.uint("writer", WireLimits.MAX_WRITERS - 1);
          break;
        case 6:
          in.expect(tag, ProtoReader.VARINT, "complete");
          read.complete = in.varint64() != 0;
          break;
        case 3:
        case 4:
        case 5:
        case 7:
          in.expect(tag, ProtoReader.BYTES, NAMES[field]);
          int outer = in.enter(NAMES[field]);
          read.readPart(field, in);
          in.leave(outer);
          break;
        default:
          in.skip(tag);
      }
    }
    if (session == null) {
      throw new MalformedBatchException("session_id is missing");
    }
    return read.of(session, writer);
  }

  private LedgerEntry of(UUID session, int writerNumber) {
    LedgerEntry entry = new LedgerEntry(session, writerNumber);
    entry.acked.addAll(acked);
    entry.stored.addAll(stored);
    entry.deferred.addAll(deferred);
    entry.refused.putAll(refused);
    entry.complete = complete;
    return entry;
  }

  private void readPart(int field, ProtoReader in) {
    if (field == 3) {
      acked.read(in, NAMES[field]);
    } else if (field == 4) {
      stored.read(in, NAMES[field]);
    } else if (field == 7) {
      deferred.read(in, NAMES[field]);
    } else {
      readRefusal(in);
    }
  }

  private void readRefusal(ProtoReader in) {
    int seq = 0;
    String reason = "";
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case 1:
          in.expect(tag, ProtoReader.VARINT, "refused.seq");
          seq = in.uint("refused.seq", WireLimits.MAX_SEQ);
          break;
        case 2:
          in.expect(tag, ProtoReader.BYTES, "refused.reason");
          reason = in.text("refused.reason");
          break;
        default:
          in.skip(tag);
      }
    }
    refuse(seq, reason);
  }
}
