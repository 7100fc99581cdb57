package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Hands a request on to where the caller's rows are. Whom the token does not name goes to the first, as
 * do those without one: its own handlers answer them.
 */
final class SlotHandler implements Handler<RoutingContext> {
  private final TokenVerifier tokens;
  private final DatabaseSlots slots;
  private final List<Router> routers;

  /** @param routers one a database, in their order */
  SlotHandler(TokenVerifier tokens, DatabaseSlots slots, List<Router> routers) {
    this.tokens = tokens;
    this.slots = slots;
    this.routers = List.copyOf(routers);
  }

  @Override
  public void handle(RoutingContext ctx) {
    String token = BearerHandler.token(ctx.request().getHeader("Authorization"));
    if (token == null) {
      routers.get(0).handleContext(ctx);
      return;
    }
    UnreadBody.pause(ctx.request()); // it waits for who takes it
    tokens
        .verify(token)
        .map(principal -> slots.of(principal.subject()))
        .otherwise(0)
        .onSuccess(database -> {
          UnreadBody.resume(ctx.request());
          routers.get(database).handleContext(ctx);
        })
        .onFailure(ctx::fail);
  }
}
