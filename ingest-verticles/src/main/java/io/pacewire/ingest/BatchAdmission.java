package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.MalformedBatchException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides by size, header and hash whether a batch is taken, and on which lane by its own word. Pure. */
final class BatchAdmission {
  static final String TOO_LARGE = "too-large";
  private static final String MALFORMED = "malformed";

  private final int maxBatchBytes;

  BatchAdmission(int maxBatchBytes) {
    this.maxBatchBytes = maxBatchBytes;
  }

  /**
   * @param message an envelope as it came
   * @param addressed the session that the topic names, null where the door has none
   * @param nowMs taken for sent-at where the envelope does not say when it was sent
   */
  Admission admit(byte[] message, @Nullable UUID addressed, long nowMs) {
    Envelope envelope;
    BatchHeader header;
    try {
      envelope = Envelope.parse(message);
    } catch (MalformedBatchException e) {
      // Not named: the batch within may be good, and come again in a better one.
      return refused(MALFORMED, String.valueOf(e.getMessage()));
    }
    try {
      header = BatchCodec.decodeHeader(message, envelope.batchFrom(), envelope.batchLength());
    } catch (MalformedBatchException e) {
      int from = envelope.batchFrom();
      byte[] batch = Arrays.copyOfRange(message, from, from + envelope.batchLength());
      return malformed(batch, addressed, String.valueOf(e.getMessage()));
    }
    if (message.length > maxBatchBytes) {
      // Named, so that the device sets it aside instead of sending it for ever.
      return refused(
          header, TOO_LARGE, "message of " + message.length + " bytes, at most " + maxBatchBytes);
    }
    if (addressed != null && !addressed.equals(header.sessionId())) {
      return refused(header, "foreign-session", "session_id differs from the topic's");
    }
    if (!BatchCodec.bodyHashMatches(message, header)) {
      return refused(header, "hash-mismatch", "body_hash is not the body's");
    }
    long sentAtMs = envelope.sentAtEpochMs() == 0 ? nowMs : envelope.sentAtEpochMs();
    return new Admitted(
        envelope, header, sentAtMs, LaneRules.saysBacklog(sentAtMs, header.lastAtEpochMs(), nowMs));
  }

  /** Named where it names itself, as a batch of a later version does, so that its device sets it aside. */
  private static Refused malformed(byte[] batch, @Nullable UUID addressed, String detail) {
    BatchBeginning.Name name = BatchBeginning.readWhole(batch);
    UUID session = name == null ? null : name.sessionId();
    return name == null || session == null || (addressed != null && !addressed.equals(session))
        ? refused(MALFORMED, detail)
        : new Refused(session, name.writer(), name.seq(), MALFORMED, detail);
  }

  /** One of which nothing was kept. */
  static Refused tooLong(String detail) {
    return refused(TOO_LARGE, detail);
  }

  /**
   * One that was too long to be kept.
   *
   * @param session as the topic names it
   * @param beginning of the message
   * @param bytes that the message had, about
   */
  Refused tooLong(UUID session, byte[] beginning, int bytes) {
    return tooLong(session, BatchBeginning.read(beginning), bytes);
  }

  /** One of the binary WebSocket, where nothing but the batch itself names its session. */
  Refused tooLong(byte[] beginning, int bytes) {
    BatchBeginning.Name name = BatchBeginning.readMessage(beginning);
    return tooLong(name == null ? null : name.sessionId(), name, bytes);
  }

  private Refused tooLong(@Nullable UUID session, BatchBeginning.@Nullable Name name, int bytes) {
    String detail = "message of some " + bytes + " bytes, at most " + maxBatchBytes;
    return name == null || session == null
        ? refused(TOO_LARGE, detail)
        : new Refused(session, name.writer(), name.seq(), TOO_LARGE, detail);
  }

  private static Refused refused(String reason, String detail) {
    return new Refused(null, -1, -1, reason, detail);
  }

  private static Refused refused(BatchHeader header, String reason, String detail) {
    return new Refused(header.sessionId(), header.writer(), header.seq(), reason, detail);
  }
}
