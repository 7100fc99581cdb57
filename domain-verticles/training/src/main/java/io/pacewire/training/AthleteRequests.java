package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Shares;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * How many requests each athlete may have under way, devices included: fewer than there are connections
 * to the database, so that nobody has them all. Ahead of every route; used from one event loop.
 */
final class AthleteRequests implements Handler<RoutingContext> {
  static final int MOST = 16;

  private final TokenVerifier tokens;
  private final Shares shares = new Shares(MOST);

  private AthleteRequests(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  static void mount(Router router, TokenVerifier tokens) {
    router.route().handler(new AthleteRequests(tokens));
  }

  /** Whoever is not known is told so by the route that wants to know. */
  @Override
  public void handle(RoutingContext ctx) {
    String token = BearerHandler.token(ctx.request().getHeader("Authorization"));
    if (token == null) {
      ctx.next();
      return;
    }
    UnreadBody.pause(ctx.request()); // it waits for who takes it
    tokens.verify(token).onComplete(verified -> {
      UnreadBody.resume(ctx.request());
      if (verified.failed()) {
        ctx.next();
      } else if (!ctx.response().closed()) { // nothing would tell that it ended
        enter(ctx, verified.result().subject());
      }
    });
  }

  private void enter(RoutingContext ctx, UUID athlete) {
    shares
        .within(athlete, () -> {
          Promise<Void> ended = Promise.promise();
          ctx.addEndHandler(done -> ended.tryComplete());
          ctx.next();
          return ended.future();
        })
        .onFailure(ctx::fail);
  }
}
