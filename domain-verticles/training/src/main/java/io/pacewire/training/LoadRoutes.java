package io.pacewire.training;

import static io.pacewire.training.LiveJson.round;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.RollupRepository.Span;
import io.pacewire.training.TotalsRules.SportDay;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The caller's training load day by day. */
final class LoadRoutes {
  private static final int USUAL_DAYS = 90;
  private static final int MOST_DAYS = 3_660;
  private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);

  private final RollupRepository rollups;
  private final AthleteDays days;
  private final InstantSource clock;

  LoadRoutes(RollupRepository rollups, AthleteDays days, InstantSource clock) {
    this.rollups = rollups;
    this.days = days;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/load").handler(athlete).respond(this::load);
  }

  /** What a training costs: the two are not of one scale, so they are never added. */
  private enum Measure {
    IMPULSE,
    STRESS
  }

  private Future<JsonObject> load(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    Measure measure = asked.word("measure", Measure.class, Measure.IMPULSE);
    return days.zone(asked)
        .compose(zone -> there(asked.athlete(), zone)
            .map(there -> span(asked, LocalDate.ofInstant(clock.instant(), there)))
            .compose(span -> days.list(
                    asked.athlete(),
                    new Span(EARLIEST, span.to(), span.sports()),
                    zone.orElse(null))
                .map(found -> TotalsRoutes.withZone(json(found, span, measure), zone))));
  }

  /** Where it is today; where the newest training began, if nobody said. */
  private Future<ZoneId> there(UUID athlete, Optional<ZoneId> zone) {
    return zone.isPresent()
        ? Future.succeededFuture(zone.get())
        : rollups.findZone(athlete).map(found -> TotalsRules.zone(found.orElse("UTC")));
  }

  private static Span span(Parameters asked, LocalDate today) {
    LocalDate to = asked.date("to");
    LocalDate last = to == null ? today : to;
    Span span = TotalsRoutes.span(asked, last.minusDays(USUAL_DAYS - 1), last);
    if (span.from().plusDays(MOST_DAYS).isBefore(span.to())) {
      throw new ProblemException(
          Problem.badRequest("from", "must be at most " + MOST_DAYS + " days before to"));
    }
    return span;
  }

  private static JsonObject json(List<SportDay> days, Span span, Measure measure) {
    Map<LocalDate, Double> costs = new HashMap<>();
    int trainings = 0;
    int measured = 0;
    for (SportDay day : days) {
      DaySums sums = day.sums();
      boolean impulse = measure == Measure.IMPULSE;
      costs.merge(day.day(), impulse ? sums.impulse() : sums.stress(), Double::sum);
      if (!day.day().isBefore(span.from())) {
        trainings += sums.trainings();
        measured += impulse ? sums.impulseTrainings() : sums.stressTrainings();
      }
    }
    JsonArray series = new JsonArray();
    LoadRules.series(costs, span.from(), span.to()).forEach(day -> series.add(json(day)));
    return new JsonObject()
        .put("measure", measure.name().toLowerCase(Locale.ROOT))
        .put("chronicDays", LoadRules.CHRONIC_DAYS)
        .put("acuteDays", LoadRules.ACUTE_DAYS)
        .put("trainings", trainings)
        .put("measuredTrainings", measured)
        .put("days", series);
  }

  private static JsonObject json(LoadRules.Day day) {
    return new JsonObject()
        .put("day", day.day().toString())
        .put("load", round(day.cost(), 10))
        .put("chronicLoad", round(day.chronic(), 10))
        .put("acuteLoad", round(day.acute(), 10))
        .put("form", round(day.form(), 10));
  }
}
