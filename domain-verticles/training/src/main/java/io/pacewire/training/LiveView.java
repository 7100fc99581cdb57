package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.live.LiveMoment;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldSink;
import io.pacewire.training.Gaps.Gap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells viewers what changed: at once, then at most twice a second and session, so that who sends once
 * a second is shown at once, and a batch that was late delays none that is not. Works only while
 * somebody watches the athlete. Used from one event loop.
 */
final class LiveView {
  private static final System.Logger LOG = System.getLogger(LiveView.class.getName());
  private static final long LEAST_INTERVAL_MS = 500;
  private static final int MAX_WATCHED = 10_000;

  private final Vertx vertx;
  private final LiveFeed feed;
  private final ChunkRepository chunks;
  private final BeyondGaps beyond;
  private final InstantSource clock;
  private final WriterFolds folds;
  private final Map<SessionKey, LiveSession> sessions = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SessionKey, LiveSession> eldest) {
      return size() > MAX_WATCHED;
    }
  };

  LiveView(
      Vertx vertx,
      LiveFeed feed,
      ChunkRepository chunks,
      BeyondGaps beyond,
      WriterFolds folds,
      InstantSource clock) {
    this.vertx = vertx;
    this.feed = feed;
    this.chunks = chunks;
    this.beyond = beyond;
    this.folds = folds;
    this.clock = clock;
  }

  /** Where a fold's outputs go: only the line is drawn. */
  FoldSink sink(WriterKey key) {
    SessionKey session = key.session();
    if (!feed.isWatched(session.athleteId())) {
      sessions.remove(session);
      return FoldSink.NONE;
    }
    Shown shown = shown(session);
    if (shown == null || !shown.line().key().equals(key)) {
      return FoldSink.NONE;
    }
    LiveSession drawn = sessions.computeIfAbsent(session, created -> new LiveSession());
    drawn.drawnBy(key);
    return drawn;
  }

  /** These batches of this session were stored, and folded where it was their turn. */
  void changed(WriterFold fold, List<TelemetryRecord> fresh) {
    SessionKey key = fold.key().session();
    try {
      SessionKey unused = FoldFault.within(() -> {
        note(fold, fresh);
        return key;
      });
    } catch (FoldFault e) {
      // What is stored and folded of it is right: only who looks on sees less.
      LOG.log(WARNING, "live view: session {0}; {1}", key.sessionId(), FoldFault.told(e));
      sessions.remove(key);
    }
  }

  private void note(WriterFold fold, List<TelemetryRecord> fresh) {
    SessionKey key = fold.key().session();
    if (fold.head().state() != SessionHead.State.LIVE || !feed.isWatched(key.athleteId())) {
      sessions.remove(key);
      return;
    }
    LiveSession session = sessions.computeIfAbsent(key, created -> new LiveSession());
    session.tip(Tip.ofAll(fresh));
    TailFold tail = session.tail();
    if (tail != null && tail.key().equals(fold.key())) {
      beyond.take(tail, fresh);
    }
    if (session.isPublishing()) {
      return;
    }
    session.publishing();
    long wait = session.publishedAtMs() + LEAST_INTERVAL_MS - clock.millis();
    if (wait <= 0) {
      publish(key, session);
    } else {
      vertx.setTimer(wait, timer -> publish(key, session));
    }
  }

  /** The training was written: viewers may go on to it. */
  void finished(SessionKey key, int revision, boolean complete) {
    feed.publish(
        key.athleteId(),
        LiveMoment.now()
            .put(new JsonObject())
            .put("type", "finished")
            .put("sessionId", key.sessionId().toString())
            .put("trainingId", TrainingId.of(key).value().toString())
            .put("revision", revision)
            .put("complete", complete));
  }

  /** Whatever it throws, the next may be published. */
  private void publish(SessionKey key, LiveSession session) {
    Future.<Void>succeededFuture()
        .compose(begun -> {
          Shown shown = shown(key);
          return shown == null ? Future.succeededFuture() : tell(shown, session);
        })
        .onComplete(done -> session.published(clock.millis()))
        .onFailure(cause -> LOG.log(
            WARNING,
            "live view: nothing is told of session {0} now; {1}",
            key.sessionId(),
            FoldFault.told(cause)));
  }

  private Future<Void> tell(Shown shown, LiveSession session) {
    return isWhole(shown)
        .compose(whole -> whole ? gaps(shown.line()).map(Optional::of) : nothing())
        .compose(found -> beyond.follow(shown.line(), session, clock.millis()).map(found))
        .map(found -> {
          found.ifPresent(missing -> {
            session.missing(missing);
            feed.publish(shown.line().key().session().athleteId(), delta(shown, session));
            session.told();
          });
          return null;
        });
  }

  private static Future<Optional<List<Gap>>> nothing() {
    return Future.succeededFuture(Optional.empty());
  }

  /** After a takeover a hub may be heard before the phone that draws the line. */
  private Future<Boolean> isWhole(Shown shown) {
    int known = folds.of(shown.line().key().session()).size();
    return shown.line().sequence().state().started()
        ? Future.succeededFuture(true)
        : chunks.listWriters(shown.line().head()).map(writers -> writers.size() <= known);
  }

  private record Shown(WriterFold line, WriterFold heart) {}

  private @Nullable Shown shown(SessionKey key) {
    List<WriterFold> writers = folds.of(key);
    LiveWriters chosen =
        LiveWriters.of(writers.stream().map(fold -> fold.sequence().state()).toList());
    return chosen == null
        ? null
        : new Shown(writers.get(chosen.line()), writers.get(chosen.heart()));
  }

  private Future<List<Gap>> gaps(WriterFold fold) {
    if (!fold.hasGap()) {
      return Future.succeededFuture(List.of());
    }
    Figures figures = fold.sequence().state().figures();
    return beyond.missing(
        fold.head(), fold.key().writer(), fold.sequence().position(), figures.lastAtEpochMs());
  }

  private JsonObject delta(Shown shown, LiveSession session) {
    SessionKey key = shown.line().key().session();
    Figures folded = shown.line().sequence().state().figures();
    TailFold tail = session.tail();
    Figures figures =
        tail == null ? LiveFigures.of(shown.line().sequence().state()) : tail.figures();
    boolean same = shown.heart().key().equals(shown.line().key());
    JsonObject message = LiveMessages.whole(
        key,
        "live",
        figures,
        same ? figures : LiveFigures.of(shown.heart().sequence().state()),
        session.missing(),
        session.backfilled(),
        tail != null);
    Tip tip = session.tip();
    if (tip != null) {
      message.put("tip", LiveJson.tip(tip, shown.line().hasGap()));
    }
    return LiveMoment.now()
        .put(message)
        .put("type", "delta")
        .put("sessionId", key.sessionId().toString())
        .put("points", LiveJson.points(session.points()))
        .put("splits", LiveJson.splits(session.splits()).add(LiveJson.split(folded.currentSplit())))
        .put("verdicts", LiveJson.verdicts(session.verdicts()));
  }
}
