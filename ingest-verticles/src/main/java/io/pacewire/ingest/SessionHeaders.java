package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What all batches that a device sends of a session have in common in Kafka, made once. Immutable. */
record SessionHeaders(String key, RecordHeader session, RecordHeader device) {

  private static SessionHeaders make(UUID session, Device device) {
    return new SessionHeaders(
        device.athleteId().toString(),
        new RecordHeader("session", session.toString().getBytes(US_ASCII)),
        new RecordHeader("device", device.deviceId().toString().getBytes(US_ASCII)));
  }

  /** Those of the sessions that sent most recently; bounded. Used from one event loop. */
  static final class Known {
    private static final int SESSIONS = 8_192;

    private final Map<Key, SessionHeaders> recent = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Key, SessionHeaders> eldest) {
        return size() > SESSIONS;
      }
    };

    /** Another athlete's session may have the same id. */
    private record Key(UUID session, UUID device, UUID athlete) {

      /** By hand: what a record has of itself is slow deep in a map. */
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Key key
            && session.equals(key.session)
            && device.equals(key.device)
            && athlete.equals(key.athlete);
      }

      @Override
      public int hashCode() {
        return 31 * (31 * session.hashCode() + device.hashCode()) + athlete.hashCode();
      }
    }

    SessionHeaders of(UUID session, Device device) {
      return recent.computeIfAbsent(
          new Key(session, device.deviceId(), device.athleteId()), key -> make(session, device));
    }
  }
}
