package io.pacewire.sdk.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The device's own store: samples first, then batches until the platform keeps them. One writer
 * thread commits whatever has come in meanwhile (group commit, {@code synchronous=FULL}); at most
 * {@value #MAX_WAITING} samples wait for it, then who adds one waits, and after {@value
 * #PATIENCE_MS} ms the sample is lost and reported.
 */
public final class SqliteSampleStore implements AutoCloseable {
  static final int MAX_WAITING = 16_384;
  static final int PATIENCE_MS = 5_000;
  static final int SEAL_BYTES = 48 * 1024;

  private final StoreFile file;
  private final StoreEvents events;
  private final List<StoredSession> sessions;
  private final Semaphore room = new Semaphore(MAX_WAITING);
  private final StoreWriter writer;
  private final Set<String> known = new HashSet<>();
  private long nextRow;

  public SqliteSampleStore(StoreFile file, long limitBytes, StoreEvents events)
      throws SQLException {
    this.file = file;
    this.events = events;
    this.sessions = Collections.synchronizedList(file.load());
    StoreLimit limit = new StoreLimit(limitBytes, this::sessions);
    StoreTransaction tx =
        new StoreTransaction(file.tables(), file.installEpoch(), SEAL_BYTES, limit);
    for (StoredSession session : file.list()) {
      nextRow = Math.max(nextRow, session.row);
      boolean unused = known.add(session.id() + "/" + session.writer);
    }
    this.writer = new StoreWriter(file.writing(), tx, events);
    writer.start();
  }

  /** Sessions this store knows and that are not done, oldest first. */
  public List<StoredSession> sessions() {
    synchronized (sessions) {
      return new ArrayList<>(sessions);
    }
  }

  /** Begins a session with its start mark; both are on disk before any later sample. */
  public StoredSession begin(UUID id, int asWriter, String sport, MarkRecord start) {
    StoredSession session;
    synchronized (sessions) {
      if (!known.add(id + "/" + asWriter)) {
        throw new IllegalArgumentException("session " + id + " was already recorded here");
      }
      session = new StoredSession(++nextRow, id, asWriter, sport, start.atEpochMs());
      session.goOn();
      boolean unused = sessions.add(session);
    }
    byte[] record = SampleJournal.mark(start);
    submit(inner -> {
      inner.begin(session);
      inner.append(session, record, events);
    });
    return session;
  }

  /** Takes a sample; waits a little when the disk is slow. False if it was lost (and reported). */
  public boolean append(StoredSession session, byte[] record, boolean urgent) {
    if (!hasRoom()) {
      events.samplesLost(session.id(), 1, "the store cannot keep up");
      return false;
    }
    submit(new Append(session, record, urgent));
    return true;
  }

  /** Adds the finish mark, which says how many batches there are, and seals the last one. */
  void finish(StoredSession session, long atEpochMs, long monotonicMs) {
    submit(inner -> {
      if (!session.finished) {
        inner.finish(session, atEpochMs, monotonicMs, events);
      }
    });
  }

  /** Seals what has waited at least this long in a session, or everything at 0. */
  void seal(long minAgeMs) {
    long minAgeNanos = TimeUnit.MILLISECONDS.toNanos(minAgeMs);
    for (StoredSession session : sessions()) {
      submit(inner -> {
        long age = System.nanoTime() - session.pendingSinceNanos;
        if (session.pendingRecords > 0 && age >= minAgeNanos) {
          inner.seal(session, events);
        }
      });
    }
  }

  /** Seals batches of at most this size from now on, because the platform takes no larger ones. */
  void sealAt(int bytes) {
    submit(inner -> inner.sealAt(Math.max(1_024, Math.min(SEAL_BYTES, bytes))));
  }

  private void submit(StoreCommand command) {
    writer.submit(command);
  }

  /**
   * Completes when everything added before is on disk; with an exception if that will not happen.
   */
  public CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    submit(new Flush(done));
    return done;
  }

  void acked(StoredSession session, int from, int to) {
    submit(unhurried(inner -> inner.tables().ackBatches(session.row, from, to)));
  }

  /** The platform keeps these batches: their bytes are freed. */
  void stored(StoredSession session, int from, int to) {
    submit(unhurried(inner -> inner.free(session, from, to)));
  }

  /** The platform will never take this batch: it is kept aside with the reason. */
  void refused(StoredSession session, int seq, String reason) {
    submit(unhurried(inner -> inner.setAside(session, seq, reason)));
  }

  void forget(StoredSession session) {
    boolean unused = sessions.remove(session);
  }

  StoreFile file() {
    return file;
  }

  /** Writes what was added before, then closes the file. */
  @Override
  public void close() {
    writer.close(PATIENCE_MS);
    file.close();
  }

  private boolean hasRoom() {
    try {
      return writer.isOpen() && room.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return room.tryAcquire();
    }
  }

  private final class Append implements StoreCommand {
    private final StoredSession session;
    private final byte[] record;
    private final boolean urgent;

    Append(StoredSession session, byte[] record, boolean urgent) {
      this.session = session;
      this.record = record;
      this.urgent = urgent;
    }

    @Override
    public void apply(StoreTransaction inner) throws SQLException {
      inner.append(session, record, events);
    }

    @Override
    public void dropped(String reason) {
      events.samplesLost(session.id(), 1, reason);
    }

    @Override
    public void settled() {
      room.release();
    }

    @Override
    public boolean urgent() {
      return urgent;
    }
  }

  private static StoreCommand unhurried(StoreCommand command) {
    return new StoreCommand() {
      @Override
      public void apply(StoreTransaction inner) throws SQLException {
        command.apply(inner);
      }

      @Override
      public boolean urgent() {
        return false;
      }
    };
  }

  private static final class Flush implements StoreCommand {
    private final CompletableFuture<Void> done;

    Flush(CompletableFuture<Void> done) {
      this.done = done;
    }

    @Override
    public void apply(StoreTransaction inner) {}

    @Override
    public void committed() {
      boolean unused = done.complete(null);
    }

    @Override
    public void dropped(String reason) {
      boolean unused = done.completeExceptionally(new IllegalStateException(reason));
    }
  }
}
