package io.pacewire.training;

import io.pacewire.training.RollupRepository.Span;
import io.pacewire.training.TotalsRules.SportDay;
import io.pacewire.training.imports.AthleteZones;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** To which day each of an athlete's trainings belongs, and what those come to. */
final class AthleteDays {
  private final RollupRepository rollups;
  private final AthleteZones zones;

  AthleteDays(RollupRepository rollups, AthleteZones zones) {
    this.rollups = rollups;
    this.zones = zones;
  }

  /** The zone that is asked for, or the account's; empty where neither is known. */
  Future<Optional<ZoneId>> zone(Parameters asked) {
    ZoneId wanted = asked.zone("timeZone");
    return wanted == null
        ? zones.find(asked.athlete())
        : Future.succeededFuture(Optional.of(wanted));
  }

  /** Newest first, by the date of one zone for all, or by the date that it was where each began. */
  Future<List<SportDay>> list(UUID athlete, Span span, @Nullable ZoneId zone) {
    return zone == null ? rollups.listDays(athlete, span) : rollups.listDays(athlete, span, zone);
  }
}
