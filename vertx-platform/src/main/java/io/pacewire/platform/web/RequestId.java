package io.pacewire.platform.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** Gives each request an id that its answer and the log carry; takes over a sane one of the caller. */
public final class RequestId implements Handler<RoutingContext> {
  public static final String HEADER = "X-Request-Id";
  private static final String KEY = "pacewire.requestId";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9-]{8,64}");

  @Override
  public void handle(RoutingContext ctx) {
    String id = of(ctx);
    ctx.response().putHeader(HEADER, id);
    ctx.next();
  }

  /** The id of a request, made where it has none yet. */
  public static String of(RoutingContext ctx) {
    String known = ctx.get(KEY);
    if (known != null) {
      return known;
    }
    String sent = ctx.request().getHeader(HEADER);
    String id =
        sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    ctx.put(KEY, id);
    return id;
  }
}
