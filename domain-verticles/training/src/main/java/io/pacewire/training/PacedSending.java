package io.pacewire.training;

import io.pacewire.platform.web.Connections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * Sends what is exported, and cuts off who takes it so slowly that others wait for the place.
 *
 * @param graceMs for a start, however little there is to send
 * @param slowestBytesAS what comes on top of it has to be taken at least so fast
 */
record PacedSending(Vertx vertx, long graceMs, long slowestBytesAS) {
  private static final long GRACE_MS = 30_000;
  private static final long SLOWEST_BYTES_A_S = 32 << 10;
  private static final long MS_A_SECOND = 1_000;

  static PacedSending usual(Vertx vertx) {
    return new PacedSending(vertx, GRACE_MS, SLOWEST_BYTES_A_S);
  }

  Future<Void> send(ExportSpool spool, HttpServerRequest request) {
    long mostMs = graceMs + spool.size() * MS_A_SECOND / slowestBytesAS;
    long timer = vertx.setTimer(mostMs, due -> Connections.sever(request.connection()));
    return spool
        .sendTo(request.response(), vertx)
        // Where it was severed the sending fails; where even that is not told, it ends all the
        // same.
        .timeout(mostMs + MS_A_SECOND, TimeUnit.MILLISECONDS)
        .onComplete(done -> vertx.cancelTimer(timer));
  }
}
