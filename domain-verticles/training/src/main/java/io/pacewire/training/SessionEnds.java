package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Future;
import java.util.Optional;

/** Writes the trainings of sessions that everybody who records them has finished. Used from one event loop. */
final class SessionEnds {
  private static final System.Logger LOG = System.getLogger(SessionEnds.class.getName());

  /** Of each, chunks and points of the whole recording are in memory while it is folded. */
  private static final int FINISHED_AT_ONCE = 3;

  private final SessionHeads heads;
  private final TrackFolder folder;
  private final SessionFinisher finisher;
  private final SessionsAside aside;
  private final ChunkRepository chunks;
  private final LiveView live;

  SessionEnds(
      SessionHeads heads,
      TrackFolder folder,
      SessionFinisher finisher,
      SessionsAside aside,
      ChunkRepository chunks,
      LiveView live) {
    this.heads = heads;
    this.folder = folder;
    this.finisher = finisher;
    this.aside = aside;
    this.chunks = chunks;
    this.live = live;
  }

  /** Of those in {@code advanced} that came to their end. */
  Future<Void> finish(Iterable<WriterFold> advanced) {
    return InTurn.several(
        advanced,
        FINISHED_AT_ONCE,
        fold -> Future.<Void>succeededFuture()
            .compose(begun -> finish(fold))
            .recover(cause -> setAside(fold, cause)));
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
  Future<Void> setAside(WriterFold fold, Throwable cause) {
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    return aside.put(fold.key().session(), "telling", cause);
  }
}
