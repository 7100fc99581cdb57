package io.pacewire.ingest;

import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a device's batches and was not told yet, by session and writer. */
final class LedgerNews {
  private final Map<Key, LedgerEntry> entries = new LinkedHashMap<>();
  /** Refusals that an entry had no room for. */
  private final List<LedgerEntry> more = new ArrayList<>(0);

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

  /** However many of one writer. */
  void refuse(UUID session, int writer, int seq, String reason) {
    LedgerEntry entry = of(session, writer);
    if (isFull(entry, seq)) {
      for (LedgerEntry other : more) {
        boolean isItsOwn = other.sessionId().equals(session) && other.writer() == writer;
        if (isItsOwn && !isFull(other, seq)) {
          other.refuse(seq, reason);
          return;
        }
      }
      entry = new LedgerEntry(session, writer);
      more.add(entry);
    }
    entry.refuse(seq, reason);
  }

  /** What training tells of a writer: stored or refused, nothing else. */
  void add(LedgerEntry change) {
    of(change.sessionId(), change.writer()).stored().addAll(change.stored());
    change
        .refused()
        .forEach((seq, reason) -> refuse(change.sessionId(), change.writer(), seq, reason));
  }

  private static boolean isFull(LedgerEntry entry, int seq) {
    return entry.refused().size() >= WireLimits.MAX_REFUSALS && !entry.refused().containsKey(seq);
  }

  /** Of a writer with very many refusals more than one. */
  Collection<LedgerEntry> entries() {
    if (more.isEmpty()) {
      return Collections.unmodifiableCollection(entries.values());
    }
    List<LedgerEntry> all = new ArrayList<>(entries.values());
    all.addAll(more);
    return all;
  }

  /** By frame, as the wire bounds them: what an entry has no room for is in a later frame. */
  List<List<LedgerEntry>> frames() {
    List<List<LedgerEntry>> frames = new ArrayList<>(1);
    for (LedgerEntry entry : entries.values()) {
      int ranges = Math.max(
          entry.stored().count(),
          Math.max(entry.acked().count(), entry.deferred().count()));
      int frame = put(frames, 0, ranges <= WireLimits.MAX_RANGES ? entry : part(entry, 0));
      for (int from = WireLimits.MAX_RANGES; from < ranges; from += WireLimits.MAX_RANGES) {
        frame = put(frames, frame + 1, part(entry, from));
      }
    }
    for (LedgerEntry entry : more) {
      int unused = put(frames, frames.size(), entry); // so that no frame names a writer twice
    }
    return frames;
  }

  /** Into the first frame from there on that has room. */
  private static int put(List<List<LedgerEntry>> frames, int from, LedgerEntry entry) {
    int frame = from;
    while (frame < frames.size() && frames.get(frame).size() >= WireLimits.MAX_LEDGER_ENTRIES) {
      frame++;
    }
    if (frame == frames.size()) {
      frames.add(new ArrayList<>());
    }
    frames.get(frame).add(entry);
    return frame;
  }

  /** So many ranges from that one on; with the first what was refused. */
  private static LedgerEntry part(LedgerEntry whole, int from) {
    LedgerEntry part = new LedgerEntry(whole.sessionId(), whole.writer());
    copy(whole.acked(), part.acked(), from);
    copy(whole.stored(), part.stored(), from);
    copy(whole.deferred(), part.deferred(), from);
    if (from == 0) {
      whole.refused().forEach(part::refuse);
    }
    return part;
  }

  private static void copy(SeqRanges whole, SeqRanges part, int from) {
    int end = Math.min(whole.count(), from + WireLimits.MAX_RANGES);
    for (int range = from; range < end; range++) {
      part.add(whole.from(range), whole.to(range));
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void clear() {
    entries.clear();
    more.clear();
  }
}
