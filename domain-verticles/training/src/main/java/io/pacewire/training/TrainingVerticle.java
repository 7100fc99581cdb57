package io.pacewire.training;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.kafka.KafkaBatchLoop;
import io.pacewire.platform.kafka.Lanes;
import io.pacewire.platform.role.ContextRole;
import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.Imports;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The training role: stores and folds what ingest sends, and answers for it. */
public final class TrainingVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(TrainingVerticle.class.getName());
  private static final String API = "openapi/training.yaml";
  private static final long REPAIR_AGAIN_MS = 60_000;
  private static final String GROUP = "training";
  /** Apart, so that telemetry is not dealt out anew when facts are. */
  private static final String FACTS_GROUP = "training-facts";

  /** A poll's statements run two side by side, and there are viewers beside it. */
  private static final int LOOKUPS_AT_ONCE = 3;

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
        .compose(opened -> {
          role = opened;
          return ApiDocument.load(vertx, API).compose(api -> open(opened, api));
        });
  }

  @Override
  public Future<?> stop() {
    return role == null ? Future.succeededFuture() : role.close();
  }

  public int port() {
    return role == null ? 0 : role.port();
  }

  private Future<Void> open(ContextRole opened, ApiDocument api) {
    DeadLetters dead = DeadLetters.create(vertx, config.kafka(), GROUP);
    opened.closing(dead::close);
    Pool lookups = config.postgres().lookups(vertx, LOOKUPS_AT_ONCE);
    opened.closing(lookups::close);
    TrainingParts parts =
        new TrainingParts(vertx, opened.pool(), lookups, config, clock, this::assigned);
    TokenVerifier tokens = TokenVerifier.create(vertx, config.tokens());
    Imports imports = Imports.create(vertx, opened.pool(), config.kafka(), config.imports(), clock);
    opened.closing(imports::close);
    imports.mountUpload(opened.server(), api, tokens);
    parts.mount(opened.server().router(), api, tokens);
    imports.mount(opened.server().router(), tokens);
    KafkaBatchLoop reading = KafkaBatchLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        new Lanes(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL, config.liveLag()),
        config.pollRecords(),
        parts.taking().polls(dead)::apply);
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
        .onSuccess(reads -> {
          repair(parts.summaries());
          imports.start();
        })
        .compose(done -> opened.listen(config.host(), config.port()));
  }

  /** Meanwhile: lists may lack what an older version wrote, until this is through. */
  private void repair(SummaryRepairRepository summaries) {
    var unused = summaries
        .run()
        .onSuccess(count -> LOG.log(count == 0 ? DEBUG : INFO, "{0} summaries written", count))
        .onFailure(cause -> {
          LOG.log(WARNING, "summaries are written a minute later: {0}", cause.getMessage());
          vertx.setTimer(REPAIR_AGAIN_MS, timer -> repair(summaries));
        });
  }

  private Future<Set<TopicPartition>> assigned() {
    KafkaBatchLoop reading = loop;
    return reading == null ? Future.succeededFuture(Set.of()) : reading.assignment();
  }
}
