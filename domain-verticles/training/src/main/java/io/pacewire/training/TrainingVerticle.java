package io.pacewire.training;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.kafka.KafkaBatchLoop;
import io.pacewire.platform.kafka.Lanes;
import io.pacewire.platform.role.ContextRole;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The training role: stores and folds what ingest sends, and answers for it. */
public final class TrainingVerticle extends VerticleBase {
  private static final String GROUP = "training";
  /** Apart, so that telemetry is not dealt out anew when facts are. */
  private static final String FACTS_GROUP = "training-facts";

  private static final long MAX_BODY_BYTES = 1 << 20;

  private final TrainingConfig config;
  private final InstantSource clock = InstantSource.system();
  private @Nullable ContextRole role;
  private @Nullable KafkaBatchLoop loop;

  public TrainingVerticle(TrainingConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    return ContextRole.open(vertx, config.postgres(), config.kafka(), MAX_BODY_BYTES)
        .compose(this::open);
  }

  @Override
  public Future<?> stop() {
    return role == null ? Future.succeededFuture() : role.close();
  }

  public int port() {
    return role == null ? 0 : role.port();
  }

  private Future<Void> open(ContextRole opened) {
    role = opened;
    DeadLetters dead = DeadLetters.create(vertx, config.kafka(), GROUP);
    opened.closing(dead::close);
    TrainingParts parts = new TrainingParts(vertx, opened.pool(), config, clock, this::assigned);
    TokenVerifier tokens = TokenVerifier.create(vertx, config.tokens());
    parts.routes().mount(opened.server().router(), tokens);
    parts.editRoutes().mount(opened.server().router(), tokens);
    KafkaBatchLoop reading = KafkaBatchLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        new Lanes(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL, config.liveLag()),
        config.pollRecords(),
        parts.polls(dead)::apply);
    loop = reading;
    opened.closing(reading::close);
    ParametersRepository parameters = new ParametersRepository(opened.pool());
    FactLoop facts = FactLoop.create(
        vertx, config.kafka(), FACTS_GROUP, Set.of(EventTopics.ACCOUNT), parameters::handle);
    opened.closing(facts::close);
    Housekeeping keeping = new Housekeeping(vertx, opened.pool(), config.keepMonths(), clock);
    opened.closing(keeping::close);
    return keeping
        .start()
        .compose(done -> facts.start())
        .compose(done -> reading.start())
        .compose(done -> opened.listen(config.host(), config.port()));
  }

  private Future<Set<TopicPartition>> assigned() {
    KafkaBatchLoop reading = loop;
    return reading == null ? Future.succeededFuture(Set.of()) : reading.assignment();
  }
}
