package io.pacewire.sdk.internal;

import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.ServerFrame;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of all sessions and what the platform says about them. Whatever is said counts for the
 * very session and writer it names, and only for batches that were sent. Used by the uploader's
 * thread.
 */
final class LedgerBook {
  private final SqliteSampleStore store;
  private final SendWindow window;
  private final UploadSettings settings;
  private final UploadEvents events;
  private final Map<StoredSession, Entry> entries = new LinkedHashMap<>();
  private long connectedAtNanos;

  private static final class Entry {
    final UploadLane lane;
    final StallWatch watch = new StallWatch();
    boolean dirty = true; // what was sent in earlier runs is news

    Entry(UploadLane lane) {
      this.lane = lane;
    }
  }

  LedgerBook(
      SqliteSampleStore store, SendWindow window, UploadSettings settings, UploadEvents events) {
    this.store = store;
    this.window = window;
    this.settings = settings;
    this.events = events;
  }

  UploadLane add(StoredSession session) {
    return entry(session).lane;
  }

  List<UploadLane> lanes() {
    List<UploadLane> all = new ArrayList<>(entries.size());
    for (Entry entry : entries.values()) {
      all.add(entry.lane);
    }
    return all;
  }

  void forgetIfDone(StoredSession session) {
    Entry entry = entries.get(session);
    if (session.progress().isComplete() && (entry == null || entry.lane.isEmpty())) {
      publish();
      entries.remove(session);
      store.forget(session);
    }
  }

  void connected(long now) {
    connectedAtNanos = now;
    for (Entry entry : entries.values()) {
      entry.lane.connected();
      entry.watch.ackProgress(now);
      entry.watch.storedProgress(now);
    }
  }

  void disconnected() {
    for (Entry entry : entries.values()) {
      entry.lane.disconnected();
    }
  }

  void sending(UploadLane lane, int seq, long now) {
    Entry entry = entry(lane.session());
    if (!lane.hasInFlight()) {
      entry.watch.ackProgress(now);
    }
    lane.sending(seq);
    entry.dirty = true;
  }

  /** True if the platform took or stored anything of ours. */
  boolean apply(ServerFrame frame, long now) {
    boolean any = false;
    for (LedgerEntry news : frame.ledger()) {
      Entry entry = find(news.sessionId(), news.writer());
      if (entry != null) {
        any |= apply(entry, news, now);
      }
    }
    return any;
  }

  boolean ack(UUID sessionId, int writer, int seq, long now) {
    Entry entry = find(sessionId, writer);
    return entry != null && ack(entry, seq, seq, now);
  }

  boolean isAckLate(UploadLane lane, long now) {
    return lane.hasInFlight() && entry(lane.session()).watch.isAckLate(now, settings.ackTimeoutMs);
  }

  boolean isStoredLate(UploadLane lane, long now) {
    return lane.hasAckedOnly()
        && entry(lane.session()).watch.isStoredLate(now, settings.storedTimeoutMs);
  }

  void asked(UploadLane lane, long now) {
    entry(lane.session()).watch.asked(now);
  }

  /** Goes on without the ledger's answers that do not come. */
  void releaseLate(long now) {
    long waitedMs = (now - connectedAtNanos) / 1_000_000;
    for (Entry entry : entries.values()) {
      if (entry.lane.isCatchingUp() && waitedMs > settings.ledgerPatienceMs) {
        entry.lane.caughtUp();
      }
      if (entry.watch.isAnswerLate(now, settings.ledgerPatienceMs)) {
        reopen(entry);
      }
    }
  }

  /** Tells the app what moved since the last call. */
  void publish() {
    for (Map.Entry<StoredSession, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (entry.dirty) {
        entry.dirty = false;
        each.getKey().progress().moved(entry.lane.sentCount(), entry.lane.ackedCount());
        events.changed(each.getKey());
      }
    }
  }

  private boolean apply(Entry entry, LedgerEntry news, long now) {
    boolean any = false;
    for (Map.Entry<Integer, String> refusal : news.refused().entrySet()) {
      any |= refuse(
          entry,
          refusal.getKey(),
          refusal.getValue()); // first: what is refused must not be freed, whatever a range says
    }
    SeqRanges stored = news.stored();
    for (int i = 0; i < stored.count(); i++) {
      any |= store(entry, stored.from(i), stored.to(i), now);
    }
    SeqRanges acked = news.acked();
    for (int i = 0; i < acked.count(); i++) {
      any |= ack(entry, acked.from(i), acked.to(i), now);
    }
    SeqRanges deferred = news.deferred();
    for (int i = 0; i < deferred.count(); i++) {
      defer(entry, deferred.from(i), deferred.to(i));
    }
    if (news.isComplete()) {
      entry.lane.caughtUp();
      if (entry.watch.isAsked()) {
        reopen(entry);
      }
    }
    if (!entry.lane.hasAckedOnly()) {
      entry.watch.settled();
    }
    return any;
  }

  private boolean refuse(Entry entry, int seq, String reason) {
    if (!entry.lane.refuse(seq)) {
      return false;
    }
    StoredSession session = entry.lane.session();
    window.done(session, seq);
    store.refused(session, seq, reason);
    events.refused(session.id(), seq, reason);
    entry.dirty = true;
    return true;
  }

  /** No more than what is on its way can be meant, however long the range is. */
  private void defer(Entry entry, int from, int to) {
    int end = Math.min(to, entry.lane.lastInFlight());
    for (int seq = from; seq <= end; seq++) {
      if (entry.lane.defer(seq)) {
        window.done(entry.lane.session(), seq);
      }
    }
  }

  private boolean store(Entry entry, int from, int to, long now) {
    BitSet news = entry.lane.store(from, to);
    return eachRun(entry, news, (start, end) -> {
      entry.watch.storedProgress(now);
      entry.watch.ackProgress(now);
      store.stored(entry.lane.session(), start, end);
    });
  }

  private boolean ack(Entry entry, int from, int to, long now) {
    boolean first = !entry.lane.hasAckedOnly();
    BitSet news = entry.lane.ack(from, to);
    if (first && !news.isEmpty()) {
      entry.watch.storedProgress(now);
    }
    return eachRun(entry, news, (start, end) -> {
      entry.watch.ackProgress(now);
      store.acked(entry.lane.session(), start, end);
    });
  }

  private void reopen(Entry entry) {
    int count = entry.lane.reopen(entry.watch.takeResend());
    entry.dirty |= count > 0;
  }

  private interface Run {
    void each(int from, int to);
  }

  private boolean eachRun(Entry entry, BitSet seqs, Run action) {
    for (int from = seqs.nextSetBit(0); from >= 0; ) {
      int end = seqs.nextClearBit(from);
      for (int seq = from; seq < end; seq++) {
        window.done(entry.lane.session(), seq);
      }
      action.each(from, end - 1);
      from = seqs.nextSetBit(end);
    }
    entry.dirty |= !seqs.isEmpty();
    return !seqs.isEmpty();
  }

  private Entry entry(StoredSession session) {
    Entry known = entries.get(session);
    if (known == null) {
      known = new Entry(new UploadLane(session));
      entries.put(session, known);
    }
    return known;
  }

  private @Nullable Entry find(UUID sessionId, int writer) {
    for (Map.Entry<StoredSession, Entry> each : entries.entrySet()) {
      if (each.getKey().writer == writer && each.getKey().id().equals(sessionId)) {
        return each.getValue();
      }
    }
    return null;
  }
}
