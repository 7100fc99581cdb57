package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.TimeCursor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The caller's recordings, page by page: those under way unless others are asked for. */
final class SessionListRoutes {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 200;

  private final SessionListRepository sessions;

  SessionListRoutes(SessionListRepository sessions) {
    this.sessions = sessions;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/sessions").handler(athlete).respond(this::list);
  }

  private enum Order {
    ASC,
    DESC
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    int limit = asked.integer("limit", 1, LONGEST_PAGE, PAGE);
    SessionListRepository.Query query = new SessionListRepository.Query(
        states(asked),
        asked.values("sport"),
        asked.word("order", Order.class, Order.DESC) == Order.ASC);
    TimeCursor after = asked.parsed("cursor", text -> TimeCursor.decode(text, query.mark()));
    return sessions
        .list(
            asked.athlete(),
            query,
            after == null ? TimeCursor.start(query.ascending()) : after,
            limit + 1)
        .map(found -> page(found, query, limit));
  }

  private static List<SessionHead.State> states(Parameters asked) {
    List<String> names = asked.values("state");
    List<SessionHead.State> states = new ArrayList<>();
    for (SessionHead.State state : SessionHead.State.values()) {
      String name = state.name().toLowerCase(Locale.ROOT);
      if (names == null ? state == SessionHead.State.LIVE : names.contains(name)) {
        states.add(state);
      }
    }
    if (names != null && names.size() != states.size()) {
      throw new ProblemException(
          Problem.badRequest("state", "must be of live, finished, quarantined"));
    }
    return states;
  }

  /** @param limit one more than this was asked for, so that it is known whether there is a next page */
  private static JsonObject page(
      List<ListedSession> found, SessionListRepository.Query query, int limit) {
    List<ListedSession> shown = found.subList(0, Math.min(limit, found.size()));
    JsonArray sessions = new JsonArray();
    shown.forEach(one -> sessions.add(one.json()));
    JsonObject page = new JsonObject().put("sessions", sessions);
    if (found.size() > limit) {
      ListedSession last = shown.get(limit - 1);
      page.put(
          "next", new TimeCursor(last.firstReceivedAtMs(), last.sessionId()).encode(query.mark()));
    }
    return page;
  }
}
