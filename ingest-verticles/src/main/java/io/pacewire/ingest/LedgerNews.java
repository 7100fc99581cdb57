package io.pacewire.ingest;

import io.pacewire.wire.LedgerEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a device's batches and was not told yet, by session and writer. */
final class LedgerNews {
  private final Map<Key, LedgerEntry> entries = new LinkedHashMap<>();

  /** Compared by hand: what a record has of itself is slow deep in a map. */
  private record Key(UUID sessionId, int writer) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && writer == key.writer && sessionId.equals(key.sessionId);
    }

    @Override
    public int hashCode() {
      return 31 * sessionId.hashCode() + writer;
    }
  }

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
