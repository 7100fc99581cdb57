package io.pacewire.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Reads the training core's tables by statements of its own. */
final class StoredTruth {
  private final Connection connection;

  StoredTruth(Connection connection) {
    this.connection = connection;
  }

  record Chunk(int kind, byte[] body) {}

  record Checkpoint(int writer, int position, byte[] state) {}

  /** @param what figures, splits, verdicts and findings, as texts of the database's own form */
  record Revision(
      int revision, boolean complete, JsonObject figures, String what, JsonArray missing) {}

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  SortedMap<Integer, Chunk> chunks(DisturbedSession session, int writer) throws SQLException {
    SortedMap<Integer, Chunk> chunks = new TreeMap<>();
    List<Object> seqs = list(
        "SELECT seq, kind, body FROM chunk WHERE athlete_id = ? AND session_id = ? AND writer = ?",
        row -> chunks.put(row.getInt("seq"), new Chunk(row.getInt("kind"), row.getBytes("body"))),
        session.athlete,
        session.session,
        writer);
    if (seqs.size() != chunks.size()) {
      throw new AssertionError("stored twice: " + session.session + " writer " + writer);
    }
    return chunks;
  }

  /** Every sequence number that a sealed stretch holds, as often as one does. */
  List<Integer> sealedSeqs(DisturbedSession session, int writer) throws SQLException {
    return list("""
        SELECT generate_series(from_seq, to_seq) AS seq FROM sealed_chunk
        WHERE athlete_id = ? AND session_id = ? AND writer = ? ORDER BY seq
        """, row -> row.getInt("seq"), session.athlete, session.session, writer);
  }

  /** Of which sessions chunks are left, and who in the database might be waited for. */
  List<String> unsealed() throws SQLException {
    List<String> found = list("""
        SELECT row_to_json(left_over)::text AS told FROM (
          SELECT session_id, state, seal, sealed_at, kafka_partition, last_received_at_ms, revision_wanted
          FROM session_head WHERE seal < 3) AS left_over
        """, row -> row.getString("told"));
    found.addAll(list("""
        SELECT row_to_json(backend)::text AS told FROM (
          SELECT pid, state, xact_start, wait_event, query FROM pg_stat_activity
          WHERE usename = current_user AND xact_start IS NOT NULL) AS backend
        """, row -> row.getString("told")));
    return found;
  }

  boolean isFinished(DisturbedSession session) throws SQLException {
    return number(
            "SELECT state FROM session_head WHERE athlete_id = ? AND session_id = ?",
            session.athlete,
            session.session)
        == 1;
  }

  List<Checkpoint> checkpoints(DisturbedSession session) throws SQLException {
    return list(
        "SELECT writer, position, state FROM checkpoint WHERE athlete_id = ? AND session_id = ?",
        row -> new Checkpoint(row.getInt("writer"), row.getInt("position"), row.getBytes("state")),
        session.athlete,
        session.session);
  }

  /** All that were ever written, in order. */
  List<Revision> revisions(DisturbedSession session) throws SQLException {
    return list(
        """
        SELECT revision, complete, figures::text, splits::text, verdicts::text,
            (findings - 'suspicions')::text AS findings
        FROM training_revision WHERE athlete_id = ? AND training_id = ? ORDER BY revision
        """,
        row -> new Revision(
            row.getInt("revision"),
            row.getBoolean("complete"),
            new JsonObject(row.getString("figures")),
            String.join(
                "\n",
                row.getString("figures"),
                row.getString("splits"),
                row.getString("verdicts"),
                row.getString("findings")),
            new JsonObject(row.getString("findings")).getJsonArray("missing", new JsonArray())),
        session.athlete,
        session.session);
  }

  List<UUID> trainings(UUID athlete) throws SQLException {
    return list(
        "SELECT training_id FROM training WHERE athlete_id = ?",
        row -> row.getObject("training_id", UUID.class),
        athlete);
  }

  /** Of each training's only revision, by its start. */
  List<String> importedFigures(UUID athlete) throws SQLException {
    return list("""
        SELECT start_at_ms || ' ' || complete || ' ' || figures::text || splits::text AS what
        FROM training_revision WHERE athlete_id = ? ORDER BY start_at_ms, revision
        """, row -> row.getString("what"), athlete);
  }

  /** The first column of the only row. */
  long number(String query, Object... parameters) throws SQLException {
    List<Long> rows = list(query, row -> row.getLong(1), parameters);
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows: " + query + " " + Arrays.toString(parameters));
    }
    return rows.get(0);
  }

  private <T> List<T> list(String query, Reader<T> reader, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }
}
