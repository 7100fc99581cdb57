package io.pacewire.gamification;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Boards, and the caller's experience. */
final class LeaderboardRoutes {
  private static final Pattern WEEK = Pattern.compile("\\d{4}-W[0-5]\\d");
  private static final int ROWS = 100;

  private final XpLedger ledger;
  private final LeaderboardStore boards;
  private final InstantSource clock;

  LeaderboardRoutes(XpLedger ledger, LeaderboardStore boards, InstantSource clock) {
    this.ledger = ledger;
    this.boards = boards;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/leaderboards/:scope/:period").handler(athlete).respond(this::board);
    router.get("/v1/xp").handler(athlete).respond(this::total);
    router.get("/v1/xp/entries").handler(athlete).respond(this::entries);
  }

  private Future<JsonObject> board(RoutingContext ctx) {
    String scope = ctx.pathParam("scope");
    if (!scope.equals("all")) {
      throw new ProblemException(Problem.badRequest("scope", "must be all"));
    }
    String week = week(ctx);
    UUID caller = JwtPrincipal.of(ctx).subject();
    return boards
        .knows(week)
        .compose(known -> known ? Future.succeededFuture() : rebuild(week))
        .compose(ready -> boards.top(week, ROWS))
        .compose(places -> ledger
            .details(places.stream().map(LeaderboardStore.Place::athleteId).toList(), week)
            .map(details -> json(week, places, details, caller)));
  }

  /** A board that Redis lost comes back from the ledger. */
  private Future<Void> rebuild(String week) {
    return ledger.board(week).compose(scores -> {
      Future<Void> put = Future.succeededFuture();
      for (XpLedger.Score score : scores) {
        put = put.compose(done -> boards.put(score));
      }
      return put;
    });
  }

  private Future<JsonObject> total(RoutingContext ctx) {
    return ledger
        .total(JwtPrincipal.of(ctx).subject())
        .map(xp -> new JsonObject().put("totalXp", xp).put("level", XpRules.level(xp)));
  }

  private Future<JsonObject> entries(RoutingContext ctx) {
    String training = ctx.request().getParam("trainingId");
    UUID trainingId = training == null ? null : JsonBody.uuid("trainingId", training);
    return ledger.list(JwtPrincipal.of(ctx).subject(), trainingId).map(found -> {
      JsonArray entries = new JsonArray();
      found.forEach(entry -> entries.add(new JsonObject()
          .put("trainingId", entry.trainingId().toString())
          .put("revision", entry.revision())
          .put("xp", entry.xp())
          .put("week", entry.week())));
      return new JsonObject().put("entries", entries);
    });
  }

  private String week(RoutingContext ctx) {
    String period = ctx.pathParam("period");
    if (period.equals("current")) {
      String zone = ctx.request().getParam("timeZone");
      return XpRules.week(clock.millis(), zone == null ? "UTC" : zone);
    }
    if (!WEEK.matcher(period).matches()) {
      throw new ProblemException(
          Problem.badRequest("period", "must be current or a week such as 2026-W48"));
    }
    return period;
  }

  private static JsonObject json(
      String week,
      List<LeaderboardStore.Place> places,
      Map<UUID, XpLedger.Details> details,
      UUID caller) {
    JsonArray rows = new JsonArray();
    int rank = 0;
    for (LeaderboardStore.Place place : places) {
      rank++;
      XpLedger.Details detail = details.get(place.athleteId());
      rows.add(new JsonObject()
          .put("rank", rank)
          .put("athleteId", place.athleteId().toString())
          .put("displayName", detail == null ? null : detail.displayName())
          .put("xp", place.xp())
          .put("distanceM", detail == null ? null : detail.distanceM())
          .put("trainings", detail == null ? null : detail.trainings())
          .put("you", place.athleteId().equals(caller)));
    }
    return new JsonObject().put("scope", "all").put("period", week).put("rows", rows);
  }
}
