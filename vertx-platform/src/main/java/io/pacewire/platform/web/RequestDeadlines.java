package io.pacewire.platform.web;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Ends connections that bring no whole request in time, however busily they drip: one that was
 * opened, one that waits for its next request, and one whose request was answered before it was read.
 * First among a router's handlers.
 */
public final class RequestDeadlines implements Handler<RoutingContext> {
  private static final AttributeKey<ConnectionDeadline> KEY =
      AttributeKey.valueOf("pacewire.requestDeadline");

  private final long headWithinMs;
  private final long idleForMs;

  /**
   * @param headWithinMs from the first byte of a request to the last of its headers; the first request's time
   *     begins with the connection
   * @param idleForMs between two requests
   */
  public RequestDeadlines(long headWithinMs, long idleForMs) {
    this.headWithinMs = headWithinMs;
    this.idleForMs = idleForMs;
  }

  /** Watches whoever connects to a server that is not listening yet. */
  public HttpServer watch(HttpServer server) {
    return server.connectionHandler(this::connected);
  }

  private void connected(HttpConnection connection) {
    Channel channel = channel(connection);
    ConnectionDeadline deadline = new ConnectionDeadline(channel, headWithinMs, idleForMs);
    channel.attr(KEY).set(deadline);
    deadline.opened();
  }

  @Override
  public void handle(RoutingContext ctx) {
    ConnectionDeadline deadline = channel(ctx.request().connection()).attr(KEY).get();
    if (deadline != null) {
      deadline.requestCame();
      boolean shared = ctx.request().version() == HttpVersion.HTTP_2;
      ctx.addEndHandler(ended -> deadline.answered(shared || ctx.request().isEnded()));
    }
    ctx.next();
  }

  private static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }
}
