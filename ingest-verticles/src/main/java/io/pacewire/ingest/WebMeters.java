package io.pacewire.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts which limit of the web doors acted. */
final class WebMeters {
  private final Map<WebLimit, Counter> refused = new EnumMap<>(WebLimit.class);

  WebMeters(MeterRegistry registry) {
    for (WebLimit limit : WebLimit.values()) {
      refused.put(
          limit, registry.counter("pacewire.ingest.requests.refused", "limit", limit.tag()));
    }
  }

  void refused(WebLimit limit) {
    Counter counter = refused.get(limit);
    if (counter != null) {
      counter.increment();
    }
  }
}
