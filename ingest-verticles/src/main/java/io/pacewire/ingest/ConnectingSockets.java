package io.pacewire.ingest;

import io.netty.channel.ChannelFutureListener;
import io.vertx.core.Context;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets between their connect and their CONNECT, by the address of the other side. One that closes
 * without ever saying CONNECT is forgotten. Used from one event loop.
 */
final class ConnectingSockets {
  private final Context context;
  private final Map<SocketAddress, NetSocket> sockets = new HashMap<>();

  ConnectingSockets(Context context) {
    this.context = context;
  }

  void connected(NetSocketInternal socket) {
    SocketAddress remote = socket.remoteAddress();
    sockets.put(remote, socket);
    ChannelFutureListener closed =
        done -> context.runOnContext(turn -> sockets.remove(remote, socket));
    var unused = socket.channelHandlerContext().channel().closeFuture().addListener(closed);
  }

  /** Null where it closed meanwhile. */
  @Nullable
  NetSocket take(SocketAddress remote) {
    return sockets.remove(remote);
  }

  int size() {
    return sockets.size();
  }
}
