package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.track.Figures;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to a poll batch: its batches are stored as chunks, then folded, then told. Every step
 * may happen twice. Used from one event loop.
 */
final class TrackConsumer {
  /**
   * The writer whose samples make the figures. Others are stored and acknowledged; joining them by
   * event time is a fold of its own.
   */
  static final int FIGURES_WRITER = 0;

  private static final System.Logger LOG = System.getLogger(TrackConsumer.class.getName());

  private final SessionHeads heads;
  private final ChunkStore store;
  private final TrackFolder folder;
  private final SessionFinisher finisher;
  private final SessionRepository sessions;
  private final LiveView live;
  private final LedgerFeed ledgers;
  private final SampleBatch scratch = new SampleBatch();

  TrackConsumer(
      SessionHeads heads,
      ChunkStore store,
      TrackFolder folder,
      SessionFinisher finisher,
      SessionRepository sessions,
      LiveView live,
      LedgerFeed ledgers) {
    this.heads = heads;
    this.store = store;
    this.folder = folder;
    this.finisher = finisher;
    this.sessions = sessions;
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
        .compose(known ->
            store.store(records, known).compose(outcome -> fold(outcome, known).map(outcome)))
        .onSuccess(this::tell)
        .compose(outcome -> touch(outcome).map(done -> outcome.failed()));
  }

  private Future<Void> fold(ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    Map<WriterKey, List<TelemetryRecord>> byWriter = new LinkedHashMap<>();
    for (TelemetryRecord record : outcome.stored()) {
      byWriter.computeIfAbsent(record.writer(), created -> new ArrayList<>()).add(record);
    }
    List<WriterFold> advanced = new ArrayList<>();
    Future<Void> chain = Future.succeededFuture();
    for (Map.Entry<WriterKey, List<TelemetryRecord>> entry : byWriter.entrySet()) {
      if (entry.getKey().writer() != FIGURES_WRITER) {
        continue;
      }
      List<TelemetryRecord> fresh = entry.getValue();
      fresh.sort(Comparator.comparingInt(TelemetryRecord::seq));
      SessionHead head = known.get(entry.getKey().session());
      if (head == null) {
        continue; // its head could not be made: its records were dead-lettered
      }
      chain = chain.compose(done -> folder.advance(entry.getKey(), head, fresh)).compose(fold -> {
        advanced.add(fold);
        live.changed(fold, tip(fresh));
        return follow(fold);
      });
    }
    return chain.compose(done -> folder.saveCheckpoints(advanced));
  }

  /** What a session's first and last folded batch bring about. */
  private Future<Void> follow(WriterFold fold) {
    Figures figures = fold.state().figures();
    Future<Void> started = Future.succeededFuture();
    if (!fold.isStartTold() && figures.startAtEpochMs() > 0) {
      fold.startTold();
      started = finisher.tellStart(fold.head(), figures).mapEmpty();
    }
    if (!fold.state().finished() || fold.head().state() != SessionHead.State.LIVE) {
      return started;
    }
    SessionKey key = fold.key().session();
    return started
        .compose(done -> finisher.finish(fold.head(), fold.key().writer()))
        .onSuccess(finished -> {
          heads.finished(key);
          folder.forget(fold.key());
          live.finished(key, finished.revision(), finished.complete());
          LOG.log(
              INFO, "training {0} finished, revision {1}", key.sessionId(), finished.revision());
        })
        .mapEmpty();
  }

  private Tip tip(List<TelemetryRecord> fresh) {
    Tip tip = null;
    for (TelemetryRecord record : fresh) {
      Tip next = tipOf(record);
      tip = tip == null ? next : tip.merge(next);
    }
    if (tip == null) {
      throw new IllegalArgumentException("no records");
    }
    return tip;
  }

  private Tip tipOf(TelemetryRecord record) {
    if (record.fault() == null) {
      BatchCodec.decode(record.bytes(), 0, record.bytes().length, scratch);
    } else {
      scratch.clear();
    }
    return Tip.of(scratch, correctedAtMs(record), record.receivedAtMs());
  }

  /** By the server's clock, and never in its future: a phone that is a day ahead pins nothing. */
  private static long correctedAtMs(TelemetryRecord record) {
    return Math.min(record.lastAtMs() + record.clockOffsetMs(), record.receivedAtMs());
  }

  private void tell(ChunkStore.Outcome outcome) {
    LedgerChanges.of(outcome).forEach(ledgers::publish);
  }

  private Future<Void> touch(ChunkStore.Outcome outcome) {
    Map<SessionKey, Touch> touched = new HashMap<>();
    for (TelemetryRecord record : outcome.stored()) {
      touched.merge(
          record.writer().session(),
          new Touch(record.receivedAtMs(), correctedAtMs(record)),
          Touch::newer);
    }
    // Only tells when a session was last heard of: not worth doing a poll batch again for.
    return sessions.touch(touched).recover(cause -> {
      LOG.log(WARNING, "sessions not touched: " + cause.getMessage());
      return Future.succeededFuture();
    });
  }
}
