package io.pacewire.sdk.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The device's own store: samples first, then batches until the platform keeps them. One writer thread commits whatever has
 * come in meanwhile (group commit, {@code synchronous=FULL}); at most {@value #MAX_WAITING} samples wait for it, then who adds
 * one waits, and after {@value #PATIENCE_MS} ms the sample is lost and reported.
 */
public final class SqliteSampleStore implements AutoCloseable {
  static final int MAX_WAITING = 16_384;
  static final int PATIENCE_MS = 5_000;
  static final int SEAL_BYTES = 48 * 1024;
  private static final int MAX_GROUP = 4_096;
  // A sample may wait this long for company: five forced writes a second at most, whatever the
  // sensors do.
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_MS = 1_000;

  private final StoreFile file;
  private final StoreEvents events;
  private final StoreTransaction tx;
  private final List<StoredSession> sessions;
  private final LinkedBlockingQueue<StoreCommand> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MAX_WAITING);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer;
  private long nextRow;
  private boolean failing;

  public SqliteSampleStore(StoreFile file, long limitBytes, StoreEvents events)
      throws SQLException {
    this.file = file;
    this.events = events;
    this.sessions = Collections.synchronizedList(file.load());
    StoreLimit limit = new StoreLimit(limitBytes, this::sessions);
    this.tx = new StoreTransaction(file.tables(), file.installEpoch(), SEAL_BYTES, limit);
    for (StoredSession session : sessions) {
      nextRow = Math.max(nextRow, session.row);
    }
    this.writer = new Thread(this::run, "pacewire-store");
    writer.setDaemon(true);
    writer.setUncaughtExceptionHandler(
        (thread, failure) -> events.failing("the store stopped: " + failure)); // never silently
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
    queue.add(new Append(session, record, urgent));
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

  void submit(StoreCommand command) {
    if (closing.getCount() == 0) {
      command.dropped("the store is closed");
      return;
    }
    queue.add(command);
  }

  /** Completes when everything added before is on disk; with an exception if that will not happen. */
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
    closing.countDown();
    queue.add(new Flush(new CompletableFuture<>())); // wakes the writer
    try {
      writer.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }

  private boolean hasRoom() {
    try {
      return closing.getCount() > 0 && room.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return room.tryAcquire();
    }
  }

  private void run() {
    List<StoreCommand> group = new ArrayList<>();
    try {
      while (closing.getCount() > 0 || !queue.isEmpty()) {
        collect(group);
        settle(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void collect(List<StoreCommand> group) throws InterruptedException {
    StoreCommand next = queue.take();
    long until = System.nanoTime() + LINGER_NANOS;
    while (next != null) {
      group.add(next);
      if (group.size() >= MAX_GROUP) {
        return;
      }
      boolean hurry = next.urgent() || closing.getCount() == 0;
      next = hurry ? queue.poll() : poll(until - System.nanoTime());
    }
  }

  private @Nullable StoreCommand poll(long nanos) throws InterruptedException {
    return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  private void settle(List<StoreCommand> group) throws InterruptedException {
    try {
      commitSurely(group);
    } catch (RuntimeException mistake) {
      settleOneByOne(group);
    }
    for (StoreCommand command : group) {
      if (command instanceof Append) {
        room.release();
      }
    }
  }

  /** A command that breaks must take nobody along. */
  private void settleOneByOne(List<StoreCommand> group) throws InterruptedException {
    for (StoreCommand command : group) {
      rollBack(file.writing());
      try {
        commitSurely(Collections.singletonList(command));
      } catch (RuntimeException mistake) {
        rollBack(file.writing());
        command.dropped(mistake.toString());
      }
    }
  }

  /** A full disk passes; what was added meanwhile waits in the queue. */
  private void commitSurely(List<StoreCommand> group) throws InterruptedException {
    while (!commit(group)) {
      if (closing.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
        for (StoreCommand command : group) {
          command.dropped("the store cannot be written");
        }
        return;
      }
    }
  }

  private boolean commit(List<StoreCommand> group) {
    Connection connection = file.writing();
    try {
      for (StoreCommand command : group) {
        command.apply(tx);
      }
      tx.flush();
      connection.commit();
    } catch (SQLException e) {
      fail(String.valueOf(e.getMessage()));
      rollBack(connection);
      return false;
    }
    if (failing) {
      failing = false;
      events.recovered();
    }
    tx.committed(events);
    for (StoreCommand command : group) {
      command.committed();
    }
    return true;
  }

  private void fail(String reason) {
    if (!failing) {
      failing = true;
      events.failing(reason);
    }
  }

  private void rollBack(Connection connection) {
    try {
      connection.rollback();
      tx.rolledBack();
    } catch (SQLException e) {
      fail("cannot roll back: " + e.getMessage());
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
