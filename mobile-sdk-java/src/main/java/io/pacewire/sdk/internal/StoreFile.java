package io.pacewire.sdk.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite file: a connection that writes (the store's thread alone uses it), one that reads
 * sealed batches (the uploader's thread), and a lock, because two processes on one store would
 * number their batches alike.
 */
public final class StoreFile implements AutoCloseable {
  // Install epochs count seconds from here, so that a store made later has a higher one for 68
  // years.
  private static final long EPOCH_ZERO_S = 1_735_689_600L;

  private final FileChannel lockFile;
  private final Connection writing;
  private final Connection reading;
  private final StoreTables tables;
  private final StoreTables readTables;
  private final int installEpoch;

  private StoreFile(FileChannel lockFile, Path path, Clock clock) throws SQLException {
    this.lockFile = lockFile;
    String url = "jdbc:sqlite:" + path.toAbsolutePath();
    writing = DriverManager.getConnection(url);
    run(writing, "PRAGMA auto_vacuum=INCREMENTAL");
    run(writing, "PRAGMA journal_mode=WAL");
    run(writing, "PRAGMA synchronous=FULL");
    run(writing, "PRAGMA busy_timeout=5000");
    run(writing, "PRAGMA journal_size_limit=4194304");
    writing.setAutoCommit(false);
    tables = new StoreTables(writing);
    installEpoch = prepare(clock);
    reading = DriverManager.getConnection(url);
    run(reading, "PRAGMA query_only=ON");
    run(reading, "PRAGMA busy_timeout=5000");
    readTables = new StoreTables(reading);
  }

  public static StoreFile open(Path path, Clock clock) throws IOException, SQLException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Path unused = Files.createDirectories(folder);
    }
    FileChannel channel = FileChannel.open(
        path.resolveSibling(path.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
    try {
      FileLock lock = lock(channel);
      if (lock == null) {
        throw new IOException("the store is in use by another process");
      }
      return new StoreFile(channel, path, clock);
    } catch (IOException | SQLException e) {
      channel.close();
      throw e;
    }
  }

  /** Sessions with anything left to record or to send, with what the disk holds of them. */
  List<StoredSession> load() throws SQLException {
    List<StoredSession> open = new ArrayList<>();
    for (StoredSession session : tables.listSessions()) {
      tables.readPending(session, System.nanoTime());
      tables.readBatches(session);
      tables.readRefused(session);
      session
          .progress()
          .recorded(session.samples, session.pendingRecords, session.nextSeq, session.finished);
      if (!session.progress().isComplete()) {
        open.add(session);
      }
    }
    writing.commit();
    return open;
  }

  /** Every session ever recorded here, done or not. */
  List<StoredSession> list() throws SQLException {
    return readTables.listSessions();
  }

  byte @Nullable [] readBatch(StoredSession session, int seq) throws SQLException {
    return readTables.findBatch(session.row, seq);
  }

  Connection writing() {
    return writing;
  }

  StoreTables tables() {
    return tables;
  }

  int installEpoch() {
    return installEpoch;
  }

  @Override
  public void close() {
    quietly(reading);
    quietly(writing);
    quietly(lockFile);
  }

  private int prepare(Clock clock) throws SQLException {
    if (!hasTables()) {
      tables.create();
      long epoch = clock.millis() / 1_000 - EPOCH_ZERO_S;
      tables.insertMeta("format", StoreTables.FORMAT);
      tables.insertMeta("install_epoch", Math.max(1, Math.min(Integer.MAX_VALUE, epoch)));
      writing.commit();
    }
    Long format = tables.findMeta("format");
    Long epoch = tables.findMeta("install_epoch");
    writing.commit();
    if (format == null || format != StoreTables.FORMAT || epoch == null) {
      throw new SQLException("the store has format " + format + ", not " + StoreTables.FORMAT);
    }
    return epoch.intValue();
  }

  private boolean hasTables() throws SQLException {
    try (Statement statement = writing.createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'meta'")) {
      return rows.next();
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("the store is in use by another client of this process", e);
    }
  }

  private static void run(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(pragma);
    }
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // Everything that matters was committed before; there is nobody left to tell.
    }
  }
}
