package io.pacewire.platform.pg;

import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.TimeUnit;

/**
 * A Vert.x whose clients close a connection on which nothing was said for so long, either way, from its first byte
 * on: PostgreSQL ends a statement sooner, so whoever is behind it is gone without a word, and what waits for an
 * answer would for ever. It fails as what was asked of a connection that was closed. The driver for PostgreSQL passes
 * no options on to its sockets (eclipse-vertx/vert.x, issue 5901).
 */
final class SilenceEndingVertx extends VertxWrapper {
  private final int mostS;

  /** @param mostS seconds, more than a statement may take */
  SilenceEndingVertx(VertxInternal delegate, int mostS) {
    super(delegate);
    this.mostS = mostS;
  }

  @Override
  public NetClient createNetClient(NetClientOptions options) {
    return super.createNetClient(new NetClientOptions(options)
        .setIdleTimeout(mostS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setTcpKeepAlive(true));
  }
}
