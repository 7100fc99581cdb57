package io.pacewire.platform.web;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

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
  private final FirstRequests firstRequests;

  /** Where there is only so much room for connections that have not brought a request yet. */
  @FunctionalInterface
  public interface FirstRequests {
    /**
     * A connection that was opened.
     *
     * @return is run when its first request has come; null where it is to be closed at once
     */
    @Nullable
    Runnable await(Channel channel);
  }

  /**
   * @param headWithinMs from the first byte of a request to the last of its headers; the first request's time
   *     begins with the connection
   * @param idleForMs between two requests
   */
  public RequestDeadlines(long headWithinMs, long idleForMs) {
    this(headWithinMs, idleForMs, channel -> () -> {});
  }

  public RequestDeadlines(long headWithinMs, long idleForMs, FirstRequests firstRequests) {
    this.headWithinMs = headWithinMs;
    this.idleForMs = idleForMs;
    this.firstRequests = firstRequests;
  }

  /** Watches whoever connects to a server that is not listening yet. */
  public HttpServer watch(HttpServer server) {
    return server.connectionHandler(this::connected);
  }

  private void connected(HttpConnection connection) {
    Channel channel = channel(connection);
    Runnable firstCame = firstRequests.await(channel);
    if (firstCame == null) {
      var unused = channel.close();
      return;
    }
    ConnectionDeadline deadline =
        new ConnectionDeadline(channel, headWithinMs, idleForMs, firstCame);
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
