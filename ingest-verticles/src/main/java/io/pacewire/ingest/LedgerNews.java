package io.pacewire.ingest;

import io.pacewire.wire.LedgerEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What became of a device's batches and was not told yet, by session and writer. */
final class LedgerNews {
  private final Map<Key, LedgerEntry> entries = new LinkedHashMap<>();

  private record Key(UUID sessionId, int writer) {}

  LedgerEntry of(UUID session, int writer) {
    return entries.computeIfAbsent(
        new Key(session, writer), key -> new LedgerEntry(session, writer));
  }

  Collection<LedgerEntry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void clear() {
    entries.clear();
  }
}
