package io.pacewire.ingest;

import io.pacewire.ingest.MqttSession.Recording;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client has not been told of its ledger yet: merged, one entry for each writer of a session, and
 * more where it has more refusals than an entry may name. Bounded. Used from one event loop.
 */
final class LedgerBacklog {
  /** All that is kept of refusals, each of another recording, and as many others as a session remembers. */
  static final int MOST = RefusalStore.MOST_OF_A_DEVICE + 64;

  private final Map<Recording, LedgerEntry> entries = new LinkedHashMap<>();
  /** To go before those, as they are. */
  private final Deque<LedgerEntry> ready = new ArrayDeque<>(0); // as a rule there is none

  /** Whether nothing was lost for it but what is asked for anyway where it is missed: what is durable. */
  boolean add(LedgerEntry change) {
    Recording recording = new Recording(change.sessionId(), change.writer());
    LedgerEntry known = entries.get(recording);
    if (known == null) {
      entries.put(recording, change);
    } else if (refusals(known, change) <= WireLimits.MAX_REFUSALS) {
      merge(known, change);
    } else {
      entries.put(recording, change);
      ready.add(known);
    }
    return ready.size() + entries.size() <= MOST || dropOne();
  }

  private static int refusals(LedgerEntry known, LedgerEntry change) {
    int count = known.refused().size();
    for (Integer seq : change.refused().keySet()) {
      count += known.refused().containsKey(seq) ? 0 : 1;
    }
    return count;
  }

  private static void merge(LedgerEntry known, LedgerEntry change) {
    merge(known.acked(), change.acked());
    merge(known.stored(), change.stored());
    change.refused().forEach(known::refuse);
    known.complete(known.isComplete() || change.isComplete());
  }

  /**
   * As many ranges as a message names. It is the lowest that are dropped: with them begins the whole entry
   * that is asked of training after a reconnect, which may never come to the highest.
   */
  private static void merge(SeqRanges known, SeqRanges change) {
    known.addAll(change);
    known.keepHighest(WireLimits.MAX_RANGES);
  }

  /** The oldest without a refusal; whether there was one. */
  private boolean dropOne() {
    Iterator<LedgerEntry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().refused().isEmpty()) {
        oldest.remove();
        return true;
      }
    }
    LedgerEntry unused = take();
    return false;
  }

  boolean isEmpty() {
    return entries.isEmpty() && ready.isEmpty();
  }

  /** The next one; null where there is none. */
  @Nullable
  LedgerEntry take() {
    if (!ready.isEmpty()) {
      return ready.remove();
    }
    Iterator<LedgerEntry> oldest = entries.values().iterator();
    if (!oldest.hasNext()) {
      return null;
    }
    LedgerEntry entry = oldest.next();
    oldest.remove();
    return entry;
  }

  /** One that was taken and is too large goes as two, each with half of its refusals; nothing where it has one. */
  void halve(LedgerEntry large) {
    SortedMap<Integer, String> refused = new TreeMap<>(large.refused());
    if (refused.size() < 2) {
      return;
    }
    LedgerEntry first = new LedgerEntry(large.sessionId(), large.writer());
    first.acked().addAll(large.acked());
    first.stored().addAll(large.stored());
    first.complete(large.isComplete());
    LedgerEntry second = new LedgerEntry(large.sessionId(), large.writer());
    refused.forEach((seq, reason) -> {
      LedgerEntry half = 2 * first.refused().size() < refused.size() ? first : second;
      half.refuse(seq, reason);
    });
    ready.addFirst(second);
    ready.addFirst(first);
  }
}
