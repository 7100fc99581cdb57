package io.pacewire.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Limits and counters, the same ones for every door of a node. Thread-safe. */
final class Turnstiles {
  private final Vertx vertx;
  private final Quotas quotas;
  private final Map<Kind, DoorMeters> meters = new EnumMap<>(Kind.class);

  /** The kinds of doors there are. */
  enum Kind {
    MQTT,
    STREAM,
    HTTP
  }

  Turnstiles(Vertx vertx, Quotas quotas, MeterRegistry registry) {
    this.vertx = vertx;
    this.quotas = quotas;
    for (Kind kind : Kind.values()) {
      meters.put(kind, new DoorMeters(registry, kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** For a new connection, on its event loop; {@code brake} may be used before this returns. */
  Turnstile open(Kind kind, Device device, Turnstile.Brake brake) {
    DoorMeters own = meters.get(kind);
    if (own == null) {
      throw new IllegalStateException("no meters of " + kind);
    }
    return new Turnstile(vertx, quotas.open(device), own, brake);
  }
}
