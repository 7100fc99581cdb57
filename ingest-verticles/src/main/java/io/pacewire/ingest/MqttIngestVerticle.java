package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The MQTT doors, 3.1.1 and 5, over TCP and over WebSocket. */
final class MqttIngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(MqttIngestVerticle.class.getName());
  private static final long SWEEP_MS = 1_000;
  private static final long LEFT_WILLS_MS = 2_000;

  private final IngestConfig config;
  private final Function<Context, MqttServices> services;
  private final int tcpPort;
  private final int socketPort;
  private final List<MqttServer> servers = new ArrayList<>();
  private @Nullable MqttConnections connections;
  private @Nullable LoopMeters meters;
  private volatile boolean closing;

  /**
   * Those on the same ports share the connections.
   */
  MqttIngestVerticle(
      IngestConfig config,
      Function<Context, MqttServices> services,
      int tcpPort,
      int webSocketPort) {
    this.config = config;
    this.services = services;
    this.tcpPort = tcpPort;
    this.socketPort = webSocketPort;
  }

  @Override
  public Future<?> start() {
    MqttServices own = services.apply(context);
    meters = own.meters();
    MqttConnections created = new MqttConnections(own);
    connections = created;
    long unused = vertx.setPeriodic(SWEEP_MS, timer -> created.sweep());
    long unusedToo = vertx.setPeriodic(LEFT_WILLS_MS, timer -> created.lookForWills());
    Turnstiles turnstiles = own.turnstiles();
    return listen(created, turnstiles, false, tcpPort)
        .compose(tcp -> listen(created, turnstiles, true, socketPort))
        .onSuccess(listening -> LOG.log(
            INFO,
            "MQTT on port {0}, over WebSocket on port {1}",
            Integer.toString(port()),
            Integer.toString(webSocketPort())));
  }

  private Future<MqttServer> listen(
      MqttConnections doors, Turnstiles turnstiles, boolean webSocket, int port) {
    ConnectingSockets sockets = new ConnectingSockets(
        context,
        config.maxMessageBytes(),
        config.connectTimeoutS() * 1_000L,
        config.mqtt().unreadS() * 1_000L,
        turnstiles.holds(Turnstiles.Kind.MQTT),
        turnstiles.waitingRoom(),
        turnstiles.readRoom());
    FlushConsolidatingVertx consolidating =
        new FlushConsolidatingVertx((VertxInternal) vertx, sockets::connected);
    MqttServer server = MqttServer.create(consolidating, options(webSocket));
    servers.add(server);
    return server
        .endpointHandler(
            endpoint -> doors.connect(endpoint, sockets.take(endpoint.remoteAddress())))
        .exceptionHandler(cause -> LOG.log(DEBUG, "MQTT: {0}", cause.getMessage()))
        .listen(port, config.host());
  }

  @Override
  public Future<?> stop() {
    closing = true;
    if (connections != null) {
      connections.closeAll();
    }
    if (meters != null) {
      meters.stop();
    }
    Future<?> closed = Future.join(servers.stream().map(MqttServer::close).toList());
    MqttConnections open = connections;
    return open == null ? closed : closed.eventually(open::leave);
  }

  /** From any thread: whether it goes, and takes no new connections. */
  boolean isClosing() {
    return closing;
  }

  int port() {
    return servers.isEmpty() ? 0 : servers.get(0).actualPort();
  }

  int webSocketPort() {
    return servers.size() < 2 ? 0 : servers.get(1).actualPort();
  }

  private MqttServerOptions options(boolean webSocket) {
    MqttServerOptions options = new MqttServerOptions()
        .setAutoClientId(false) // one that we choose has to be told, which we do ourselves
        .setMaxMessageSize(config.maxMessageBytes())
        .setTimeoutOnConnect(config.connectTimeoutS());
    options.setUseWebSocket(webSocket);
    options.setWebSocketMaxFrameSize(config.maxMessageBytes());
    options.setSsl(config.tls());
    options.setSslEngineOptions(TlsEngine.options());
    options.setSslHandshakeTimeout(config.connectTimeoutS());
    options.setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    options.setTcpKeepAlive(true); // a client may want no keep-alive of MQTT's
    options.setKeyCertOptions(new PemKeyCertOptions()
        .setCertPath(config.certificateFile().toString())
        .setKeyPath(config.keyFile().toString()));
    return options;
  }
}
