package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.training.Gaps.Gap;
import io.pacewire.training.Recomputation.Folded;
import io.pacewire.training.Recomputation.Missing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The whole of a session as a viewer needs it to begin with, computed from its chunks. */
final class LiveSnapshot {
  private static final int MAX_POINTS = 6_000;
  private static final int MAX_VERDICTS = 50;
  private static final int SPANS_BEYOND_A_GAP = 1_000;

  private final ChunkRepository chunks;
  private final Recomputation recomputation;
  private final InstantSource clock;

  LiveSnapshot(ChunkRepository chunks, Recomputation recomputation, InstantSource clock) {
    this.chunks = chunks;
    this.recomputation = recomputation;
    this.clock = clock;
  }

  Future<JsonObject> take(SessionHead head) {
    // Before the first read: whatever is published later than this may be missing here, the rest is
    // not.
    long version = clock.millis();
    CollectedTrack track = new CollectedTrack(true);
    int writer = TrackConsumer.FIGURES_WRITER;
    return recomputation
        .run(head, writer, missingOf(head), track)
        .compose(folded -> chunks
            .listSpans(head, writer, folded.position(), SPANS_BEYOND_A_GAP)
            .map(spans -> {
              Figures figures = folded.state().figures();
              List<Gap> missing = Gaps.between(folded.position(), figures.lastAtEpochMs(), spans);
              return message(head, folded, track, missing)
                  .put("version", version)
                  .put("serverAtMs", clock.millis());
            }));
  }

  private static Missing missingOf(SessionHead head) {
    return head.state() == SessionHead.State.FINISHED ? Missing.GIVEN_UP : Missing.WAITED_FOR;
  }

  private static JsonObject message(
      SessionHead head, Folded folded, CollectedTrack track, List<Gap> missing) {
    Long tipAtMs = head.tipAtMs();
    Figures figures = folded.state().figures();
    String state = head.state() == SessionHead.State.FINISHED ? "finished" : "live";
    List<Split> splits = new ArrayList<>(track.splits());
    if (!folded.state().finished()) {
      splits.add(figures.currentSplit());
    }
    List<Verdict> verdicts = track.verdicts();
    JsonObject message = LiveMessages.whole(head.key(), state, figures, missing, List.of())
        .put("type", "snapshot")
        .put("sessionId", head.key().sessionId().toString())
        .put("points", LiveJson.points(thinned(track.points())))
        .put("splits", LiveJson.splits(splits))
        .put("verdictCount", verdicts.size())
        .put(
            "verdicts",
            LiveJson.verdicts(
                verdicts.subList(Math.max(0, verdicts.size() - MAX_VERDICTS), verdicts.size())));
    if (!track.points().isEmpty() && tipAtMs != null) {
      message.put("tip", tip(track.points(), tipAtMs, missing));
    }
    return message;
  }

  private static JsonObject tip(List<TrackPoint> points, long tipAtMs, List<Gap> missing) {
    TrackPoint last = newestPlace(points);
    Tip tip = new Tip(
        tipAtMs,
        0,
        last.hasPosition() ? last.latitudeDeg() : null,
        last.hasPosition() ? last.longitudeDeg() : null,
        LiveJson.positive(last.heartRateBpm()));
    JsonObject json = LiveJson.tip(tip, !missing.isEmpty());
    json.remove("delayMs"); // belongs to a batch that arrives, not to a look at what is stored
    return json;
  }

  /** The newest point whose place is known, or the newest of all. */
  private static TrackPoint newestPlace(List<TrackPoint> points) {
    for (int i = points.size() - 1; i >= 0; i--) {
      if (points.get(i).hasPosition()) {
        return points.get(i);
      }
    }
    return points.get(points.size() - 1);
  }

  /** Every n-th point of a long recording; the newest twenty minutes stay whole. */
  static List<TrackPoint> thinned(List<TrackPoint> points) {
    if (points.size() <= MAX_POINTS) {
      return points;
    }
    int whole = 1_200;
    int older = points.size() - whole;
    int every = (older + MAX_POINTS - whole - 1) / (MAX_POINTS - whole);
    List<TrackPoint> kept = new ArrayList<>(MAX_POINTS);
    for (int i = 0; i < older; i += every) {
      kept.add(points.get(i));
    }
    kept.addAll(points.subList(older, points.size()));
    return kept;
  }

  /** The recorded line of a finished training, in the same columns. */
  Future<JsonObject> track(SessionHead head) {
    CollectedTrack track = new CollectedTrack(true);
    return recomputation
        .run(head, TrackConsumer.FIGURES_WRITER, Missing.GIVEN_UP, track)
        .map(folded -> LiveJson.points(thinned(track.points())));
  }
}
