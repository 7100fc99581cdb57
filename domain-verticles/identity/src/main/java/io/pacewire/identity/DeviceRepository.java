package io.pacewire.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Devices and the hashes of their secrets. */
final class DeviceRepository {
  private static final String INSERT = """
      INSERT INTO device (device_id, athlete_id, name, kind, secret_hash, created_at_ms)
      SELECT $1, $2, $3, $4, $5, $6
      WHERE (SELECT count(*) FROM device WHERE athlete_id = $2) < $7
      """;

  private static final String LIST = """
      SELECT device_id, athlete_id, name, kind, secret_hash, created_at_ms FROM device
      WHERE athlete_id = $1 ORDER BY created_at_ms, device_id LIMIT 200
      """;

  private static final String FIND = """
      SELECT device_id, athlete_id, name, kind, secret_hash, created_at_ms FROM device
      WHERE device_id = $1
      """;

  private static final String DELETE =
      "DELETE FROM device WHERE device_id = $1 AND athlete_id = $2";

  private final Pool pool;

  DeviceRepository(Pool pool) {
    this.pool = pool;
  }

  record Device(
      UUID deviceId,
      UUID athleteId,
      String name,
      String kind,
      byte[] secretHash,
      long createdAtMs) {

    @Override
    public String toString() {
      return "Device[" + deviceId + "]";
    }
  }

  /** False where the athlete has so many already. */
  Future<Boolean> insert(Device device, int most) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(
            device.deviceId(),
            device.athleteId(),
            device.name(),
            device.kind(),
            Buffer.buffer(device.secretHash()),
            device.createdAtMs(),
            most))
        .map(rows -> rows.rowCount() == 1);
  }

  Future<List<Device>> list(UUID athleteId) {
    return pool.preparedQuery(LIST).execute(Tuple.of(athleteId)).map(rows -> {
      List<Device> devices = new ArrayList<>();
      rows.forEach(row -> devices.add(device(row)));
      return devices;
    });
  }

  Future<Optional<Device>> find(UUID deviceId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(deviceId)).map(rows -> {
      for (Row row : rows) {
        return Optional.of(device(row));
      }
      return Optional.empty();
    });
  }

  /** Joins the caller's transaction. */
  Future<Boolean> delete(SqlConnection tx, UUID deviceId, UUID athleteId) {
    return tx.preparedQuery(DELETE)
        .execute(Tuple.of(deviceId, athleteId))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Device device(Row row) {
    return new Device(
        row.getUUID("device_id"),
        row.getUUID("athlete_id"),
        row.getString("name"),
        row.getString("kind"),
        row.getBuffer("secret_hash").getBytes(),
        row.getLong("created_at_ms"));
  }
}
