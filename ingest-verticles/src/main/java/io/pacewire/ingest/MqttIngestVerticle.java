package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.live.LedgerFeed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The MQTT door, 3.1.1 and 5. */
final class MqttIngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(MqttIngestVerticle.class.getName());

  private final IngestConfig config;
  private final DeviceTokens tokens;
  private final Publishers publishers;
  private final LedgerFeed ledgers;
  private final ConnectionOwners owners;
  private final InstantSource clock;
  private @Nullable MqttServer server;

  MqttIngestVerticle(
      IngestConfig config,
      DeviceTokens tokens,
      Publishers publishers,
      LedgerFeed ledgers,
      ConnectionOwners owners,
      InstantSource clock) {
    this.config = config;
    this.tokens = tokens;
    this.publishers = publishers;
    this.ledgers = ledgers;
    this.owners = owners;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    MqttConnections connections = new MqttConnections(
        vertx, config, tokens, publishers.forThisLoop(context), ledgers, owners, clock);
    ConnectingSockets sockets = new ConnectingSockets(context);
    FlushConsolidatingVertx consolidating =
        new FlushConsolidatingVertx((VertxInternal) vertx, sockets::connected);
    MqttServer created = MqttServer.create(consolidating, options());
    server = created;
    return created
        .endpointHandler(
            endpoint -> connections.connect(endpoint, sockets.take(endpoint.remoteAddress())))
        .exceptionHandler(cause -> LOG.log(DEBUG, "MQTT: {0}", cause.getMessage()))
        .listen(config.mqttPort(), config.host())
        .onSuccess(listening -> LOG.log(INFO, "MQTT on port {0}", Integer.toString(port())));
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private MqttServerOptions options() {
    MqttServerOptions options = new MqttServerOptions()
        .setAutoClientId(
            false) // an assigned one has to be told to the client, which we do ourselves
        .setMaxMessageSize(config.maxMessageBytes())
        .setTimeoutOnConnect(config.connectTimeoutS());
    options.setSsl(config.tls());
    options.setSslEngineOptions(TlsEngine.options());
    options.setKeyCertOptions(new PemKeyCertOptions()
        .setCertPath(config.certificateFile().toString())
        .setKeyPath(config.keyFile().toString()));
    return options;
  }
}
