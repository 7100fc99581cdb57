package io.pacewire.platform.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a server has to answer before it stops. A request whose body is still on its way would be waited
 * for in vain, and its caller with it: it is told to come again. One of the first handlers of a router; used
 * from its event loop alone.
 */
public final class RequestsUnderWay implements Handler<RoutingContext> {
  private static final long GRACE_S = 5;

  private final Set<RoutingContext> underWay = new LinkedHashSet<>();
  private boolean stopping;

  @Override
  public void handle(RoutingContext ctx) {
    if (stopping) {
      turnAway(ctx);
      return;
    }
    underWay.add(ctx);
    ctx.addEndHandler(ended -> underWay.remove(ctx));
    ctx.next();
  }

  /** A request that became something else, of which the router will not tell that it ended. */
  public void handedOver(RoutingContext ctx) {
    boolean unused = underWay.remove(ctx);
  }

  /** Takes no more requests; those that came whole have a few seconds to be answered. */
  public Future<Void> stop(HttpServer server) {
    stopping = true;
    for (RoutingContext ctx : List.copyOf(underWay)) {
      if (!ctx.request().isEnded() && !ctx.response().headWritten()) {
        turnAway(ctx);
      }
    }
    return server.shutdown(GRACE_S, TimeUnit.SECONDS);
  }

  private static void turnAway(RoutingContext ctx) {
    if (ctx.request().version() != HttpVersion.HTTP_2) {
      ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    ctx.fail(new ProblemException(Problem.unavailable("the server stops")));
    UnreadBody.resume(ctx.request());
  }
}
