package io.pacewire.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted at one kind of door. Counters are looked up once, so that counting costs little. */
final class DoorMeters {
  private static final String[] REASONS = {
    "malformed", "too-large", "hash-mismatch", "foreign-session", "other"
  };

  /** All but the time until a CONNECT is answered, which is no limit. */
  private static final Set<ReadGate.Reason> HOLDING =
      EnumSet.complementOf(EnumSet.of(ReadGate.Reason.CONNECTING));

  private final Counter live;
  private final Counter backfill;
  private final Counter bytes;
  private final Counter turnedAway;
  private final Counter queriesDropped;
  private final Map<ReadGate.Reason, Counter> held = new EnumMap<>(ReadGate.Reason.class);
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, Counter> refused = new HashMap<>();
  private final Map<String, Counter> slowed = new HashMap<>();
  private final Map<String, Counter> deferred = new HashMap<>();

  /** @param door one of a few words */
  DoorMeters(MeterRegistry registry, String door) {
    live = counter(registry, "pacewire.ingest.batches", door, "lane", "live");
    backfill = counter(registry, "pacewire.ingest.batches", door, "lane", "backfill");
    bytes = registry.counter("pacewire.ingest.received.bytes", "door", door);
    turnedAway = counter(
        registry, "pacewire.ingest.connections.refused", door, "limit", "deviceConnections");
    queriesDropped =
        counter(registry, "pacewire.ingest.queries.dropped", door, "limit", "underWay");
    for (ReadGate.Reason by : HOLDING) {
      held.put(
          by,
          counter(
              registry, "pacewire.ingest.held", door, "by", by.name().toLowerCase(Locale.ROOT)));
    }
    for (String reason : REASONS) {
      refused.put(reason, counter(registry, "pacewire.ingest.refused", door, "reason", reason));
    }
    for (String limit : LimitSettings.NAMES) {
      slowed.put(limit, counter(registry, "pacewire.ingest.slowed", door, "limit", limit));
      deferred.put(limit, counter(registry, "pacewire.ingest.deferred", door, "limit", limit));
    }
    var unused = registry.gauge(
        "pacewire.ingest.connections", Tags.of("door", door), connections, AtomicInteger::get);
  }

  void opened() {
    connections.incrementAndGet();
  }

  void closed() {
    connections.decrementAndGet();
  }

  /** A device has too many connections. */
  void turnedAway() {
    turnedAway.increment();
  }

  void queryDropped() {
    queriesDropped.increment();
  }

  /** A connection is not read from now on for that reason, too. */
  void held(ReadGate.Reason by) {
    Counter counter = held.get(by);
    if (counter != null) {
      counter.increment();
    }
  }

  void admitted(boolean isBackfill) {
    (isBackfill ? backfill : live).increment();
  }

  /** Whatever became of it. */
  void received(int size) {
    bytes.increment(size);
  }

  void refused(String reason) {
    count(refused, refused.containsKey(reason) ? reason : "other");
  }

  void slowed(String limit) {
    count(slowed, limit);
  }

  void deferred(String limit) {
    count(deferred, limit);
  }

  private static void count(Map<String, Counter> counters, String which) {
    Counter counter = counters.get(which);
    if (counter != null) {
      counter.increment();
    }
  }

  private static Counter counter(
      MeterRegistry registry, String name, String door, String tag, String value) {
    return registry.counter(name, "door", door, tag, value);
  }
}
