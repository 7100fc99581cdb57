package io.pacewire.training;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.events.AccountChanged;
import io.pacewire.events.AccountRegistered;
import io.pacewire.events.EventTopics;
import io.pacewire.events.ParametersChanged;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.role.ContextRole;
import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.Imports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Everything that works on one database, and on nothing else: takes in what is sent by its athletes,
 * answers them, keeps house. Each reads the topics in a group of its own and passes over the others'
 * athletes, so that a database that is away holds up nobody else's.
 */
final class DatabaseParts {
  private static final System.Logger LOG = System.getLogger(DatabaseParts.class.getName());
  private static final long REPAIR_AGAIN_MS = 60_000;
  private static final String GROUP = "training";

  /**
   * Apart, so that telemetry is not dealt out anew when facts are. Another name than that of versions
   * which did not listen for accounts, so that those registered by then are heard of.
   */
  private static final String FACTS_GROUP = "training-accounts";

  /** What an edit looks for in an index: copies of a training. */
  private static final int LOOKUPS_AT_ONCE = 2;

  private final Vertx vertx;
  private final TrainingParts parts;
  private final Imports imports;
  private final Supplier<ConsumerVerticle> consumers;
  private final int consumersAtOnce;
  private final FactLoop facts;
  private final Housekeeping keeping;

  /**
   * @param own whether a key is that of an athlete whose rows are here
   * @param suffix of the names of its groups; none where there is one database
   */
  DatabaseParts(
      Vertx vertx,
      ContextRole role,
      PgSettings postgres,
      Pool pool,
      TrainingConfig config,
      Predicate<String> own,
      String suffix) {
    this.vertx = vertx;
    InstantSource clock = InstantSource.system();
    Pool lookups = postgres.lookups(vertx, LOOKUPS_AT_ONCE);
    role.closing(lookups::close);
    parts = new TrainingParts(vertx, pool, new FoldParts(vertx, pool, lookups), clock);
    imports = Imports.create(
        vertx,
        pool,
        config.kafka(),
        config.imports(),
        parts.deletedTrainings(),
        parts.zones(),
        clock);
    role.closing(imports::close);
    consumersAtOnce = config.consumers();
    AtomicInteger number = new AtomicInteger();
    consumers = () -> new ConsumerVerticle(
        config,
        named(config.kafka(), number.getAndIncrement()),
        postgres,
        pool,
        GROUP + suffix,
        own);
    ParametersRepository parameters = new ParametersRepository(pool);
    facts = FactLoop.create(
        vertx,
        config.kafka(),
        FACTS_GROUP + suffix,
        Set.of(EventTopics.ACCOUNT),
        fact -> own.test(athleteId(fact))
            ? parameters.handle(fact).compose(done -> parts.zones().handle(fact))
            : Future.succeededFuture());
    role.closing(facts::close);
    keeping = new Housekeeping(vertx, pool, config.keepMonths(), clock);
    role.closing(keeping::close);
  }

  /** The first has the node's own name, which it had when it was alone. */
  private static KafkaSettings named(KafkaSettings kafka, int number) {
    return number == 0 || kafka.node().isEmpty()
        ? kafka
        : new KafkaSettings(
            kafka.bootstrapServers(), kafka.node() + KafkaSettings.CONSUMER + (number + 1));
  }

  /** Of whom it tells; nobody where that is none of our business. */
  private static String athleteId(Record fact) {
    if (fact instanceof ParametersChanged said) {
      return said.athleteId().toString();
    }
    if (fact instanceof AccountChanged said) {
      return said.athleteId().toString();
    }
    return fact instanceof AccountRegistered said ? said.athleteId().toString() : "";
  }

  /** Ahead of whatever reads bodies but the server's own handler. */
  void mount(Router router, ApiDocument api, TokenVerifier tokens) {
    imports.mountUpload(router, api, tokens);
    parts.mount(router, api, tokens);
    imports.mount(router, tokens);
  }

  /** Completes when it takes in what is sent. */
  Future<Void> start() {
    return keeping
        .start()
        .compose(done -> facts.start())
        .compose(done ->
            vertx.deployVerticle(consumers, new DeploymentOptions().setInstances(consumersAtOnce)))
        .onSuccess(reads -> {
          repair();
          imports.start();
        })
        .mapEmpty();
  }

  /** Meanwhile: lists may lack what an older version wrote, until this is through. */
  private void repair() {
    var unused = parts
        .summaries()
        .run()
        .onSuccess(count -> LOG.log(count == 0 ? DEBUG : INFO, "{0} summaries written", count))
        .onFailure(cause -> {
          LOG.log(WARNING, "summaries are written a minute later: {0}", cause.getMessage());
          vertx.setTimer(REPAIR_AGAIN_MS, timer -> repair());
        });
  }
}
