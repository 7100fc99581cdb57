package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stores batches so that twice is once and a place is never taken by another content. */
final class ChunkStore {
  private static final System.Logger LOG = System.getLogger(ChunkStore.class.getName());

  private final ChunkRepository chunks;

  ChunkStore(ChunkRepository chunks) {
    this.chunks = chunks;
  }

  /**
   * @param stored the database holds them, from now or from before, tombstones included
   * @param refused their place holds another content
   * @param failed no database takes them: each alone made its statement fail
   */
  record Outcome(
      List<TelemetryRecord> stored, List<TelemetryRecord> refused, List<TelemetryRecord> failed) {

    static Outcome empty() {
      return new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    Outcome and(Outcome other) {
      stored.addAll(other.stored);
      refused.addAll(other.refused);
      failed.addAll(other.failed);
      return this;
    }
  }

  Future<Outcome> store(List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    return insert(records, heads)
        .recover(cause ->
            isFaultOfContent(cause) ? split(records, heads, cause) : Future.failedFuture(cause));
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
    return chunks
        .insertNew(distinct, heads)
        .compose(inserted -> {
          List<TelemetryRecord> old = distinct.stream()
              .filter(record -> !inserted.contains(record.chunkId()))
              .toList();
          return chunks.findHashes(old, heads).map(hashes -> {
            Map<ChunkId, Long> all = new HashMap<>(hashes);
            inserted.forEach(id -> all.put(id, hashOf(first, id)));
            return all;
          });
        })
        .map(hashes -> sorted(records, hashes))
        .compose(outcome -> chunks.insertRefusals(outcome.refused()).map(outcome));
  }

  private static long hashOf(Map<ChunkId, TelemetryRecord> first, ChunkId id) {
    TelemetryRecord record = first.get(id);
    if (record == null) {
      throw new IllegalStateException("a chunk came back that was not sent");
    }
    return record.hash();
  }

  private static Outcome sorted(List<TelemetryRecord> records, Map<ChunkId, Long> hashes) {
    Outcome outcome = Outcome.empty();
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

  /** SQLSTATE class 22 (data) and 23 (integrity), clause "Appendix A" of PostgreSQL's manual. */
  private static boolean isFaultOfContent(Throwable cause) {
    return cause instanceof PgException fault
        && fault.getSqlState() != null
        && (fault.getSqlState().startsWith("22") || fault.getSqlState().startsWith("23"));
  }
}
