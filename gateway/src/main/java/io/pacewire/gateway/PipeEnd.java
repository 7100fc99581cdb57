package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;

/** The connection to one end of a stream, which was one of HTTP. */
record PipeEnd(NetSocket socket, Channel channel) {
  private static final System.Logger LOG = System.getLogger(PipeEnd.class.getName());
  private static final long END_WITHIN_MS = 2_000;

  static PipeEnd of(NetSocket socket, HttpConnection connection) {
    return new PipeEnd(socket, ((ConnectionBase) connection).channel());
  }

  /** After what was written before, which whoever does not read would hold up for ever. */
  void close(Vertx vertx) {
    socket.close().onFailure(cause -> LOG.log(DEBUG, "gone: {0}", cause.getMessage()));
    closeSoon(vertx);
  }

  /** Once the other side had the time to agree. */
  void closeSoon(Vertx vertx) {
    long unused = vertx.setTimer(END_WITHIN_MS, late -> {
      var unusedToo = channel.close();
    });
  }
}
