package io.pacewire.gateway;

import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.WebClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Opens the WebSocket of a viewer whose token is good and whose page is ours. */
final class LiveRoute implements Handler<RoutingContext> {
  private static final long RETRY_AFTER_S = 10;
  private static final long UPGRADED_WITHIN_S = 10;

  private final Vertx vertx;
  private final LiveFeed feed;
  private final TokenGate gate;
  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final WebClient client;
  private final String trainingUrl;
  private final LiveViewers viewers;
  private final Set<LiveSocket> sockets = new LinkedHashSet<>();

  LiveRoute(
      Vertx vertx,
      LiveFeed feed,
      TokenGate gate,
      TokenVerifier verifier,
      Revocations revocations,
      WebClient client,
      String trainingUrl,
      LiveViewers viewers) {
    this.vertx = vertx;
    this.feed = feed;
    this.gate = gate;
    this.verifier = verifier;
    this.revocations = revocations;
    this.client = client;
    this.trainingUrl = trainingUrl;
    this.viewers = viewers;
  }

  @Override
  public void handle(RoutingContext ctx) {
    UUID sessionId = JsonBody.uuid("id", ctx.pathParam("id"));
    boolean fromBrowser = ctx.request().getHeader("Origin") != null;
    if (fromBrowser && !TokenGate.isSameOrigin(ctx.request())) {
      ctx.fail(TokenGate.foreignOrigin());
      return;
    }
    UnreadBody.pause(ctx.request());
    gate.caller(ctx.request())
        .onFailure(cause -> {
          UnreadBody.resume(ctx.request());
          ctx.fail(cause);
        })
        .onSuccess(caller -> upgrade(ctx, caller, sessionId));
  }

  /** The node goes: viewers are told, and come back elsewhere. */
  void closeAll() {
    List.copyOf(sockets).forEach(LiveSocket::goAway);
  }

  private void upgrade(RoutingContext ctx, Caller caller, UUID sessionId) {
    if (ctx.response().closed()) {
      return; // nobody would be told of it any more, nor would its place be left
    }
    UUID athlete = caller.principal().subject();
    UnreadBody.resume(ctx.request());
    if (viewers.isFull() || viewers.hasEnough(athlete)) {
      ctx.fail(new ProblemException(
          viewers.isFull()
              ? Problem.unavailable("Too many look on here")
              : Problem.tooManyRequests("Too many look on for this athlete", RETRY_AFTER_S)));
      return;
    }
    viewers.enter(athlete);
    ctx.request()
        .toWebSocket()
        .timeout(UPGRADED_WITHIN_S, TimeUnit.SECONDS)
        .onSuccess(socket -> {
          LiveSocket viewer = new LiveSocket(
              vertx,
              socket,
              ctx.request().connection(),
              caller,
              sessionId,
              client,
              trainingUrl,
              verifier,
              viewers);
          sockets.add(viewer);
          viewer.open(feed, revocations, () -> {
            sockets.remove(viewer);
            viewers.leave(athlete);
          });
        })
        .onFailure(cause -> {
          viewers.leave(athlete);
          ctx.fail(cause);
        });
  }
}
