package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.pg.PgFaults;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stores batches so that twice is once and a place is never taken by another content. */
final class ChunkStore {
  private static final System.Logger LOG = System.getLogger(ChunkStore.class.getName());

  private final BatchRepository batches;
  private final SkipRepository skips;
  private final TrainingMeters meters;

  ChunkStore(BatchRepository batches, SkipRepository skips, TrainingMeters meters) {
    this.batches = batches;
    this.skips = skips;
    this.meters = meters;
  }

  /**
   * @param stored the database holds them, from now or from before, tombstones included
   * @param inserted those that were not there before
   * @param refused their place holds another content
   * @param failed no database takes them: each alone made its statement fail
   * @param skipped all that is kept of what devices dropped, of the writers who said so here
   */
  record Outcome(
      List<TelemetryRecord> stored,
      Set<ChunkId> inserted,
      List<TelemetryRecord> refused,
      List<TelemetryRecord> failed,
      Map<WriterKey, SeqRanges> skipped) {

    static Outcome empty() {
      return new Outcome(
          new ArrayList<>(),
          new HashSet<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new HashMap<>());
    }

    Outcome and(Outcome other) {
      stored.addAll(other.stored);
      inserted.addAll(other.inserted);
      refused.addAll(other.refused);
      failed.addAll(other.failed);
      skipped.putAll(other.skipped); // what came later is more
      return this;
    }
  }

  Future<Outcome> store(List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    return insert(records, heads)
        .recover(cause -> PgFaults.isOfContent(cause)
            ? split(records, heads, cause)
            : Future.failedFuture(cause));
  }

  private Future<Outcome> insert(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    Map<ChunkId, TelemetryRecord> first = new HashMap<>();
    List<TelemetryRecord> distinct = new ArrayList<>(records.size());
    for (TelemetryRecord record : records) {
      if (first.putIfAbsent(record.chunkId(), record) == null) {
        distinct.add(record);
      }
    }
    return batches
        .insertNew(distinct, heads)
        .onSuccess(inserted -> meters.stored().increment(inserted.size()))
        .compose(inserted -> stored(distinct, inserted, first, heads)
            .map(hashes -> sorted(records, hashes, inserted)))
        .compose(outcome -> batches.insertRefusals(outcome.refused()).map(outcome))
        .compose(outcome -> skips.add(outcome.stored()).map(kept -> {
          outcome.skipped().putAll(kept);
          return outcome;
        }));
  }

  /** Hashes of what the database holds now, at the places of {@code distinct}. */
  private Future<Map<ChunkId, Long>> stored(
      List<TelemetryRecord> distinct,
      Set<ChunkId> inserted,
      Map<ChunkId, TelemetryRecord> first,
      Map<SessionKey, SessionHead> heads) {
    List<TelemetryRecord> old =
        distinct.stream().filter(record -> !inserted.contains(record.chunkId())).toList();
    return batches.findHashes(old, heads).map(hashes -> {
      Map<ChunkId, Long> all = new HashMap<>(hashes);
      inserted.forEach(id -> all.put(id, hashOf(first, id)));
      return all;
    });
  }

  private static long hashOf(Map<ChunkId, TelemetryRecord> first, ChunkId id) {
    TelemetryRecord record = first.get(id);
    if (record == null) {
      throw new IllegalStateException("a chunk came back that was not sent");
    }
    return record.hash();
  }

  private static Outcome sorted(
      List<TelemetryRecord> records, Map<ChunkId, Long> hashes, Set<ChunkId> inserted) {
    Outcome outcome = Outcome.empty();
    outcome.inserted().addAll(inserted);
    Set<ChunkId> seen = new HashSet<>();
    for (TelemetryRecord record : records) {
      Long stored = hashes.get(record.chunkId());
      if (stored == null || stored != record.hash()) {
        outcome.refused().add(record);
      } else if (seen.add(record.chunkId())) {
        outcome.stored().add(record);
      }
    }
    return outcome;
  }

  /** Halves the statement until the guilty record is alone, so that it does not hold up the others. */
  private Future<Outcome> split(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads, Throwable cause) {
    if (records.size() == 1) {
      LOG.log(WARNING, "a batch that the database does not take: " + cause.getMessage());
      Outcome outcome = Outcome.empty();
      outcome.failed().add(records.get(0));
      return Future.succeededFuture(outcome);
    }
    int middle = records.size() / 2;
    return store(records.subList(0, middle), heads)
        .compose(left -> store(records.subList(middle, records.size()), heads).map(left::and));
  }
}
