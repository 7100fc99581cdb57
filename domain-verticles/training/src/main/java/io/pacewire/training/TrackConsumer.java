package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.training.TrackFolder.Fresh;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happens to a poll batch: its batches are stored as chunks, then folded, then told. Every step
 * may happen twice. Used from one event loop.
 */
final class TrackConsumer {
  private static final System.Logger LOG = System.getLogger(TrackConsumer.class.getName());

  /** One less than there are connections: who asks beside it finds one. */
  private static final int FINISHED_AT_ONCE = 3;

  private final SessionHeads heads;
  private final ChunkStore store;
  private final TrackFolder folder;
  private final FoldCheckpoints checkpoints;
  private final SessionFinisher finisher;
  private final SessionStarts starts;
  private final SessionRepository sessions;
  private final SessionTouches touches;
  private final ChunkRepository chunks;
  private final LiveView live;
  private final LedgerFeed ledgers;

  TrackConsumer(
      SessionHeads heads,
      ChunkStore store,
      TrackFolder folder,
      FoldCheckpoints checkpoints,
      SessionFinisher finisher,
      SessionStarts starts,
      SessionRepository sessions,
      SessionTouches touches,
      ChunkRepository chunks,
      LiveView live,
      LedgerFeed ledgers) {
    this.heads = heads;
    this.store = store;
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.finisher = finisher;
    this.starts = starts;
    this.sessions = sessions;
    this.touches = touches;
    this.chunks = chunks;
    this.live = live;
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
                    checkpoints.save(advanced, newestMs(outcome)),
                    touches.note(touched(outcome, known), known)))
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
    return store.store(byHead.getOrDefault(true, List.of()), known).map(outcome -> {
      outcome.failed().addAll(homeless);
      return outcome;
    });
  }

  private Future<List<WriterFold>> fold(
      ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    List<WriterFold> advanced = new ArrayList<>();
    return InTurn.each(
            folder.grouped(fresh(outcome, known)), group -> advance(group, outcome, advanced))
        .compose(done -> settled())
        .compose(done -> starts.tell(advanced))
        .compose(untold -> InTurn.each(untold, one -> {
          advanced.remove(one.fold());
          return setAside(one.fold(), one.cause());
        }))
        .compose(done -> InTurn.several(
            advanced,
            FINISHED_AT_ONCE,
            fold -> finish(fold).recover(cause -> setAside(fold, cause))))
        .map(advanced);
  }

  private static List<Fresh> fresh(ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    Map<WriterKey, Fresh> byWriter = new LinkedHashMap<>();
    for (TelemetryRecord record : outcome.stored()) {
      SessionHead head = known.get(record.writer().session());
      if (head != null) { // else its records were dead-lettered
        byWriter
            .computeIfAbsent(record.writer(), key -> new Fresh(key, head, new ArrayList<>(2)))
            .records()
            .add(record);
      }
    }
    List<Fresh> all = new ArrayList<>(byWriter.values());
    all.forEach(one -> one.records().sort(Comparator.comparingInt(TelemetryRecord::seq)));
    return all;
  }

  private Future<Void> advance(
      List<Fresh> group, ChunkStore.Outcome outcome, List<WriterFold> advanced) {
    return folder
        .load(group)
        .compose(loaded -> InTurn.each(
            group,
            one -> folder
                .advance(one, outcome.inserted(), loaded.get(one.key()))
                .map(found -> {
                  found.ifPresent(fold -> {
                    advanced.add(fold);
                    live.changed(fold, one.records());
                  });
                  return null;
                })));
  }

  private static long newestMs(ChunkStore.Outcome outcome) {
    return outcome.stored().stream()
        .mapToLong(TelemetryRecord::receivedAtMs)
        .max()
        .orElse(0);
  }

  private Future<Void> finish(WriterFold fold) {
    if (!fold.sequence().state().finished() || fold.head().state() != SessionHead.State.LIVE) {
      return Future.succeededFuture();
    }
    return everybodyFinished(fold)
        .compose(
            all -> all ? finisher.finish(fold.head()) : Future.succeededFuture(Optional.empty()))
        .onSuccess(finished -> finished.ifPresent(training -> finished(fold, training)))
        .mapEmpty();
  }

  private void finished(WriterFold fold, Training training) {
    SessionKey key = fold.key().session();
    heads.finished(key);
    folder.forget(key);
    live.finished(key, training.revision(), training.complete());
    LOG.log(INFO, "training {0} finished, revision {1}", key.sessionId(), training.revision());
  }

  /** Others that are not are waited for, until the sweep gives them up. */
  private Future<Boolean> everybodyFinished(WriterFold fold) {
    return chunks.listWriters(fold.head()).compose(writers -> {
      Future<Boolean> all = Future.succeededFuture(true);
      for (int writer : writers) {
        WriterKey other = new WriterKey(fold.key().session(), writer);
        if (!other.equals(fold.key())) {
          all = all.compose(
              so -> so ? folder.isFinished(other, fold) : Future.succeededFuture(false));
        }
      }
      return all;
    });
  }

  /** A session of which nobody can be told must not hold up its partition. */
  private Future<Void> setAside(WriterFold fold, Throwable cause) {
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    LOG.log(ERROR, "session set aside, its batches go on being stored", cause);
    SessionKey key = fold.key().session();
    folder.forget(key);
    heads.forget(key);
    return sessions.quarantine(key, "not to be told: " + cause);
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
      touched.merge(key, Touch.of(record, folder.mayLead(record.writer()), ends), Touch::and);
    }
    return touched;
  }
}
