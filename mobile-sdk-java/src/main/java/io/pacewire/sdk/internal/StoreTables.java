package io.pacewire.sdk.internal;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of the store; one method, one statement. Joins the caller's transaction. */
final class StoreTables {
  static final int FORMAT = 1;

  private static final String[] CREATE = {
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    "CREATE TABLE session (row INTEGER PRIMARY KEY, id BLOB NOT NULL, writer INTEGER NOT NULL,"
        + " sport TEXT NOT NULL, started_at_ms INTEGER NOT NULL, next_seq INTEGER NOT NULL,"
        + " samples INTEGER NOT NULL, stored INTEGER NOT NULL, evicted INTEGER NOT NULL,"
        + " finished INTEGER NOT NULL,"
        + " UNIQUE (id, writer))",
    "CREATE TABLE journal (row INTEGER PRIMARY KEY, session INTEGER NOT NULL,"
        + " records BLOB NOT NULL)",
    "CREATE INDEX journal_session ON journal (session)",
    "CREATE TABLE batch (session INTEGER NOT NULL, seq INTEGER NOT NULL, acked INTEGER NOT NULL,"
        + " size INTEGER NOT NULL, bytes BLOB NOT NULL)",
    "CREATE UNIQUE INDEX batch_seq ON batch (session, seq)",
    "CREATE TABLE refused (session INTEGER NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL,"
        + " bytes BLOB NOT NULL, UNIQUE (session, seq))",
  };
  private static final String FIND_META = "SELECT value FROM meta WHERE key = ?";
  private static final String INSERT_META = "INSERT INTO meta (key, value) VALUES (?, ?)";
  private static final String INSERT_SESSION =
      "INSERT INTO session (row, id, writer, sport, started_at_ms, next_seq, samples, stored,"
          + " evicted, finished) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING";
  private static final String UPDATE_SESSION =
      "UPDATE session SET next_seq = ?, samples = ?, finished = ? WHERE row = ?";
  private static final String ADD_STORED = "UPDATE session SET stored = stored + ? WHERE row = ?";
  private static final String ADD_EVICTED =
      "UPDATE session SET evicted = evicted + ? WHERE row = ?";
  private static final String LIST_SESSIONS =
      "SELECT row, id, writer, sport, started_at_ms, next_seq, samples, stored, evicted, finished"
          + " FROM session ORDER BY row";
  private static final String FIND_SESSION =
      "SELECT next_seq, samples, finished FROM session WHERE row = ?";
  private static final String INSERT_JOURNAL =
      "INSERT INTO journal (session, records) VALUES (?, ?)";
  private static final String LIST_JOURNAL =
      "SELECT records FROM journal WHERE session = ? ORDER BY row";
  private static final String DELETE_JOURNAL = "DELETE FROM journal WHERE session = ?";
  private static final String INSERT_BATCH =
      "INSERT INTO batch (session, seq, acked, size, bytes) VALUES (?, ?, 0, ?, ?)";
  private static final String LIST_BATCHES =
      "SELECT seq, acked, size FROM batch WHERE session = ? ORDER BY seq";
  private static final String FIND_BATCH = "SELECT bytes FROM batch WHERE session = ? AND seq = ?";
  private static final String FIND_OLDEST =
      "SELECT seq FROM batch WHERE session = ? AND seq > 0 ORDER BY seq LIMIT 1";
  private static final String ACK_BATCHES =
      "UPDATE batch SET acked = 1 WHERE session = ? AND seq BETWEEN ? AND ? AND acked = 0";
  private static final String SUM_BATCHES =
      "SELECT count(*) AS n, coalesce(sum(size), 0) AS bytes FROM batch"
          + " WHERE session = ? AND seq BETWEEN ? AND ?";
  private static final String DELETE_BATCHES =
      "DELETE FROM batch WHERE session = ? AND seq BETWEEN ? AND ?";
  private static final String SET_ASIDE = "INSERT INTO refused (session, seq, reason, bytes)"
      + " SELECT session, seq, ?, bytes FROM batch WHERE session = ? AND seq = ?"
      + " ON CONFLICT DO NOTHING";
  private static final String LIST_REFUSED =
      "SELECT reason, count(*) AS n FROM refused WHERE session = ? GROUP BY reason";

  private final Connection connection;

  StoreTables(Connection connection) {
    this.connection = connection;
  }

  void create() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : CREATE) {
        boolean unused = statement.execute(sql);
      }
    }
  }

  @Nullable
  Long findMeta(String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND_META)) {
      statement.setString(1, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong("value") : null;
      }
    }
  }

  void insertMeta(String key, long value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_META)) {
      statement.setString(1, key);
      statement.setLong(2, value);
      int unused = statement.executeUpdate();
    }
  }

  void insertSession(StoredSession session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_SESSION)) {
      statement.setLong(1, session.row);
      statement.setBytes(2, bytesOf(session.id()));
      statement.setInt(3, session.writer);
      statement.setString(4, session.sport());
      statement.setLong(5, session.startedAtEpochMs());
      int unused = statement.executeUpdate();
    }
  }

  void updateSession(StoredSession session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE_SESSION)) {
      statement.setInt(1, session.nextSeq);
      statement.setLong(2, session.samples);
      statement.setBoolean(3, session.finished);
      statement.setLong(4, session.row);
      int unused = statement.executeUpdate();
    }
  }

  void addStored(long session, int count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD_STORED)) {
      statement.setInt(1, count);
      statement.setLong(2, session);
      int unused = statement.executeUpdate();
    }
  }

  void addEvicted(long session, int count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD_EVICTED)) {
      statement.setInt(1, count);
      statement.setLong(2, session);
      int unused = statement.executeUpdate();
    }
  }

  /**
   * The oldest batch held that may be deleted: never the first, which carries the start. Null if
   * none.
   */
  @Nullable
  Integer findOldestEvictable(long session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND_OLDEST)) {
      statement.setLong(1, session);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getInt("seq") : null;
      }
    }
  }

  /**
   * Every session with its counters; journals and batches are read by {@link #readPending} and
   * {@link #readBatches}.
   */
  List<StoredSession> listSessions() throws SQLException {
    List<StoredSession> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LIST_SESSIONS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        StoredSession session = new StoredSession(
            rows.getLong("row"),
            uuidOf(rows.getBytes("id")),
            rows.getInt("writer"),
            rows.getString("sport"),
            rows.getLong("started_at_ms"));
        session.nextSeq = rows.getInt("next_seq");
        session.samples = rows.getLong("samples");
        session.finished = rows.getBoolean("finished");
        session.finishing = session.finished;
        session.progress().freed(rows.getInt("stored"), 0);
        session.progress().evicted(rows.getInt("evicted"), 0);
        found.add(session);
      }
    }
    return found;
  }

  /** Puts the session back to what the disk says, after a rollback. */
  void reread(StoredSession session, long nowNanos) throws SQLException {
    session.clearPending();
    session.nextSeq = 0;
    session.samples = 0;
    session.finished = false;
    try (PreparedStatement statement = connection.prepareStatement(FIND_SESSION)) {
      statement.setLong(1, session.row);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          session.nextSeq = rows.getInt("next_seq");
          session.samples = rows.getLong("samples");
          session.finished = rows.getBoolean("finished");
        }
      }
    }
    readPending(session, nowNanos);
  }

  void readPending(StoredSession session, long nowNanos) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIST_JOURNAL)) {
      statement.setLong(1, session.row);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byte[] records = rows.getBytes("records");
          session.journaled.write(records, 0, records.length);
          session.weight += SampleJournal.weight(records);
          session.pendingRecords += SampleJournal.count(records);
          session.pendingSinceNanos = nowNanos;
        }
      }
    }
  }

  void insertJournal(long session, byte[] records) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_JOURNAL)) {
      statement.setLong(1, session);
      statement.setBytes(2, records);
      int unused = statement.executeUpdate();
    }
  }

  void deleteJournal(long session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE_JOURNAL)) {
      statement.setLong(1, session);
      int unused = statement.executeUpdate();
    }
  }

  void insertBatch(long session, int seq, byte[] bytes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_BATCH)) {
      statement.setLong(1, session);
      statement.setInt(2, seq);
      statement.setInt(3, bytes.length);
      statement.setBytes(4, bytes);
      int unused = statement.executeUpdate();
    }
  }

  /** Marks in the session what the disk holds and what of it is acknowledged. */
  void readBatches(StoredSession session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIST_BATCHES)) {
      statement.setLong(1, session.row);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          session.heldAtOpen.set(rows.getInt("seq"));
          session.ackedAtOpen.set(rows.getInt("seq"), rows.getBoolean("acked"));
          session.progress().waiting(rows.getInt("size"));
        }
      }
    }
  }

  byte @Nullable [] findBatch(long session, int seq) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND_BATCH)) {
      statement.setLong(1, session);
      statement.setInt(2, seq);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getBytes("bytes") : null;
      }
    }
  }

  void ackBatches(long session, int from, int to) throws SQLException {
    int unused = updateRange(ACK_BATCHES, session, from, to);
  }

  /** Number and bytes of the batches held in a range. */
  long[] sumBatches(long session, int from, int to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SUM_BATCHES)) {
      statement.setLong(1, session);
      statement.setInt(2, from);
      statement.setInt(3, to);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? new long[] {rows.getLong("n"), rows.getLong("bytes")} : new long[2];
      }
    }
  }

  int deleteBatches(long session, int from, int to) throws SQLException {
    return updateRange(DELETE_BATCHES, session, from, to);
  }

  void setAside(long session, int seq, String reason) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SET_ASIDE)) {
      statement.setString(1, reason);
      statement.setLong(2, session);
      statement.setInt(3, seq);
      int unused = statement.executeUpdate();
    }
  }

  void readRefused(StoredSession session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIST_REFUSED)) {
      statement.setLong(1, session.row);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          session.progress().refused(rows.getString("reason"), rows.getInt("n"), 0);
        }
      }
    }
  }

  private int updateRange(String sql, long session, int from, int to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, session);
      statement.setInt(2, from);
      statement.setInt(3, to);
      return statement.executeUpdate();
    }
  }

  private static byte[] bytesOf(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static UUID uuidOf(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new UUID(in.getLong(), in.getLong());
  }
}
