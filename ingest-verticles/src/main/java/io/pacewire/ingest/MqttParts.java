package io.pacewire.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.live.DeviceCommands;
import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.redis.RedisSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Puts together what the MQTT doors of a node share, and the consumer of commands. */
final class MqttParts {
  private final IngestConfig config;
  private final DeviceTokens tokens;
  private final Publishers publishers;
  private final LedgerFeed ledgers;
  private final LedgerQueries queries;
  private final InstantSource clock;
  private final MqttSessionStore sessions;
  private final MailboxStore mailbox;
  private final RefusalStore refusals;
  private final WillStore leftWills;
  private final DeviceCommands nodes;
  private final ConnectionOwners owners;
  private final Turnstiles turnstiles;
  private final MeterRegistry registry;
  private final AtomicInteger loops = new AtomicInteger();
  private final @Nullable CommandConsumer commands;
  private final @Nullable RedisCommands redis;

  MqttParts(
      Vertx vertx,
      IngestConfig config,
      DeviceTokens tokens,
      Publishers publishers,
      LedgerFeed ledgers,
      LedgerQueries queries,
      Turnstiles turnstiles,
      MeterRegistry registry,
      InstantSource clock) {
    RedisSettings settings = config.redis();
    RedisCommands redis = settings == null ? null : settings.client(vertx);
    this.redis = redis;
    this.config = config;
    this.tokens = tokens;
    this.publishers = publishers;
    this.ledgers = ledgers;
    this.queries = queries;
    this.turnstiles = turnstiles;
    this.registry = registry;
    this.clock = clock;
    this.sessions = new MqttSessionStore(redis, clock);
    this.mailbox = new MailboxStore(
        redis, clock, config.mqtt().commandsQueued(), config.mqtt().commandBytesQueued());
    this.refusals = new RefusalStore(redis);
    this.leftWills = new WillStore(redis);
    this.nodes = new DeviceCommands(vertx);
    this.owners = ConnectionOwners.create(vertx);
    this.commands = redis == null
        ? null
        : new CommandConsumer(vertx, config.kafka(), new CommandPost(mailbox, nodes), clock);
  }

  MqttServices services(Context context) {
    SamplePublisher publisher = publishers.forThisLoop(context);
    LoopMeters meters = LoopMeters.start(
        context.owner(),
        registry,
        LoopMeters.name("mqtt", loops.incrementAndGet()),
        publisher.loop());
    return new MqttServices(
        context,
        config,
        tokens,
        publisher,
        new PresencePublisher(publisher.loop(), clock),
        meters,
        new WaitingWills(context.owner()::cancelTimer),
        leftWills,
        ledgers,
        queries,
        sessions,
        mailbox,
        refusals,
        nodes,
        owners,
        turnstiles,
        clock);
  }

  /** Fails where Redis does not answer. */
  Future<Void> remembers() {
    return redis == null ? Future.failedFuture("there is no Redis") : redis.answers();
  }

  /** From now on commands are taken, where there is a Redis to keep them. */
  Future<Void> start() {
    return commands == null ? Future.succeededFuture() : commands.start();
  }

  /** After the doors: what they left is saved. */
  Future<Void> close() {
    Future<Void> deaf = commands == null ? Future.succeededFuture() : commands.close();
    return deaf.eventually(() -> redis == null ? Future.succeededFuture() : redis.close());
  }
}
