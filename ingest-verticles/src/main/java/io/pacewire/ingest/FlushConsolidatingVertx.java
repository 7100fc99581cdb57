package io.pacewire.ingest;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.internal.tls.SslContextProvider;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrafficShapingOptions;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.net.impl.VertxConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x whose network servers write once for many acknowledgements: puts a flush consolidation
 * handler in front of the MQTT codec of each connection, for what flushes beside the drain of Kafka's
 * answers, and makes it a small one while it is idle. Also hands out the socket, which back-pressure has to stop reading and an MQTT
 * endpoint does not show.
 */
final class FlushConsolidatingVertx extends VertxWrapper {
  static final String HANDLER = "flushConsolidation";
  private static final String MQTT_ENCODER = "mqttEncoder";
  private static final int FLUSHES_AT_MOST = 512;

  private final Consumer<NetSocketInternal> connected;

  FlushConsolidatingVertx(VertxInternal delegate, Consumer<NetSocketInternal> connected) {
    super(delegate);
    this.connected = connected;
  }

  @Override
  public NetServerInternal createNetServer(NetServerOptions options) {
    return new Server(super.createNetServer(options), connected);
  }

  private static void consolidate(NetSocketInternal socket) {
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    if (pipeline.get(MQTT_ENCODER) != null) {
      pipeline.addBefore(
          MQTT_ENCODER, HANDLER, new FlushConsolidationHandler(FLUSHES_AT_MOST, true));
    }
  }

  /** Delegates everything; only what happens at connect is wrapped. */
  private record Server(NetServerInternal delegate, Consumer<NetSocketInternal> connected)
      implements NetServerInternal {

    @Override
    public NetServerInternal connectHandler(@Nullable Handler<NetSocket> handler) {
      if (handler == null) {
        delegate.connectHandler(null);
        return this;
      }
      delegate.connectHandler(socket -> {
        NetSocketInternal internal = (NetSocketInternal) socket;
        if (socket instanceof VertxConnection connection) {
          boolean unused = LinkedWriteQueue.into(connection);
        }
        handler.handle(socket); // builds the MQTT pipeline
        consolidate(internal);
        connected.accept(internal);
      });
      return this;
    }

    @Override
    public @Nullable Handler<NetSocket> connectHandler() {
      return delegate.connectHandler();
    }

    @Override
    public NetServerInternal exceptionHandler(Handler<Throwable> handler) {
      delegate.exceptionHandler(handler);
      return this;
    }

    @Override
    public SslContextProvider sslContextProvider() {
      return delegate.sslContextProvider();
    }

    @Override
    public Future<NetServer> listen(ContextInternal context, SocketAddress address) {
      return delegate.listen(context, address);
    }

    @Override
    public Future<NetServer> listen() {
      return delegate.listen();
    }

    @Override
    public Future<NetServer> listen(SocketAddress address) {
      return delegate.listen(address);
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
      return delegate.shutdown(timeout, unit);
    }

    @Override
    public int actualPort() {
      return delegate.actualPort();
    }

    @Override
    public Future<Boolean> updateSSLOptions(ServerSSLOptions options, boolean force) {
      return delegate.updateSSLOptions(options, force);
    }

    @Override
    public Future<Boolean> updateTrafficShapingOptions(TrafficShapingOptions options) {
      return delegate.updateTrafficShapingOptions(options);
    }
  }
}
