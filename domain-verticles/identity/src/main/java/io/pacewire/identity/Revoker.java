package io.pacewire.identity;

import io.pacewire.events.AccessRevoked;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.InstantSource;
import java.util.UUID;

/** Ends devices and sign-ins: in the tables, and for the tokens of theirs that are still about. */
final class Revoker {
  private final Pool pool;
  private final DeviceRepository devices;
  private final LoginRepository logins;
  private final InstantSource clock;

  Revoker(Pool pool, DeviceRepository devices, LoginRepository logins, InstantSource clock) {
    this.pool = pool;
    this.devices = devices;
    this.logins = logins;
    this.clock = clock;
  }

  /** False where the athlete has no such device. */
  Future<Boolean> device(UUID deviceId, UUID athleteId) {
    return pool.withTransaction(tx -> devices
        .delete(tx, deviceId, athleteId)
        .compose(deleted ->
            deleted ? tell(tx, "device", deviceId).map(true) : Future.succeededFuture(false)));
  }

  Future<Void> session(UUID sessionId) {
    return pool.withTransaction(tx -> logins
        .revoke(tx, sessionId)
        .compose(revoked -> revoked ? tell(tx, "session", sessionId) : Future.succeededFuture()));
  }

  private Future<Void> tell(SqlConnection tx, String kind, UUID id) {
    long now = clock.millis();
    return Outbox.add(
        tx,
        EventEnvelope.of(
            EventTopics.REVOCATIONS,
            id,
            "access/" + kind + "/" + id + "/revoked-" + now,
            now,
            new AccessRevoked(id, kind, now)));
  }
}
