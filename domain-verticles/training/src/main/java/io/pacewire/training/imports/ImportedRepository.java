package io.pacewire.training.imports;

import io.pacewire.training.imports.DuplicateRules.Timed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which recordings of an athlete are known, and what became of those that were sent. */
final class ImportedRepository {
  private static final String FIND_PLACE = """
      SELECT import_id, file, part FROM import_session WHERE athlete_id = $1 AND session_id = $2
      """;

  /**
   * What an edit left of a training, and what was brought of it. What the athlete rejected or deleted is in
   * nobody's way, as a watch's recording of a run whose track the phone broke.
   */
  private static final String LIST_BESIDE = """
      SELECT training_id, sport, start_at_ms, end_at_ms FROM training_summary
      WHERE athlete_id = $1 AND status = 'finished'
        AND start_at_ms BETWEEN $2 AND $3 AND end_at_ms >= $4
      UNION ALL
      SELECT session_id, sport, start_at_ms, end_at_ms FROM import_session AS brought
      WHERE athlete_id = $1 AND start_at_ms BETWEEN $2 AND $3 AND end_at_ms >= $4
        AND NOT EXISTS (
          SELECT 1 FROM training_summary AS gone
          WHERE gone.athlete_id = $1 AND gone.training_id = brought.session_id
            AND gone.status <> 'finished')
      """;

  private static final String INSERT = """
      INSERT INTO import_session (athlete_id, session_id, import_id, file, part, start_at_ms,
          end_at_ms, sport)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (athlete_id, session_id) DO NOTHING
      """;

  private static final String DELETE =
      "DELETE FROM import_session WHERE athlete_id = $1 AND session_id = $2";

  private static final String LIST_TAKEN = """
      SELECT asked.session_id, head.state, head.first_received_at_ms, training.revision
      FROM UNNEST($2::uuid[]) AS asked (session_id)
      JOIN session_head AS head ON head.athlete_id = $1 AND head.session_id = asked.session_id
      LEFT JOIN training
        ON training.athlete_id = $1 AND training.training_id = asked.session_id
      """;

  /** The hash is what the index is over. */
  static final String COUNT_BEGUN = """
      SELECT count(*) AS begun FROM session_head
      WHERE uuid_hash(athlete_id) = uuid_hash($1::uuid) AND athlete_id = $1
        AND first_received_at_ms > $2
      """;

  private final SqlClient pool;

  ImportedRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** Where a session came from. */
  record Place(UUID importId, int file, int part) {}

  /** How a session ended. */
  enum Ending {
    TRAINING,
    /** It has nothing that could make a training. */
    NOTHING,
    /** Its figures cannot be computed. */
    SET_ASIDE
  }

  Future<Optional<Place>> findPlace(UUID athleteId, UUID sessionId) {
    return pool.preparedQuery(FIND_PLACE)
        .execute(Tuple.of(athleteId, sessionId))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(new Place(
                row.getUUID("import_id"), row.getInteger("file"), row.getInteger("part")));
          }
          return Optional.empty();
        });
  }

  /** Trainings that count, or are being made, of a time that this one's touches. */
  Future<List<Timed>> listBeside(UUID athleteId, Timed brought) {
    return pool.preparedQuery(LIST_BESIDE)
        .execute(Tuple.of(
            athleteId,
            brought.startAtMs() - DuplicateRules.LONGEST_MS,
            brought.endAtMs(),
            brought.startAtMs()))
        .map(rows -> {
          List<Timed> beside = new ArrayList<>();
          rows.forEach(row -> beside.add(new Timed(
              row.getUUID("training_id"),
              row.getString("sport"),
              row.getLong("start_at_ms"),
              row.getLong("end_at_ms"))));
          return beside;
        });
  }

  Future<Void> insert(UUID athleteId, Timed brought, Place place) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.tuple()
            .addValue(athleteId)
            .addValue(brought.trainingId())
            .addValue(place.importId())
            .addValue(place.file())
            .addValue(place.part())
            .addValue(brought.startAtMs())
            .addValue(brought.endAtMs())
            .addValue(brought.sport()))
        .mapEmpty();
  }

  /** Nothing came of it: it is not known from now on. */
  Future<Void> delete(UUID athleteId, UUID sessionId) {
    return pool.preparedQuery(DELETE).execute(Tuple.of(athleteId, sessionId)).mapEmpty();
  }

  /**
   * A session that has been begun.
   *
   * @param firstReceivedAtMs when what began it was received, or sent where an import did
   * @param ending null while it is under way
   */
  record Taken(long firstReceivedAtMs, @Nullable Ending ending) {}

  /** Those that have been begun; what has not been consumed, or was refused then, is missing. */
  Future<Map<UUID, Taken>> listTaken(UUID athleteId, Collection<UUID> sessions) {
    return pool.preparedQuery(LIST_TAKEN)
        .execute(Tuple.of(athleteId).addValue(sessions.toArray(UUID[]::new)))
        .map(rows -> {
          Map<UUID, Taken> taken = new HashMap<>();
          rows.forEach(row -> taken.put(
              row.getUUID("session_id"),
              new Taken(row.getLong("first_received_at_ms"), ending(row))));
          return taken;
        });
  }

  private static @Nullable Ending ending(Row row) {
    if (row.getInteger("state") == 0) {
      return null;
    }
    if (row.getInteger("revision") != null) {
      return Ending.TRAINING;
    }
    return row.getInteger("state") == 1 ? Ending.NOTHING : Ending.SET_ASIDE;
  }

  /** Sessions that the athlete began since then. */
  Future<Long> countBegun(UUID athleteId, long sinceMs) {
    return pool.preparedQuery(COUNT_BEGUN)
        .execute(Tuple.of(athleteId, sinceMs))
        .map(rows -> rows.iterator().next().getLong("begun"));
  }
}
