package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.live.LiveFeed;
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
import java.util.UUID;

/**
 * Tells viewers what changed: at once, then at most once a second and session. Works only while
 * somebody watches the athlete. Used from one event loop.
 */
final class LiveView {
  private static final System.Logger LOG = System.getLogger(LiveView.class.getName());
  private static final long LEAST_INTERVAL_MS = 1_000;
  private static final int MAX_WATCHED = 10_000;
  private static final int SPANS_BEYOND_A_GAP = 1_000;

  private final Vertx vertx;
  private final LiveFeed feed;
  private final ChunkRepository chunks;
  private final InstantSource clock;
  private final Map<WriterKey, LiveSession> sessions = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<WriterKey, LiveSession> eldest) {
      return size() > MAX_WATCHED;
    }
  };

  LiveView(Vertx vertx, LiveFeed feed, ChunkRepository chunks, InstantSource clock) {
    this.vertx = vertx;
    this.feed = feed;
    this.chunks = chunks;
    this.clock = clock;
  }

  /** Where a fold's outputs go. */
  FoldSink sink(WriterKey key) {
    if (!feed.isWatched(key.session().athleteId())) {
      sessions.remove(key);
      return FoldSink.NONE;
    }
    return sessions.computeIfAbsent(key, created -> new LiveSession());
  }

  /** Something of this session was stored or folded. */
  void changed(WriterFold fold, Tip tip) {
    WriterKey key = fold.key();
    if (!feed.isWatched(key.session().athleteId())) {
      sessions.remove(key);
      return;
    }
    LiveSession session = sessions.computeIfAbsent(key, created -> new LiveSession());
    session.tip(tip);
    if (session.isPublishing()) {
      return;
    }
    session.publishing();
    long wait = session.publishedAtMs() + LEAST_INTERVAL_MS - clock.millis();
    if (wait <= 0) {
      publish(fold, session);
    } else {
      vertx.setTimer(wait, timer -> publish(fold, session));
    }
  }

  /** The training was written: viewers may go on to it. */
  void finished(SessionKey key, int revision, boolean complete) {
    feed.publish(
        key.athleteId(),
        new JsonObject()
            .put("type", "finished")
            .put("sessionId", key.sessionId().toString())
            .put("version", clock.millis())
            .put("trainingId", TrainingId.of(key).value().toString())
            .put("revision", revision)
            .put("complete", complete));
  }

  private void publish(WriterFold fold, LiveSession session) {
    gaps(fold)
        .onSuccess(missing -> {
          session.missing(missing);
          feed.publish(fold.key().session().athleteId(), delta(fold, session));
          session.published(clock.millis());
        })
        .onFailure(cause -> {
          LOG.log(WARNING, "live view: gaps are not known now: " + cause.getMessage());
          session.published(clock.millis());
        });
  }

  private Future<List<Gap>> gaps(WriterFold fold) {
    if (!fold.hasGap()) {
      return Future.succeededFuture(List.of());
    }
    int position = fold.sequence().position();
    long foldedUntilMs = fold.sequence().state().figures().lastAtEpochMs();
    return chunks
        .listSpans(fold.head(), fold.key().writer(), position, SPANS_BEYOND_A_GAP)
        .map(spans -> Gaps.between(position, foldedUntilMs, spans));
  }

  private JsonObject delta(WriterFold fold, LiveSession session) {
    UUID sessionId = fold.key().session().sessionId();
    JsonObject message = LiveMessages.whole(
        fold.key().session(),
        "live",
        fold.sequence().state().figures(),
        session.missing(),
        session.backfilled());
    Tip tip = session.tip();
    if (tip != null) {
      message.put("tip", LiveJson.tip(tip, fold.hasGap()));
    }
    Figures figures = fold.sequence().state().figures();
    return message
        .put("type", "delta")
        .put("sessionId", sessionId.toString())
        .put("version", clock.millis())
        .put("points", LiveJson.points(session.points()))
        .put(
            "splits", LiveJson.splits(session.splits()).add(LiveJson.split(figures.currentSplit())))
        .put("verdicts", LiveJson.verdicts(session.verdicts()));
  }
}
