package io.pacewire.ingest;

import io.netty.channel.ChannelFutureListener;
import io.vertx.core.Context;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets between their connect and their CONNECT, by the address of the other side. One that does
 * not say CONNECT in time is closed, however busily it sends. Used from one event loop.
 */
final class ConnectingSockets {
  private final Context context;
  private final int maxPacketBytes;
  private final long connectWithinMs;
  private final long unreadForMs;
  private final Map<SocketAddress, MqttSocket> sockets = new HashMap<>();

  ConnectingSockets(Context context, int maxPacketBytes, long connectWithinMs, long unreadForMs) {
    this.context = context;
    this.maxPacketBytes = maxPacketBytes;
    this.connectWithinMs = connectWithinMs;
    this.unreadForMs = unreadForMs;
  }

  void connected(NetSocketInternal socket) {
    SocketAddress remote = socket.remoteAddress();
    MqttSocket connecting = MqttSocket.of(socket, maxPacketBytes, unreadForMs);
    sockets.put(remote, connecting);
    long deadline = context.owner().setTimer(connectWithinMs, timer -> tooLate(remote, connecting));
    ChannelFutureListener closed = done -> context.runOnContext(turn -> {
      boolean unused = context.owner().cancelTimer(deadline);
      sockets.remove(remote, connecting);
    });
    var unused = connecting.channel().closeFuture().addListener(closed);
  }

  private void tooLate(SocketAddress remote, MqttSocket connecting) {
    if (sockets.remove(remote, connecting)) {
      MqttProtocol.closeNow(connecting.channel());
    }
  }

  /** Null where it closed meanwhile. */
  @Nullable
  MqttSocket take(SocketAddress remote) {
    return sockets.remove(remote);
  }

  int size() {
    return sockets.size();
  }
}
