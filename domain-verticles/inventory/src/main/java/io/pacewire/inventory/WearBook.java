package io.pacewire.inventory;

import io.pacewire.events.EventTopics;
import io.pacewire.events.GearWorn;
import io.pacewire.platform.events.EventEnvelope;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.InstantSource;
import java.util.UUID;

/** What happens to gear when a training is finished, revised or taken back. */
final class WearBook {
  private final Pool pool;
  private final GearRepository gear;
  private final InstantSource clock;

  WearBook(Pool pool, GearRepository gear, InstantSource clock) {
    this.pool = pool;
    this.gear = gear;
    this.clock = clock;
  }

  /** A new athlete has shoes, so that the first run wears something. */
  Future<Void> welcome(UUID athleteId) {
    return gear.insert(defaultGear(athleteId, GearKind.SHOES), athleteId, clock.millis())
        .mapEmpty();
  }

  /** Books what this revision wore; a revision as new or newer that is booked stays. */
  Future<Void> book(UUID athleteId, UUID trainingId, int revision, String sport, double distanceM) {
    return WearRules.wornBy(sport)
        .map(kind -> book(athleteId, trainingId, revision, kind, distanceM))
        .orElseGet(() -> takeBack(athleteId, trainingId, revision));
  }

  /** A training that counts no more wears nothing; where it wore nothing there is nothing to do. */
  Future<Void> takeBack(UUID athleteId, UUID trainingId, int revision) {
    return book(athleteId, trainingId, revision, GearKind.SHOES, 0);
  }

  private Future<Void> book(
      UUID athleteId, UUID trainingId, int revision, GearKind kind, double distanceM) {
    return pool.withTransaction(tx -> wornGear(tx, athleteId, kind).compose(gearId -> {
          Wear wear = new Wear(athleteId, trainingId, gearId, revision, distanceM);
          return gear.putWear(tx, wear, fact(wear));
        }))
        .mapEmpty();
  }

  private Future<UUID> wornGear(SqlConnection tx, UUID athleteId, GearKind kind) {
    return gear.findDefault(tx, athleteId, kind)
        .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> {
          Gear made = defaultGear(athleteId, kind);
          return gear.insert(tx, made, athleteId, clock.millis()).map(inserted -> made.gearId());
        }));
  }

  private EventEnvelope fact(Wear wear) {
    return EventEnvelope.of(
        EventTopics.GEAR,
        wear.athleteId(),
        "gear/" + wear.athleteId() + "/" + wear.trainingId() + "/" + wear.revision(),
        clock.millis(),
        new GearWorn(
            wear.athleteId(), wear.gearId(), wear.trainingId(), wear.revision(), wear.distanceM()));
  }

  private static Gear defaultGear(UUID athleteId, GearKind kind) {
    return new Gear(
        WearRules.defaultGearId(athleteId, kind),
        kind.defaultName(),
        kind,
        true,
        WearRules.lifeM(kind),
        false,
        0);
  }
}
