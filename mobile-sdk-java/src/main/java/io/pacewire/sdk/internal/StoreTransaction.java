package io.pacewire.sdk.internal;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What commands may do to the store within one commit. Used by the writer thread only. */
final class StoreTransaction {
  private final StoreTables tables;
  private final int installEpoch;
  private final SampleBatch batch = new SampleBatch();
  private final Set<StoredSession> touched = new LinkedHashSet<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final StoreLimit limit;
  private int sealBytes;

  StoreTransaction(StoreTables tables, int installEpoch, int sealBytes, StoreLimit limit) {
    this.limit = limit;
    this.tables = tables;
    this.installEpoch = installEpoch;
    this.sealBytes = sealBytes;
  }

  StoreTables tables() {
    return tables;
  }

  void sealAt(int bytes) {
    sealBytes = bytes;
  }

  /** Work for the moment the transaction is on disk; forgotten if it is rolled back. */
  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void begin(StoredSession session) throws SQLException {
    tables.insertSession(session);
    touched.add(session);
  }

  void append(StoredSession session, byte[] record, StoreEvents events) throws SQLException {
    if (session.finished) {
      events.samplesLost(session.id(), 1, "the session is finished");
      return; // after the finish mark has counted the batches there can be no further one
    }
    int weight = SampleJournal.weight(record);
    if (session.weight + weight + SampleJournal.BATCH_OVERHEAD > sealBytes) {
      seal(session, events);
    }
    session.stage(record, System.nanoTime());
    touched.add(session);
  }

  /** Freezes what is pending: from here on the bytes and their number never change. */
  void seal(StoredSession session, StoreEvents events) throws SQLException {
    seal(session, events, true);
  }

  private void seal(StoredSession session, StoreEvents events, boolean mayEvict)
      throws SQLException {
    if (session.pendingRecords == 0) {
      return;
    }
    int seq = session.nextSeq;
    batch.clear();
    batch.header(session.id(), session.writer, installEpoch, seq);
    SampleJournal.replay(session.pending(), batch);
    byte[] bytes = BatchCodec.encode(batch);
    byte[] skipped =
        mayEvict ? limit.makeRoom(session, bytes.length, this, events) : StoreLimit.NOTHING;
    tables.insertBatch(session.row, seq, bytes);
    if (session.journaled.size() > 0) {
      tables.deleteJournal(session.row);
    }
    session.clearPending();
    session.nextSeq = seq + 1;
    if (skipped.length > 0) {
      session.stage(skipped, System.nanoTime());
    }
    touched.add(session);
    afterCommit(() -> {
      session.progress().waiting(bytes.length);
      events.sealed(session, seq);
    });
  }

  /** Adds the finish mark to the last batch; it says how many batches there are. */
  void finish(StoredSession session, long atEpochMs, long monotonicMs, StoreEvents events)
      throws SQLException {
    int weight = SampleJournal.weight(finishMark(atEpochMs, monotonicMs, 0));
    if (session.weight + weight + SampleJournal.BATCH_OVERHEAD > sealBytes) {
      seal(session, events, false); // so that the mark ends up in the batch that it counts
    }
    append(session, finishMark(atEpochMs, monotonicMs, session.nextSeq + 1), events);
    seal(session, events, false); // a skip mark could not follow any more
    session.finished = true;
  }

  void free(StoredSession session, int from, int to) throws SQLException {
    long[] sum = tables.sumBatches(session.row, from, to);
    int count = tables.deleteBatches(session.row, from, to);
    tables.addStored(session.row, count);
    touched.add(session);
    afterCommit(() -> session.progress().freed(count, sum[1]));
  }

  /** Deletes a batch the platform does not have; the bytes that gave. */
  long evict(StoredSession session, int seq) throws SQLException {
    long bytes = tables.sumBatches(session.row, seq, seq)[1];
    int count = tables.deleteBatches(session.row, seq, seq);
    tables.addEvicted(session.row, count);
    afterCommit(() -> session.progress().evicted(count, bytes));
    return bytes;
  }

  void setAside(StoredSession session, int seq, String reason) throws SQLException {
    long[] sum = tables.sumBatches(session.row, seq, seq);
    tables.setAside(session.row, seq, reason);
    int count = tables.deleteBatches(session.row, seq, seq);
    touched.add(session);
    afterCommit(() -> session.progress().refused(reason, count, sum[1]));
  }

  /** Writes what the commands staged; the last step before the commit. */
  void flush() throws SQLException {
    for (StoredSession session : touched) {
      if (session.staged.size() > 0) {
        tables.insertJournal(session.row, session.staged.toByteArray());
      }
      tables.updateSession(session);
    }
  }

  void committed(StoreEvents events) {
    for (StoredSession session : touched) {
      byte[] staged = session.staged.toByteArray();
      session.journaled.write(staged, 0, staged.length);
      session.staged.reset();
      session
          .progress()
          .recorded(session.samples, session.pendingRecords, session.nextSeq, session.finished);
    }
    for (Runnable action : afterCommit) {
      action.run();
    }
    for (StoredSession session : touched) {
      events.changed(session);
    }
    touched.clear();
    afterCommit.clear();
  }

  void rolledBack() throws SQLException {
    for (StoredSession session : touched) {
      tables.reread(session, System.nanoTime());
    }
    touched.clear();
    afterCommit.clear();
  }

  private static byte[] finishMark(long atEpochMs, long monotonicMs, int batchCount) {
    return SampleJournal.mark(
        new MarkRecord(MarkRecord.Kind.FINISH, atEpochMs, monotonicMs, batchCount, 0, ""));
  }
}
