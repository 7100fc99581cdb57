package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.cluster.Cluster;
import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.RoleClient;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.Strangers;
import io.pacewire.platform.web.TokenRefusals;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The ingest role: one producer, and the doors that share it. */
public final class IngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(IngestVerticle.class.getName());
  private static final int DOORS = 2;
  private static final String ROLE = "ingest";
  private static final int MANAGEMENT_BODY_BYTES = 1_024;
  private static final long COUNT_NODES_MS = 5_000;
  private static final long RETRY_MS = 50;
  private static final long CLOSE_WITHIN_S = 5;

  private static final AtomicInteger FREE_PORTS = new AtomicInteger();

  private final IngestConfig config;
  private final AtomicInteger nodes = new AtomicInteger(1);
  private final InstantSource clock;
  private @Nullable Producer<String, byte[]> producer;
  private @Nullable Revocations revocations;
  private @Nullable TimeBeat beat;
  private @Nullable MqttIngestVerticle mqtt;
  private @Nullable StreamIngestVerticle stream;
  private @Nullable RoleServer management;
  private @Nullable MqttParts mqttParts;

  public IngestVerticle(IngestConfig config) {
    this(config, InstantSource.system());
  }

  IngestVerticle(IngestConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Producer<String, byte[]> created = BatchProducer.create(config);
    producer = created;
    Revocations revoked = Revocations.create(vertx, config.kafka());
    revocations = revoked;
    RoleServer asked = RoleServer.create(vertx, ROLE, MANAGEMENT_BODY_BYTES);
    management = asked;
    asked.check("doors", () -> areDoorsOpen() ? Future.succeededFuture() : closed());
    asked.check("kafka", this::kafkaHears);
    // Before any door: what was revoked while this node was down must not get in again.
    return asked
        .listen(config.managementHost(), config.managementPort())
        .compose(up -> Attempts.untilOneSucceeds(vertx, RETRY_MS, () -> askBroker(created)))
        .compose(beating -> revoked.start().compose(known -> openDoors(beating, revoked)));
  }

  private Future<Void> kafkaHears() {
    TimeBeat beating = beat;
    return beating == null ? closed() : beating.isHeard();
  }

  private static Future<Void> closed() {
    return Future.failedFuture("not open");
  }

  /** A node that stops gives what is under way some seconds: meanwhile nobody is to be sent here. */
  private boolean areDoorsOpen() {
    MqttIngestVerticle devices = mqtt;
    StreamIngestVerticle web = stream;
    return beat != null
        && devices != null
        && !devices.isClosing()
        && web != null
        && !web.isClosing();
  }

  @Override
  public Future<?> stop() {
    Producer<String, byte[]> open = producer;
    if (beat != null) {
      beat.stop();
    }
    Revocations revoked = revocations;
    MqttParts parts = mqttParts;
    Future<?> deaf = revoked == null ? Future.succeededFuture() : revoked.close();
    return deaf.eventually(() -> parts == null ? Future.succeededFuture() : parts.close())
        .eventually(() -> open == null ? Future.succeededFuture() : close(open));
  }

  private Future<?> close(Producer<String, byte[]> open) {
    return vertx.executeBlocking(() -> {
      open.close(java.time.Duration.ofSeconds(CLOSE_WITHIN_S));
      return null;
    });
  }

  public int mqttPort() {
    return mqtt == null ? 0 : mqtt.port();
  }

  /** Where metrics and health are asked for. */
  public int managementPort() {
    return management == null ? 0 : management.port();
  }

  public int mqttWebSocketPort() {
    return mqtt == null ? 0 : mqtt.webSocketPort();
  }

  public int streamPort() {
    return stream == null ? 0 : stream.port();
  }

  private Future<?> openDoors(TimeBeat beating, Revocations revoked) {
    Producer<String, byte[]> open = Objects.requireNonNull(producer);
    Publishers publishers =
        new Publishers(open, config.inFlightBytes() / DOORS / config.loops(), clock);
    MeterRegistry registry = Metrics.of(vertx);
    TokenVerifier verifier = TokenVerifier.create(vertx, config.tokens(), revoked);
    RoleServer asked = Objects.requireNonNull(management);
    asked.check("keys", verifier::knowsKeys);
    DeviceTokens tokens = new DeviceTokens(
        verifier,
        revoked,
        new Strangers(config.limits().forgedTokensPerS(), System::nanoTime, registry, ROLE),
        new TokenRefusals(registry, ROLE));
    LedgerFeed ledgers = new LedgerFeed(vertx);
    LedgerQueries queries =
        new LedgerQueries(vertx, RoleClient.create(vertx), config.trainingUrl());
    countNodes();
    Turnstiles turnstiles = new Turnstiles(
        vertx,
        new Quotas(config.limits(), nodes::get, System::nanoTime),
        ReadRoom.of(config, registry),
        registry);
    MqttParts parts = new MqttParts(
        vertx, config, tokens, publishers, ledgers, queries, turnstiles, registry, clock);
    mqttParts = parts;
    if (config.redis() != null) {
      asked.note("redis", parts::remembers); // devices send without it, only nothing is kept
    }
    int mqttPort = shared(config.mqtt().port());
    int socketPort = shared(config.mqtt().webSocketPort());
    int streamPort = shared(config.streamPort());
    MqttIngestVerticle firstMqtt =
        new MqttIngestVerticle(config, parts::services, mqttPort, socketPort);
    mqtt = firstMqtt;
    HeldBodies bodies = HeldBodies.of(config);
    WebMeters webMeters = new WebMeters(registry);
    Function<Context, WebServices> web = loop -> new WebServices(
        loop,
        config,
        tokens,
        publishers.forThisLoop(loop),
        ledgers,
        queries,
        turnstiles,
        bodies,
        webMeters,
        clock);
    StreamIngestVerticle firstStream =
        new StreamIngestVerticle(config, registry, web, LoopMeters.name("web", 1), streamPort);
    stream = firstStream;
    return vertx
        .deployVerticle(firstMqtt)
        .compose(id -> vertx.deployVerticle(firstStream))
        .compose(id ->
            moreOf(number -> new MqttIngestVerticle(config, parts::services, mqttPort, socketPort)))
        .compose(id -> moreOf(number -> new StreamIngestVerticle(
            config, registry, web, LoopMeters.name("web", number), streamPort)))
        .compose(id -> parts.start())
        .onSuccess(id -> {
          beat = beating;
          beating.start();
        });
  }

  /** To Vert.x a negative port is one that is free, the same for all who name it. */
  private static int shared(int port) {
    return port == 0 ? -FREE_PORTS.incrementAndGet() : port;
  }

  /** An event loop each, on the ports of the first. */
  private Future<?> moreOf(IntFunction<VerticleBase> verticle) {
    List<Future<String>> deployed = new ArrayList<>();
    for (int number = 2; number <= config.loops(); number++) {
      deployed.add(vertx.deployVerticle(verticle.apply(number)));
    }
    return Future.all(deployed);
  }

  /** What all nodes of ingest share, each has its part of. */
  private void countNodes() {
    Cluster cluster = Cluster.of(vertx);
    nodes.set(cluster.size(ROLE));
    long unused = vertx.setPeriodic(COUNT_NODES_MS, tick -> nodes.set(cluster.size(ROLE)));
  }

  /**
   * The producer never blocks an event loop: it needs the topics' metadata before the first send and
   * keeps them for good. So no door opens before the broker answered.
   */
  private Future<TimeBeat> askBroker(Producer<String, byte[]> open) {
    return vertx
        .executeBlocking(() -> {
          for (String topic : new String[] {
            EventTopics.TELEMETRY_LIVE,
            EventTopics.TELEMETRY_BACKFILL,
            EventTopics.TELEMETRY_HUB,
            EventTopics.dead(EventTopics.TELEMETRY_LIVE)
          }) {
            if (open.partitionsFor(topic).isEmpty()) {
              throw new KafkaException("topic " + topic + " has no partitions");
            }
          }
          return TimeBeat.create(vertx, open, System::nanoTime);
        })
        .onFailure(cause -> LOG.log(DEBUG, "waiting for Kafka: {0}", cause.getMessage()));
  }
}
