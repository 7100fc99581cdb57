package io.pacewire.platform.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

/** How roles ask each other over HTTP. */
public final class RoleClient {
  /** Well below the time after which a {@link RoleServer} closes a connection that nothing goes over. */
  static final int KEEP_ALIVE_S = 30;

  /** Requests that wait for a connection; more fail at once, as the role does not keep up. */
  private static final int MOST_WAITING = 2_048;

  private static final int CONNECT_MS = 2_000;

  private RoleClient() {}

  public static WebClient create(Vertx vertx) {
    return WebClient.create(vertx, options(), new PoolOptions().setMaxWaitQueueSize(MOST_WAITING));
  }

  /**
   * The client lets go of an idle connection before the server does: otherwise a request now and then
   * is sent just when the connection is closed, and fails through nobody's fault.
   */
  public static WebClientOptions options() {
    return new WebClientOptions()
        .setConnectTimeout(CONNECT_MS)
        .setKeepAliveTimeout(KEEP_ALIVE_S)
        .setFollowRedirects(false)
        .setUserAgentEnabled(false);
  }
}
