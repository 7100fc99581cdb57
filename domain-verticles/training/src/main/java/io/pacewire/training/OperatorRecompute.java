package io.pacewire.training;

import io.pacewire.platform.pg.PgFaults;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.track.TrackFold;
import io.pacewire.training.RecomputeRepository.Begun;
import io.pacewire.training.RecomputeRepository.Place;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Computes trainings anew for an operator, beside the nodes that run: in a process of its own, one
 * training after the other and no faster than was asked for. It writes revisions with their facts, which
 * the nodes' outbox tells. Where it is cut off, the next run of the same scope goes on; what was done
 * twice meanwhile is without changes.
 */
public final class OperatorRecompute {
  private static final int PAGE = 100;

  private final Vertx vertx;
  private final Pool pool;
  private final Pool lookups;
  private final TrainingRepository trainings;
  private final SessionFinisher finisher;
  private final RecomputeRepository runs;

  /**
   * @param perS trainings a second at most
   * @param dryRun says what would change, and writes neither revisions nor how far it came
   * @param fromStart does not go on where an earlier run was cut off
   */
  public record Pace(double perS, boolean dryRun, boolean fromStart) {
    public Pace {
      if (!(perS > 0 && perS <= 1_000)) {
        throw new IllegalArgumentException("perS must be above 0 and at most 1000, was " + perS);
      }
    }
  }

  /** Hears how it goes on; called from one thread. */
  public interface Listener {
    /**
     * @param doneBefore by a run that was cut off
     * @param ahead trainings to be looked at now
     */
    void begun(long doneBefore, long ahead);

    /** One training was computed and differs; {@code change} names it and has its {@code diff}. */
    void changed(JsonObject change);

    void lookedAt(long trainings);
  }

  private OperatorRecompute(Vertx vertx, Pool pool, Pool lookups) {
    this.vertx = vertx;
    this.pool = pool;
    this.lookups = lookups;
    FoldParts parts = new FoldParts(vertx, pool, lookups);
    trainings = parts.trainings;
    finisher = parts.finisher;
    runs = new RecomputeRepository(pool);
  }

  /** Fails where the database does not answer, or is not of this version. */
  public static Future<OperatorRecompute> open(Vertx vertx, PgSettings postgres) {
    Pool pool = postgres.pool(vertx);
    OperatorRecompute opened = new OperatorRecompute(vertx, pool, postgres.lookups(vertx, 1));
    return opened
        .runs
        .isThere()
        .compose(there -> there
            ? Future.succeededFuture(opened)
            : Future.<OperatorRecompute>failedFuture(new IllegalStateException(
                "the schema in " + postgres + " is of an older version: start a node with the"
                    + " training role of this version first")))
        .recover(cause -> opened.close().transform(closed -> Future.failedFuture(cause)));
  }

  /** The only version of the algorithm that is shipped. */
  public static int algorithmVersion() {
    return TrackFold.ALGORITHM_VERSION;
  }

  /** One report of what came of several databases. */
  public static JsonObject together(List<JsonObject> reports) {
    RecomputeReport all = new RecomputeReport(new JsonObject());
    reports.forEach(all::add);
    return all.json();
  }

  public Future<Void> close() {
    return Future.join(pool.close(), lookups.close()).mapEmpty();
  }

  /** Completes with the report; fails where the database does not answer any more. */
  public Future<JsonObject> run(RecomputeScope scope, Pace pace, Listener listener) {
    boolean anew = pace.fromStart() || pace.dryRun();
    Future<Begun> begun = anew
        ? Future.succeededFuture(new Begun(Place.START, new JsonObject()))
        : runs.findBegun(scope)
            .map(found -> found.orElse(new Begun(Place.START, new JsonObject())));
    return begun.compose(from -> runs.count(scope, from.after()).compose(ahead -> {
      Run run = new Run(scope, pace, listener, new RecomputeReport(from.report()));
      listener.begun(run.report.lookedAt(), ahead);
      return page(run, from.after());
    }));
  }

  private record Run(RecomputeScope scope, Pace pace, Listener listener, RecomputeReport report) {}

  private Future<JsonObject> page(Run run, Place after) {
    return runs.list(run.scope, after, PAGE).compose(found -> {
      if (found.isEmpty()) {
        return saved(run, after, true).map(done -> run.report.json());
      }
      return each(run, found.iterator()).compose(done -> page(run, found.get(found.size() - 1)));
    });
  }

  private Future<Void> each(Run run, Iterator<Place> places) {
    if (!places.hasNext()) {
      return Future.succeededFuture();
    }
    long begunNs = System.nanoTime();
    Place place = places.next();
    return one(run, place)
        .compose(done -> saved(run, place, false))
        .compose(done -> {
          run.listener.lookedAt(run.report.lookedAt());
          long waitMs =
              (long) (1_000 / run.pace.perS()) - (System.nanoTime() - begunNs) / 1_000_000;
          return vertx.timer(Math.max(1, waitMs), TimeUnit.MILLISECONDS);
        })
        .compose(due -> each(run, places));
  }

  private Future<Void> saved(Run run, Place after, boolean ended) {
    return run.pace.dryRun()
        ? Future.succeededFuture()
        : runs.save(run.scope, after, run.report.json(), ended);
  }

  /** What one training fails for is said, and the next one's turn comes. */
  private Future<Void> one(Run run, Place place) {
    return computed(run, place).recover(cause -> {
      if (PgFaults.isPassing(cause)) {
        return Future.failedFuture(cause); // it is not the training: who asks again goes on here
      }
      if (RecordingGone.is(cause)) {
        run.report.gone();
      } else {
        run.report.failed(place, cause);
      }
      return Future.succeededFuture();
    });
  }

  private Future<Void> computed(Run run, Place place) {
    return trainings.find(place.athleteId(), place.trainingId()).compose(found -> {
      if (found.isEmpty()) {
        return Future.succeededFuture(); // erased meanwhile
      }
      Training before = found.get();
      Future<Training> after = run.pace.dryRun()
          ? finisher.preview(place.athleteId(), before)
          : finisher.refresh(place.athleteId(), before, "recompute");
      return after.map(now -> {
        said(
            run,
            place,
            now,
            now.revision() != before.revision(),
            TrainingDiff.between(before, now));
        return null;
      });
    });
  }

  private static void said(Run run, Place place, Training now, boolean revised, JsonArray diff) {
    run.report.said(place, revised, diff);
    if (revised) {
      run.listener.changed(
          RecomputeReport.place(place).put("revision", now.revision()).put("diff", diff));
    }
  }
}
