package io.pacewire.platform.pg;

import static java.lang.System.Logger.Level.WARNING;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Handler;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which nothing was said for so long, either way: PostgreSQL ends a statement sooner, so
 * whoever is behind it is gone without a word, and what waits for an answer would for ever. A statement that was
 * under way fails as one whose connection was closed. Vert.x hands no such option on to the sockets of this driver
 * (eclipse-vertx/vert.x, issue 5901), so it is put into their pipelines here.
 */
final class SilentConnections implements Handler<SqlConnection> {
  private static final System.Logger LOG = System.getLogger(SilentConnections.class.getName());

  private final int mostS;

  /** @param mostS seconds, more than a statement may take */
  SilentConnections(int mostS) {
    this.mostS = mostS;
  }

  /** Of each connection that a pool opens, before it is used. */
  @Override
  public void handle(SqlConnection opened) {
    Connection inner = ((SqlConnectionInternal) opened).unwrap();
    while (inner.unwrap() != inner) {
      inner = inner.unwrap();
    }
    var unused = ((SocketConnectionBase) inner)
        .socket()
        .channelHandlerContext()
        .pipeline()
        .addFirst(new End(mostS));
    opened.close().onFailure(lost -> LOG.log(WARNING, "not pooled: {0}", lost.getMessage()));
  }

  private static final class End extends IdleStateHandler {
    private End(int mostS) {
      super(0, 0, mostS, TimeUnit.SECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent idle) {
      LOG.log(WARNING, "nothing was heard of PostgreSQL: a connection is closed");
      var unused = ctx.close();
    }
  }
}
