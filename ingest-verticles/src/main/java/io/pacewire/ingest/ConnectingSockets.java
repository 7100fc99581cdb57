package io.pacewire.ingest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.Context;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
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
  private final Consumer<ReadGate.Reason> held;
  private final WaitingRoom room;
  private final ReadRoom readRoom;
  private final Map<SocketAddress, Connecting> sockets = new HashMap<>();

  private record Connecting(MqttSocket socket, long deadline, Runnable left) {}

  ConnectingSockets(
      Context context,
      int maxPacketBytes,
      long connectWithinMs,
      long unreadForMs,
      Consumer<ReadGate.Reason> held,
      WaitingRoom room,
      ReadRoom readRoom) {
    this.readRoom = readRoom;
    this.held = held;
    this.room = room;
    this.context = context;
    this.maxPacketBytes = maxPacketBytes;
    this.connectWithinMs = connectWithinMs;
    this.unreadForMs = unreadForMs;
  }

  void connected(NetSocketInternal socket) {
    Channel channel = socket.channelHandlerContext().channel();
    Runnable left = room.enter(WaitingRoom.Kind.MQTT, channel);
    if (left == null) {
      MqttProtocol.closeNow(channel);
      return;
    }
    SocketAddress remote = socket.remoteAddress();
    MqttSocket connecting = MqttSocket.of(socket, maxPacketBytes, unreadForMs, readRoom, held);
    long deadline = context.owner().setTimer(connectWithinMs, timer -> tooLate(remote, connecting));
    sockets.put(remote, new Connecting(connecting, deadline, left));
    ChannelFutureListener closed = done -> context.runOnContext(turn -> {
      boolean unusedToo = forget(remote, connecting);
    });
    var unused = channel.closeFuture().addListener(closed);
  }

  private void tooLate(SocketAddress remote, MqttSocket connecting) {
    if (forget(remote, connecting)) {
      MqttProtocol.closeNow(connecting.channel());
    }
  }

  /** False where it is not waited for any more: its address may be another one's by now. */
  private boolean forget(SocketAddress remote, MqttSocket connecting) {
    Connecting known = sockets.get(remote);
    if (known == null || !known.socket().equals(connecting)) {
      return false;
    }
    sockets.remove(remote);
    boolean unused = context.owner().cancelTimer(known.deadline());
    return true;
  }

  /** Null where it closed meanwhile. */
  @Nullable
  MqttSocket take(SocketAddress remote) {
    Connecting known = sockets.remove(remote);
    if (known == null) {
      return null;
    }
    boolean unused = context.owner().cancelTimer(known.deadline());
    known.left().run();
    return known.socket();
  }

  int size() {
    return sockets.size();
  }
}
