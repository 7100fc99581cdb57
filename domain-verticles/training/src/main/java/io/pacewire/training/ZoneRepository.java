package io.pacewire.training;

import io.pacewire.events.AccountChanged;
import io.pacewire.events.AccountRegistered;
import io.pacewire.training.imports.AthleteZones;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/** In which time zone athletes live, as identity tells it. */
final class ZoneRepository implements AthleteZones {
  private static final String SAVE = """
      INSERT INTO account_zone (athlete_id, revision, time_zone) VALUES ($1, $2, $3)
      ON CONFLICT (athlete_id) DO UPDATE
      SET revision = excluded.revision, time_zone = excluded.time_zone
      WHERE account_zone.revision < excluded.revision
      """;

  private static final String FIND = "SELECT time_zone FROM account_zone WHERE athlete_id = $1";

  private final SqlClient pool;

  ZoneRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** What facts tell; one may come twice, and late. */
  Future<Void> handle(Record fact) {
    if (fact instanceof AccountRegistered said) {
      return save(said.athleteId(), 0, said.timeZone());
    }
    return fact instanceof AccountChanged said
        ? save(said.athleteId(), said.revision(), said.timeZone())
        : Future.succeededFuture();
  }

  @Override
  public Future<Optional<ZoneId>> find(UUID athleteId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(athleteId)).map(rows -> {
      for (Row row : rows) {
        String name = row.getString("time_zone");
        // Identity may know a zone that came into the world later.
        return ZoneId.getAvailableZoneIds().contains(name)
            ? Optional.of(ZoneId.of(name))
            : Optional.empty();
      }
      return Optional.empty();
    });
  }

  private Future<Void> save(UUID athleteId, int revision, String timeZone) {
    return pool.preparedQuery(SAVE)
        .execute(Tuple.of(athleteId, revision, timeZone))
        .mapEmpty();
  }
}
