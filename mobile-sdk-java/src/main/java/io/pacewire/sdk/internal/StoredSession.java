package io.pacewire.sdk.internal;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.UUID;

/**
 * One session of one writer in the store. The identity and the progress may be read by any thread;
 * the rest belongs to the store's writer thread.
 */
public final class StoredSession {
  final long row;
  final int writer;
  private final UUID id;
  private final String sport;
  private final long startedAtEpochMs;
  private final SessionProgress progress = new SessionProgress();

  // Records not yet sealed: those whose rows are written, and those of the transaction under way.
  final ByteArrayOutputStream journaled = new ByteArrayOutputStream();
  final ByteArrayOutputStream staged = new ByteArrayOutputStream();
  int weight;
  int pendingRecords;
  long pendingSinceNanos;
  int nextSeq;
  long samples;
  long lastRecordAtEpochMs;
  long lastRecordMonotonicMs;
  boolean finished;

  // What the disk held when the store was opened, for the uploader to begin with.
  final BitSet heldAtOpen = new BitSet();
  final BitSet ackedAtOpen = new BitSet();
  volatile boolean finishing;
  volatile boolean recording;

  StoredSession(long row, UUID id, int writer, String sport, long startedAtEpochMs) {
    this.row = row;
    this.id = id;
    this.writer = writer;
    this.sport = sport;
    this.startedAtEpochMs = startedAtEpochMs;
  }

  public UUID id() {
    return id;
  }

  public String sport() {
    return sport;
  }

  public long startedAtEpochMs() {
    return startedAtEpochMs;
  }

  public SessionProgress progress() {
    return progress;
  }

  /** Whether the finish was asked for; nothing is recorded after it. */
  public boolean finishing() {
    return finishing;
  }

  /** The app records into this session again. */
  public void goOn() {
    recording = true;
  }

  void stage(byte[] record, long nowNanos) {
    if (pendingRecords == 0) {
      pendingSinceNanos = nowNanos;
    }
    staged.write(record, 0, record.length);
    weight += SampleJournal.weight(record);
    pendingRecords++;
    samples++;
    lastRecordAtEpochMs = SampleJournal.atEpochMs(record);
    lastRecordMonotonicMs = SampleJournal.monotonicMs(record);
  }

  void clearPending() {
    journaled.reset();
    staged.reset();
    weight = 0;
    pendingRecords = 0;
  }

  /** Everything pending, in the order of recording. */
  byte[] pending() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(journaled.size() + staged.size());
    byte[] old = journaled.toByteArray();
    byte[] fresh = staged.toByteArray();
    all.write(old, 0, old.length);
    all.write(fresh, 0, fresh.length);
    return all.toByteArray();
  }
}
