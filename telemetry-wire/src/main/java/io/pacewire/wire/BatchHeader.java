package io.pacewire.wire;

import java.util.UUID;

/** What a batch says of itself, read without looking at its samples. Immutable; every value is in range. */
public final class BatchHeader {
  private final UUID sessionId;
  private final int writer;
  private final int installEpoch;
  private final int seq;
  private final long firstAtEpochMs;
  private final long lastAtEpochMs;
  private final long bodyHash;
  private final int bodyFrom;
  private final int bodyLength;

  BatchHeader(
      UUID sessionId,
      int writer,
      int installEpoch,
      int seq,
      long firstAtEpochMs,
      long lastAtEpochMs,
      long bodyHash,
      int bodyFrom,
      int bodyLength) {
    this.sessionId = sessionId;
    this.writer = writer;
    this.installEpoch = installEpoch;
    this.seq = seq;
    this.firstAtEpochMs = firstAtEpochMs;
    this.lastAtEpochMs = lastAtEpochMs;
    this.bodyHash = bodyHash;
    this.bodyFrom = bodyFrom;
    this.bodyLength = bodyLength;
  }

  public UUID sessionId() {
    return sessionId;
  }

  public int writer() {
    return writer;
  }

  public int installEpoch() {
    return installEpoch;
  }

  public int seq() {
    return seq;
  }

  /** Oldest sample or mark, by the device's wall clock. */
  public long firstAtEpochMs() {
    return firstAtEpochMs;
  }

  public long lastAtEpochMs() {
    return lastAtEpochMs;
  }

  /** XXH64 of the body, as the batch states it. */
  public long bodyHash() {
    return bodyHash;
  }

  /** Where the body begins in the array that was read. */
  public int bodyFrom() {
    return bodyFrom;
  }

  public int bodyLength() {
    return bodyLength;
  }
}
