package io.pacewire.training;

import io.pacewire.platform.live.LedgerFeed;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What happens to a poll batch: its batches are stored as chunks, then folded, then told. Every step
 * may happen twice. Used from one event loop.
 */
final class TrackConsumer {
  private final SessionHeads heads;
  private final ChunkStore store;
  private final TrackFolder folder;
  private final FoldCheckpoints checkpoints;
  private final PollFold folding;
  private final SessionStarts starts;
  private final SessionEnds ends;
  private final SessionTouches touches;
  private final LedgerFeed ledgers;

  TrackConsumer(
      SessionHeads heads,
      ChunkStore store,
      TrackFolder folder,
      FoldCheckpoints checkpoints,
      PollFold folding,
      SessionStarts starts,
      SessionEnds ends,
      SessionTouches touches,
      LedgerFeed ledgers) {
    this.heads = heads;
    this.store = store;
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.folding = folding;
    this.starts = starts;
    this.ends = ends;
    this.touches = touches;
    this.ledgers = ledgers;
  }

  /**
   * Completes when everything of {@code records} is stored and the figures follow. Returns what no
   * database takes.
   */
  Future<List<TelemetryRecord>> apply(List<TelemetryRecord> records) {
    if (records.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return heads
        .of(records)
        .compose(known -> store(records, known)
            .compose(outcome -> fold(outcome, known)
                .compose(advanced -> Future.join(
                    checkpoints.save(advanced, newestMs(outcome), records.size()),
                    touches.note(touched(outcome, known), known, records.size())))
                .map(outcome)))
        .onSuccess(this::tell)
        .map(ChunkStore.Outcome::failed);
  }

  /** What could wait of the last poll is written, too. To be waited for before heads are changed. */
  Future<Void> settled() {
    return touches.settled().compose(done -> checkpoints.settled());
  }

  /** Where no more sessions are begun for an athlete, the batches of what is none are refused. */
  private Future<ChunkStore.Outcome> store(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> known) {
    Map<Boolean, List<TelemetryRecord>> byHead = records.stream()
        .collect(Collectors.partitioningBy(
            record -> known.containsKey(record.writer().session())));
    List<TelemetryRecord> homeless = byHead.getOrDefault(false, List.of());
    List<TelemetryRecord> housed = byHead.getOrDefault(true, List.of());
    return store
        .store(housed, known, () -> heads.ensureMonthsOf(known.values()))
        .map(outcome -> {
          outcome.failed().addAll(homeless);
          return outcome;
        });
  }

  private Future<List<WriterFold>> fold(
      ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    return folding
        .advance(outcome, known)
        .compose(advanced -> settled()
            .compose(done -> starts.tell(advanced))
            .compose(untold -> InTurn.each(untold, one -> {
              advanced.remove(one.fold());
              return ends.setAside(one.fold(), one.cause());
            }))
            .compose(done -> ends.finish(advanced))
            .map(advanced));
  }

  private static long newestMs(ChunkStore.Outcome outcome) {
    return outcome.stored().stream()
        .mapToLong(TelemetryRecord::receivedAtMs)
        .max()
        .orElse(0);
  }

  private void tell(ChunkStore.Outcome outcome) {
    LedgerChanges.of(outcome).forEach(ledgers::publish);
  }

  private Map<SessionKey, Touch> touched(
      ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    Map<SessionKey, Touch> touched = new HashMap<>();
    for (TelemetryRecord record : outcome.stored()) {
      SessionKey key = record.writer().session();
      SessionHead head = known.get(key);
      boolean ends =
          head != null && head.state() == SessionHead.State.LIVE && heads.isFinished(key);
      boolean brings = outcome.brought().contains(record.chunkId());
      touched.merge(
          key, Touch.of(record, folder.mayLead(record.writer()), brings, ends), Touch::and);
    }
    return touched;
  }
}
