package io.pacewire.training;

import static io.pacewire.training.LiveJson.round;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.RollupRepository.Span;
import io.pacewire.training.TotalsRules.Bucket;
import io.pacewire.training.TotalsRules.Unit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What the caller's trainings come to by day, week, month and year. */
final class TotalsRoutes {
  private static final int BUCKETS = 400;
  private static final int MOST_BUCKETS = 4_000;
  private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  private final AthleteDays days;

  TotalsRoutes(AthleteDays days) {
    this.days = days;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/totals").handler(athlete).respond(this::totals);
  }

  private Future<JsonObject> totals(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    Unit unit = asked.word("by", Unit.class, Unit.WEEK);
    int limit = asked.integer("limit", 1, MOST_BUCKETS, BUCKETS);
    Span span = span(asked, EARLIEST, LATEST);
    return days.zone(asked)
        .compose(zone -> days.list(asked.athlete(), span, zone.orElse(null))
            .map(found -> json(TotalsRules.buckets(found, unit), unit, limit))
            .map(json -> withZone(json, zone)));
  }

  /** Which it was; none where each belongs to the date that it was where it began. */
  static JsonObject withZone(JsonObject json, Optional<ZoneId> zone) {
    zone.ifPresent(one -> json.put("timeZone", one.getId()));
    return json;
  }

  static Span span(Parameters asked, LocalDate earliest, LocalDate latest) {
    LocalDate from = asked.date("from");
    LocalDate to = asked.date("to");
    Span span =
        new Span(from == null ? earliest : from, to == null ? latest : to, asked.values("sport"));
    Parameters.ordered(
        "from", (double) span.from().toEpochDay(), "to", (double) span.to().toEpochDay());
    return span;
  }

  private static JsonObject json(List<Bucket> buckets, Unit unit, int limit) {
    JsonArray totals = new JsonArray();
    buckets.stream().limit(limit).forEach(bucket -> totals.add(json(bucket)));
    return new JsonObject()
        .put("by", unit.name().toLowerCase(java.util.Locale.ROOT))
        .put("totals", totals)
        .put("more", buckets.size() > limit);
  }

  private static JsonObject json(Bucket bucket) {
    JsonObject sports = new JsonObject();
    bucket.sports().forEach((sport, sums) -> sports.put(sport, json(sums)));
    return new JsonObject()
        .put("name", bucket.name())
        .put("from", bucket.first().toString())
        .put("to", bucket.last().toString())
        .mergeIn(json(bucket.sums()))
        .put("sports", sports);
  }

  private static JsonObject json(DaySums sums) {
    return new JsonObject()
        .put("trainings", sums.trainings())
        .put("distanceM", round(sums.distanceM(), 100))
        .put("timerS", round(sums.timerS(), 1_000))
        .put("movingS", round(sums.movingS(), 1_000))
        .put("elapsedS", round(sums.elapsedS(), 1_000))
        .put("ascentM", round(sums.ascentM(), 10))
        .put("descentM", round(sums.descentM(), 10))
        .put("energyKcal", round(sums.energyKcal(), 1))
        .put("trainingImpulse", round(sums.impulse(), 10))
        .put("trainingStressScore", round(sums.stress(), 10));
  }
}
