package io.pacewire.training.imports;

import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/** Knows in which time zone athletes live. */
public interface AthleteZones {
  /** Empty where nobody told. */
  Future<Optional<ZoneId>> find(UUID athleteId);
}
