package io.pacewire.training;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.KafkaBatchLoop;
import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.OutboxRelay;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The training role: stores and folds what ingest sends, and answers for it. */
public final class TrainingVerticle extends VerticleBase {
  private static final String GROUP = "training";
  private static final long MAX_BODY_BYTES = 1 << 20;

  private final TrainingConfig config;
  private final InstantSource clock = InstantSource.system();
  private @Nullable RoleServer server;
  private @Nullable KafkaBatchLoop loop;
  private @Nullable OutboxRelay relay;
  private @Nullable DeadLetters deadLetters;
  private @Nullable Pool pool;

  public TrainingVerticle(TrainingConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    Pool opened = config.postgres().pool(vertx);
    pool = opened;
    return Migrations.run(vertx, config.postgres())
        .compose(done -> ChunkPartitions.ensure(opened, today()))
        .compose(done -> open(opened));
  }

  @Override
  public Future<?> stop() {
    return closed(server == null ? null : server.close())
        .compose(done -> closed(loop == null ? null : loop.close()))
        .compose(done -> closed(relay == null ? null : relay.close()))
        .compose(done -> closed(deadLetters == null ? null : deadLetters.close()))
        .compose(done -> closed(pool == null ? null : pool.close()));
  }

  public int port() {
    return server == null ? 0 : server.port();
  }

  private Future<?> open(Pool opened) {
    DeadLetters dead = DeadLetters.create(vertx, config.kafka(), GROUP);
    deadLetters = dead;
    ChunkRepository chunks = new ChunkRepository(opened);
    Recomputation recomputation = new Recomputation(chunks, new SkipRepository(opened));
    KafkaBatchLoop reading = KafkaBatchLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        Set.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL),
        config.pollRecords(),
        polls(opened, recomputation, dead)::apply);
    loop = reading;
    OutboxRelay telling =
        new OutboxRelay(vertx, opened, EventPublisher.create(vertx, config.kafka(), GROUP));
    relay = telling;
    telling.start();
    RoleServer listening = RoleServer.create(vertx, "training", MAX_BODY_BYTES);
    server = listening;
    listening.check("postgres", () -> opened.query("SELECT 1").execute());
    new TrainingRoutes(
            new TrainingRepository(opened),
            new SessionRepository(opened),
            chunks,
            new LiveSnapshot(chunks, recomputation, clock))
        .mount(listening.router(), TokenVerifier.create(vertx, config.tokens()));
    return reading.start().compose(done -> listening.listen(config.host(), config.port()));
  }

  private PollBatch polls(Pool opened, Recomputation recomputation, DeadLetters dead) {
    ChunkRepository chunks = new ChunkRepository(opened);
    SkipRepository skips = new SkipRepository(opened);
    SessionRepository sessions = new SessionRepository(opened);
    SessionHeads heads = new SessionHeads(sessions, opened);
    SessionFinisher finisher =
        new SessionFinisher(recomputation, new TrainingRepository(opened), sessions);
    LiveView live = new LiveView(vertx, new LiveFeed(vertx), chunks, clock);
    TrackFolder folder = new TrackFolder(
        chunks,
        skips,
        new CheckpointRepository(opened),
        sessions,
        live::sink,
        config.foldsInMemory());
    TrackConsumer consumer = new TrackConsumer(
        heads,
        new ChunkStore(chunks, skips),
        folder,
        finisher,
        sessions,
        live,
        new LedgerFeed(vertx));
    SessionSweep sweep =
        new SessionSweep(sessions, finisher, heads, folder, live, config.waits(), this::assigned);
    return new PollBatch(consumer, sweep, dead);
  }

  private Future<Set<TopicPartition>> assigned() {
    KafkaBatchLoop reading = loop;
    return reading == null ? Future.succeededFuture(Set.of()) : reading.assignment();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Future<Void> closed(@Nullable Future<Void> closing) {
    return closing == null ? Future.succeededFuture() : closing.otherwiseEmpty();
  }
}
