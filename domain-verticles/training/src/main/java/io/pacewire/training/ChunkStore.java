package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.pg.PgFaults;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import io.vertx.sqlclient.DatabaseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Stores batches so that twice is once and a place is never taken by another content. */
final class ChunkStore {
  private static final System.Logger LOG = System.getLogger(ChunkStore.class.getName());

  private static final String NO_PARTITION = "23514"; // check_violation, PostgreSQL's appendix A

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
   * @param brought those and what was inserted when the same poll was done before, by whomever: then what
   *     follows on storing may not have been done. Not what a device sent again
   * @param refused their place holds another content
   * @param failed no database takes them: each alone made its statement fail
   * @param skipped all that is kept of what devices dropped, of the writers who said so here
   */
  record Outcome(
      List<TelemetryRecord> stored,
      Set<ChunkId> inserted,
      Set<ChunkId> brought,
      List<TelemetryRecord> refused,
      List<TelemetryRecord> failed,
      Map<WriterKey, SeqRanges> skipped) {

    static Outcome empty() {
      return new Outcome(
          new ArrayList<>(),
          new HashSet<>(),
          new HashSet<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new HashMap<>());
    }

    Outcome and(Outcome other) {
      stored.addAll(other.stored);
      inserted.addAll(other.inserted);
      brought.addAll(other.brought);
      refused.addAll(other.refused);
      failed.addAll(other.failed);
      skipped.putAll(other.skipped); // what came later is more
      return this;
    }
  }

  /** @param months makes those of all heads, where one is no longer there */
  Future<Outcome> store(
      List<TelemetryRecord> records,
      Map<SessionKey, SessionHead> heads,
      Supplier<Future<Void>> months) {
    return insert(records, heads)
        .recover(cause -> isWithoutMonth(cause)
            ? months.get().compose(made -> store(records, heads))
            : split(records, heads, months, cause));
  }

  /** A month that was let go, which is no fault of what comes of it; or another check. */
  private static boolean isWithoutMonth(Throwable cause) {
    return cause instanceof DatabaseException fault && NO_PARTITION.equals(fault.getSqlState());
  }

  private Future<Outcome> store(List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    return insert(records, heads)
        .recover(cause -> split(records, heads, Future::succeededFuture, cause));
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
        .compose(inserted ->
            stored(distinct, inserted, first, heads).map(held -> sorted(records, held, inserted)))
        .compose(outcome -> batches.insertRefusals(outcome.refused()).map(outcome))
        .compose(outcome -> skips.add(outcome.stored()).map(kept -> {
          outcome.skipped().putAll(kept);
          return outcome;
        }));
  }

  /** What the database holds now, at the places of {@code distinct}. */
  private Future<Map<ChunkId, StoredBatch>> stored(
      List<TelemetryRecord> distinct,
      Set<ChunkId> inserted,
      Map<ChunkId, TelemetryRecord> first,
      Map<SessionKey, SessionHead> heads) {
    List<TelemetryRecord> old =
        distinct.stream().filter(record -> !inserted.contains(record.chunkId())).toList();
    return batches.findStored(old, heads).map(held -> {
      Map<ChunkId, StoredBatch> all = new HashMap<>(held);
      inserted.forEach(id -> all.put(id, sent(first, id)));
      return all;
    });
  }

  private static StoredBatch sent(Map<ChunkId, TelemetryRecord> first, ChunkId id) {
    TelemetryRecord record = first.get(id);
    if (record == null) {
      throw new IllegalStateException("a chunk came back that was not sent");
    }
    return new StoredBatch(record.hash(), record.receivedAtMs());
  }

  private static Outcome sorted(
      List<TelemetryRecord> records, Map<ChunkId, StoredBatch> held, Set<ChunkId> inserted) {
    Outcome outcome = Outcome.empty();
    outcome.inserted().addAll(inserted);
    Set<ChunkId> seen = new HashSet<>();
    for (TelemetryRecord record : records) {
      StoredBatch stored = held.get(record.chunkId());
      if (stored == null || stored.hash() != record.hash()) {
        outcome.refused().add(record);
        continue;
      }
      if (seen.add(record.chunkId())) {
        outcome.stored().add(record);
      }
      if (stored.receivedAtMs() == record.receivedAtMs()) {
        outcome.brought().add(record.chunkId());
      }
    }
    return outcome;
  }

  /** Halves the statement until the guilty record is alone, so that it does not hold up the others. */
  private Future<Outcome> split(
      List<TelemetryRecord> records,
      Map<SessionKey, SessionHead> heads,
      Supplier<Future<Void>> months,
      Throwable cause) {
    if (!PgFaults.isOfContent(cause)) {
      return Future.failedFuture(cause);
    }
    if (records.size() == 1) {
      LOG.log(WARNING, "a batch that the database does not take: " + cause.getMessage());
      Outcome outcome = Outcome.empty();
      outcome.failed().add(records.get(0));
      return Future.succeededFuture(outcome);
    }
    int middle = records.size() / 2;
    // Of the halves one may lack a month that the first fault was not about.
    return store(records.subList(0, middle), heads, months)
        .compose(left ->
            store(records.subList(middle, records.size()), heads, months).map(left::and));
  }
}
