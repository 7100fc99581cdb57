package io.pacewire.training;

import io.pacewire.platform.live.LiveMoment;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldState;
import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.training.Gaps.Gap;
import io.pacewire.training.LiveLine.Written;
import io.pacewire.training.Recomputation.Missing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The whole of a session as a viewer needs it to begin with, computed from its chunks. */
final class LiveSnapshot {
  static final int MAX_POINTS = 6_000;
  private static final int MAX_VERDICTS = 50;
  private static final int AT_ONCE = 4;
  private static final int WAITING = 256;

  private final ChunkRepository chunks;
  private final BeyondGaps beyond;
  private final Recomputation recomputation;
  private final SessionFold folds;
  private final FinishedSnapshot finished;
  private final TrainingLines lines;
  private final InstantSource clock;
  private final Turnstile turnstile = new Turnstile(AT_ONCE, WAITING);

  LiveSnapshot(
      ChunkRepository chunks,
      BeyondGaps beyond,
      Recomputation recomputation,
      SessionFold folds,
      FinishedSnapshot finished,
      TrainingLines lines,
      InstantSource clock) {
    this.chunks = chunks;
    this.beyond = beyond;
    this.folds = folds;
    this.finished = finished;
    this.lines = lines;
    this.recomputation = recomputation;
    this.clock = clock;
  }

  Future<JsonObject> take(SessionHead head) {
    // Before the first read: what this node publishes from now on may be missing here.
    LiveMoment begun = LiveMoment.now();
    Future<JsonObject> taken = head.state() == SessionHead.State.FINISHED
        ? finished
            .take(head)
            .compose(kept -> kept.map(Future::succeededFuture).orElseGet(() -> foldedAgain(head)))
        : finished.shown(head).compose(shown -> inTurn(head, () -> underWay(head)));
    return taken.map(message -> begun.put(message).put("serverAtMs", clock.millis()));
  }

  private Future<JsonObject> underWay(SessionHead head) {
    return views(head)
        .compose(view -> chunks
            .newestAtMs(head)
            .map(newest -> message(head, view, later(newest.orElse(null), head.tipAtMs()))));
  }

  private Future<JsonObject> foldedAgain(SessionHead head) {
    return inTurn(
        head,
        () -> folds
            .run(head, LiveLine.room())
            .map(folded -> message(head, View.of(folded), head.tipAtMs())));
  }

  /** Who looks at a day's recording has it folded from the first batch, with some megabytes of points. */
  private Future<JsonObject> inTurn(SessionHead head, Supplier<Future<JsonObject>> fold) {
    return turnstile.pass(head.key().athleteId(), fold);
  }

  /**
   * @param splits the begun one included
   * @param partial whether figures go on behind what is missing
   */
  private record View(
      Figures figures,
      Figures heart,
      CollectedTrack track,
      List<Split> splits,
      List<Gap> missing,
      boolean partial) {

    static View of(FoldedSession folded) {
      CollectedTrack track = folded.track();
      return new View(folded.figures(), folded.figures(), track, track.splits(), List.of(), false);
    }
  }

  private Future<View> views(SessionHead head) {
    return chunks.listWriters(head).compose(writers -> {
      LiveLine all = new LiveLine();
      return InTurn.each(writers.isEmpty() ? List.of(0) : writers, writer -> {
            CollectedTrack track = LiveLine.room();
            return recomputation.run(head, writer, Missing.WAITED_FOR, track).map(folded -> {
              all.add(writer, folded, track);
              return null;
            });
          })
          .compose(done -> view(head, all));
    });
  }

  private Future<View> view(SessionHead head, LiveLine all) {
    Written line = all.line();
    Written heart = all.heart();
    FoldState state = line.state();
    Figures figures = state.figures();
    List<Split> splits = new ArrayList<>(all.track().splits());
    if (!state.finished()) {
      splits.add(figures.currentSplit());
    }
    int position = line.folded().position();
    return beyond
        .missing(head, line.writer(), position, figures.lastAtEpochMs())
        .compose(missing -> figuresBeyond(head, line, missing).map(found -> {
          Figures shown = found.orElse(figures);
          Figures heard =
              heart.writer() == line.writer() ? shown : heart.state().figures();
          return new View(shown, heard, all.track(), splits, missing, found.isPresent());
        }));
  }

  private Future<Optional<Figures>> figuresBeyond(
      SessionHead head, Written line, List<Gap> missing) {
    return missing.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : beyond
            .fold(head, line.writer(), line.state(), line.folded().position())
            .map(tail -> tail.map(TailFold::figures));
  }

  private static @Nullable Long later(@Nullable Long one, @Nullable Long other) {
    return one == null || (other != null && other > one) ? other : one;
  }

  private static JsonObject message(SessionHead head, View view, @Nullable Long tipAtMs) {
    String state = head.state() == SessionHead.State.FINISHED ? "finished" : "live";
    List<Verdict> verdicts = view.track().verdicts();
    List<TrackPoint> points = view.track().points();
    JsonObject message = LiveMessages.whole(
            head.key(),
            state,
            view.figures(),
            view.heart(),
            view.missing(),
            List.of(),
            view.partial())
        .put("type", "snapshot")
        .put("sessionId", head.key().sessionId().toString())
        .put("points", LiveJson.points(thinned(points)))
        .put("splits", LiveJson.splits(view.splits()))
        .put("verdictCount", verdictCount(verdicts))
        .put(
            "verdicts",
            LiveJson.verdicts(
                verdicts.subList(Math.max(0, verdicts.size() - MAX_VERDICTS), verdicts.size())));
    if (!points.isEmpty() && tipAtMs != null) {
      message.put("tip", tip(points, tipAtMs, view.missing()));
    }
    return message;
  }

  /** Of all that there were; only so many are kept. */
  private static int verdictCount(List<Verdict> verdicts) {
    return verdicts.isEmpty() ? 0 : verdicts.get(verdicts.size() - 1).index() + 1;
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

  private static List<TrackPoint> thinned(List<TrackPoint> points) {
    List<TrackPoint> kept = new ArrayList<>(Math.min(MAX_POINTS, points.size()));
    for (int place : kept(points.size())) {
      kept.add(points.get(place));
    }
    return kept;
  }

  /**
   * Every n-th point of a long recording; the newest 1,200 stay whole. Those are twenty minutes at one
   * a second, and more where a line was thinned before ({@link LiveLine#MOST_POINTS}).
   */
  static int[] kept(int size) {
    if (size <= MAX_POINTS) {
      return IntStream.range(0, size).toArray();
    }
    int whole = 1_200;
    int older = size - whole;
    int every = (older + MAX_POINTS - whole - 1) / (MAX_POINTS - whole);
    return IntStream.range(0, size)
        .filter(place -> place >= older || place % every == 0)
        .toArray();
  }

  /**
   * The line of a finished training, in the same columns.
   *
   * @param raw whether with the places that the receiver stated, beside those of the filter
   */
  Future<JsonObject> track(UUID athleteId, Training training, boolean raw) {
    return lines.of(athleteId, training).map(line -> {
      int[] kept = kept(line.size());
      JsonObject columns = PointsJson.columns(line, kept);
      return raw ? columns.mergeIn(PointsJson.rawPlaces(line, kept)) : columns;
    });
  }
}
