package io.pacewire.sdk.internal;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the sealed batches within a number of bytes, by deleting the oldest of the session that is
 * recorded. What is deleted is said: a skip mark goes into the next batch. The first batch stays,
 * because it says what the session is; finished sessions stay whole, because nothing could be added
 * that says so.
 */
final class StoreLimit {
  static final byte[] NOTHING = {};

  private final long maxBytes;
  private final Supplier<List<StoredSession>> sessions;

  StoreLimit(long maxBytes, Supplier<List<StoredSession>> sessions) {
    this.maxBytes = maxBytes;
    this.sessions = sessions;
  }

  /**
   * Deletes what must go for so many bytes to fit; the records of the skip marks, empty if nothing
   * had to go.
   */
  byte[] makeRoom(StoredSession session, int bytes, StoreTransaction tx, StoreEvents events)
      throws SQLException {
    long excess = maxBytes == Long.MAX_VALUE ? 0 : held() + bytes - maxBytes;
    if (excess <= 0) {
      return NOTHING;
    }
    int from = -1;
    int to = -1;
    while (excess > 0) {
      Integer oldest = tx.tables().findOldestEvictable(session.row);
      if (oldest == null || (to >= 0 && oldest != to + 1)) {
        break; // one contiguous range a time; the next batch sees to the rest
      }
      excess -= tx.evict(session, oldest);
      from = from < 0 ? oldest : from;
      to = oldest;
    }
    return from < 0 ? NOTHING : skip(session, from, to, tx, events);
  }

  private byte[] skip(
      StoredSession session, int from, int to, StoreTransaction tx, StoreEvents events) {
    tx.afterCommit(() -> events.evicted(session.id(), from, to));
    long at = session.lastRecordAtEpochMs;
    long monotonic = session.lastRecordMonotonicMs;
    return SampleJournal.mark(new MarkRecord(MarkRecord.Kind.SKIP, at, monotonic, from, to, ""));
  }

  private long held() {
    long sum = 0;
    for (StoredSession session : sessions.get()) {
      sum += session.progress().bytesWaiting();
    }
    return sum;
  }
}
