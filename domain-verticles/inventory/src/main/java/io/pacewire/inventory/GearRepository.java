package io.pacewire.inventory;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gear, and what each training did to it. */
final class GearRepository {
  private static final String INSERT = """
      INSERT INTO gear (gear_id, athlete_id, name, kind, is_default, life_m, created_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT DO NOTHING
      """;

  private static final String LIST = """
      SELECT gear.gear_id, gear.name, gear.kind, gear.is_default, gear.life_m, gear.retired,
          coalesce(sum(wear.distance_m), 0) AS distance_m
      FROM gear LEFT JOIN wear USING (gear_id)
      WHERE gear.athlete_id = $1
      GROUP BY gear.gear_id
      ORDER BY gear.created_at_ms, gear.gear_id
      LIMIT 500
      """;

  private static final String FIND_DEFAULT = """
      SELECT gear_id FROM gear
      WHERE athlete_id = $1 AND kind = $2 AND is_default AND NOT retired
      """;

  /** A revision keeps the gear that the one before wore: the athlete may have changed the default since. */
  private static final String PUT_WEAR = """
      INSERT INTO wear (athlete_id, training_id, gear_id, revision, distance_m)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (athlete_id, training_id) DO UPDATE
      SET gear_id = excluded.gear_id, revision = excluded.revision,
          distance_m = excluded.distance_m
      WHERE wear.revision < excluded.revision
      RETURNING gear_id
      """;

  private static final String LIST_WEAR = """
      SELECT wear.gear_id, gear.name, wear.revision, wear.distance_m
      FROM wear JOIN gear USING (gear_id)
      WHERE wear.athlete_id = $1 AND wear.training_id = $2
      """;

  private final Pool pool;

  GearRepository(Pool pool) {
    this.pool = pool;
  }

  /** A piece of gear and what one training wore it by. */
  record NamedWear(UUID gearId, String name, int revision, double distanceM) {}

  Future<Boolean> insert(Gear gear, UUID athleteId, long createdAtMs) {
    return insert(pool, gear, athleteId, createdAtMs);
  }

  Future<Boolean> insert(SqlClient client, Gear gear, UUID athleteId, long createdAtMs) {
    return client
        .preparedQuery(INSERT)
        .execute(Tuple.of(
            gear.gearId(),
            athleteId,
            gear.name(),
            gear.kind().text(),
            gear.isDefault(),
            gear.lifeM(),
            createdAtMs))
        .map(rows -> rows.rowCount() == 1);
  }

  Future<List<Gear>> list(UUID athleteId) {
    return pool.preparedQuery(LIST).execute(Tuple.of(athleteId)).map(rows -> {
      List<Gear> gear = new ArrayList<>();
      rows.forEach(row -> gear.add(gear(row)));
      return gear;
    });
  }

  Future<Optional<UUID>> findDefault(SqlClient client, UUID athleteId, GearKind kind) {
    return client
        .preparedQuery(FIND_DEFAULT)
        .execute(Tuple.of(athleteId, kind.text()))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(row.getUUID("gear_id"));
          }
          return Optional.empty();
        });
  }

  /** Books the wear, and its fact, unless a revision as new is booked already. */
  Future<Boolean> putWear(SqlConnection tx, Wear wear, EventEnvelope fact) {
    return tx.preparedQuery(PUT_WEAR)
        .execute(Tuple.of(
            wear.athleteId(), wear.trainingId(), wear.gearId(), wear.revision(), wear.distanceM()))
        .compose(rows -> rows.size() == 1
            ? Outbox.add(tx, fact).map(added -> true)
            : Future.succeededFuture(false));
  }

  Future<List<NamedWear>> listWear(UUID athleteId, UUID trainingId) {
    return pool.preparedQuery(LIST_WEAR)
        .execute(Tuple.of(athleteId, trainingId))
        .map(rows -> {
          List<NamedWear> wear = new ArrayList<>();
          rows.forEach(row -> wear.add(new NamedWear(
              row.getUUID("gear_id"),
              row.getString("name"),
              row.getInteger("revision"),
              row.getDouble("distance_m"))));
          return wear;
        });
  }

  private static Gear gear(Row row) {
    return new Gear(
        row.getUUID("gear_id"),
        row.getString("name"),
        GearKind.of(row.getString("kind")),
        row.getBoolean("is_default"),
        row.getDouble("life_m"),
        row.getBoolean("retired"),
        row.getDouble("distance_m"));
  }
}
