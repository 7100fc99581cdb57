package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;

/** Ends the connection of a request that is answered before it was read. */
final class HangUp {
  private static final System.Logger LOG = System.getLogger(HangUp.class.getName());
  private static final long LINGER_MS = 2_000;
  /** Bodies as long as the longest that is taken. */
  private static final long LINGER_TIMES = 8;

  private final Vertx vertx;
  private final int maxBodyBytes;

  HangUp(Vertx vertx, int maxBodyBytes) {
    this.vertx = vertx;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Who sends on after a refusal would keep the connection busy with what nobody reads. */
  void after(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    ctx.addEndHandler(ended -> linger(ctx.request()));
  }

  /**
   * Closed while something is unread, a connection is reset, and the answer lost on its way (RFC 9112,
   * 9.6): so the rest is dropped for a moment.
   */
  private void linger(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.isEnded()) {
      discard(connection.close());
      return;
    }
    long timer = vertx.setTimer(LINGER_MS, late -> discard(connection.close()));
    AtomicLong dropped = new AtomicLong();
    request
        .handler(rest -> {
          if (dropped.addAndGet(rest.length()) > LINGER_TIMES * maxBodyBytes) {
            discard(connection.close());
          }
        })
        .endHandler(end -> {
          vertx.cancelTimer(timer);
          discard(connection.close());
        })
        .resume();
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "caller gone: {0}", cause.getMessage()));
  }
}
