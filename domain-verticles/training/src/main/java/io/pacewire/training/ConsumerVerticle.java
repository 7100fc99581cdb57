package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.KafkaBatchLoop;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.kafka.Lanes;
import io.pacewire.platform.pg.PgSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the telemetry of some partitions, with everything of its own that it works with: a node has
 * several, each on its event loop, and they know of each other as little as nodes do. So while one waits
 * for its poll to be stored another one folds, and nobody who asks for a list waits for either.
 */
final class ConsumerVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(ConsumerVerticle.class.getName());

  /** A poll's statements run two side by side, and there are viewers beside it. */
  private static final int LOOKUPS_AT_ONCE = 3;

  private final TrainingConfig config;
  private final KafkaSettings kafka;
  private final PgSettings postgres;
  private final Pool pool;
  private final String group;
  private final Predicate<String> own;
  private @Nullable Pool lookups;
  private @Nullable DeadLetters dead;
  private @Nullable KafkaBatchLoop loop;

  /**
   * @param kafka with a name that is this consumer's alone, or none
   * @param pool for what is not looked up with each poll; stays open
   * @param group in which it reads
   * @param own whether a record with this key is of an athlete whose rows are here
   */
  ConsumerVerticle(
      TrainingConfig config,
      KafkaSettings kafka,
      PgSettings postgres,
      Pool pool,
      String group,
      Predicate<String> own) {
    this.config = config;
    this.kafka = kafka;
    this.postgres = postgres;
    this.pool = pool;
    this.group = group;
    this.own = own;
  }

  @Override
  public Future<?> start() {
    Pool looking = postgres.lookups(vertx, LOOKUPS_AT_ONCE);
    lookups = looking;
    DeadLetters letters = DeadLetters.create(vertx, kafka, group);
    dead = letters;
    ConsumerParts parts = new ConsumerParts(
        vertx,
        new FoldParts(vertx, pool, looking),
        pool,
        looking,
        config,
        InstantSource.system(),
        this::assigned);
    PollBatch polls = parts.polls(letters, own);
    KafkaBatchLoop reading = KafkaBatchLoop.create(
        vertx,
        kafka,
        group,
        new Lanes(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL, config.liveLag()),
        config.pollRecords(),
        polls::begins,
        polls::apply);
    loop = reading;
    return reading.start();
  }

  /** What is read is done with before what it is done with is closed. */
  @Override
  public Future<?> stop() {
    return closed(loop == null ? Future::succeededFuture : loop::close)
        .compose(done -> closed(dead == null ? Future::succeededFuture : dead::close))
        .compose(done -> closed(lookups == null ? Future::succeededFuture : lookups::close));
  }

  private static Future<Void> closed(Supplier<Future<Void>> close) {
    return close.get().recover(cause -> {
      LOG.log(WARNING, "not closed well: {0}", cause.getMessage());
      return Future.succeededFuture();
    });
  }

  private Future<Set<TopicPartition>> assigned() {
    KafkaBatchLoop reading = loop;
    return reading == null ? Future.succeededFuture(Set.of()) : reading.assignment();
  }
}
