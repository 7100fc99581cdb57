package io.pacewire.sdk;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ServerFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a platform remembers and answers, without a network: batches taken and stored by session,
 * and what a test wants to go wrong. The fronts ({@link TestStream}, {@link TestBroker}) carry it.
 */
final class TestPlatform {
  static final int DEFER_MS = 300;

  /** Batches of one session as they arrived, by number. */
  final Map<UUID, TreeMap<Integer, byte[]>> taken = new ConcurrentHashMap<>();

  final Map<UUID, List<Integer>> arrivals = new ConcurrentHashMap<>();
  final Map<Integer, String> refuse = new ConcurrentHashMap<>();
  final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  final List<String> renewals = Collections.synchronizedList(new ArrayList<>());
  final Set<Long> sentAt = ConcurrentHashMap.newKeySet();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger queries = new AtomicInteger();
  final AtomicInteger contentConflicts = new AtomicInteger();
  volatile boolean acking = true;
  volatile boolean storing = true;
  volatile boolean answering = true;
  volatile int maxBatchBytes;
  volatile int window;
  /** So many batches are not taken but deferred. */
  final AtomicInteger defer = new AtomicInteger();

  // Connections end after this many more batches: taken, but never acknowledged. Negative: never.
  final AtomicInteger dropAfter = new AtomicInteger(-1);

  /** Takes a batch; null when the connection shall break now, else what to answer. */
  synchronized ServerFrame take(byte[] bytes) {
    SampleBatch batch = BatchCodec.decode(bytes);
    UUID session = batch.sessionId();
    int seq = batch.seq();
    arrivals
        .computeIfAbsent(session, id -> Collections.synchronizedList(new ArrayList<>()))
        .add(seq);
    if (defer.get() > 0 && defer.getAndDecrement() > 0) {
      LedgerEntry entry = new LedgerEntry(session, 0);
      entry.deferred().add(seq, seq);
      return ServerFrame.of(List.of(entry), DEFER_MS, 0);
    }
    String refusal = refuse.get(seq);
    if (refusal == null) {
      byte[] before = taken.computeIfAbsent(session, id -> new TreeMap<>()).putIfAbsent(seq, bytes);
      if (before != null && !Arrays.equals(before, bytes)) {
        contentConflicts.incrementAndGet();
      }
    }
    if (dropAfter.get() >= 0 && dropAfter.getAndDecrement() == 0) {
      return null;
    }
    return answer(session, seq, refusal);
  }

  /** The whole ledger, as it answers a query. */
  synchronized ServerFrame ledger(UUID session) {
    queries.incrementAndGet();
    LedgerEntry entry = new LedgerEntry(session, 0);
    entry.complete(true);
    for (int seq : taken.getOrDefault(session, new TreeMap<>()).keySet()) {
      entry.acked().add(seq, seq);
      if (storing) {
        entry.stored().add(seq, seq);
      }
    }
    refuse.forEach(entry::refuse);
    return ServerFrame.of(entry, 0);
  }

  /** What a platform without its Kafka topic knows: nothing. */
  synchronized void loseEverything() {
    taken.clear();
    arrivals.clear();
  }

  synchronized int count(UUID session) {
    return taken.getOrDefault(session, new TreeMap<>()).size();
  }

  /** Whether batches 0 to n-1 are there, all the same ones as ever. */
  synchronized boolean isWhole(UUID session) {
    TreeMap<Integer, byte[]> batches = taken.getOrDefault(session, new TreeMap<>());
    return !batches.isEmpty() && batches.lastKey() == batches.size() - 1;
  }

  synchronized List<SampleBatch> batches(UUID session) {
    List<SampleBatch> all = new ArrayList<>();
    for (byte[] bytes : taken.getOrDefault(session, new TreeMap<>()).values()) {
      all.add(BatchCodec.decode(bytes));
    }
    return all;
  }

  int fixes(UUID session) {
    int sum = 0;
    for (SampleBatch batch : batches(session)) {
      sum += batch.fixes().size();
    }
    return sum;
  }

  private ServerFrame answer(UUID session, int seq, String refusal) {
    LedgerEntry entry = new LedgerEntry(session, 0);
    if (acking) {
      entry.acked().add(seq, seq);
    }
    if (refusal != null) {
      entry.refuse(seq, refusal);
    } else if (storing) {
      entry.stored().add(seq, seq);
    }
    return ServerFrame.of(entry, 0);
  }
}
