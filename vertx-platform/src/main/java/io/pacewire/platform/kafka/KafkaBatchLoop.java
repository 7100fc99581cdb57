package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics batch by batch: pause, apply the effect, resume; offsets are committed beside what comes next. One batch is in flight, so
 * order holds. A batch whose effect fails is applied again, later and later, until it succeeds: an
 * effect must bear being applied twice, and set aside by itself what can never succeed.
 */
public final class KafkaBatchLoop {
  private static final System.Logger LOG = System.getLogger(KafkaBatchLoop.class.getName());
  private static final long FIRST_RETRY_MS = 100;
  private static final long LONGEST_RETRY_MS = 10_000;
  private static final long NO_TIMER = -1;
  /** What is asked of a consumer waits for the poll that is under way. */
  private static final Duration LANES_POLL = Duration.ofMillis(100);

  /** The same while something of the second lane is held back. */
  private static final Duration HELD_POLL = Duration.ofMillis(1);

  /** So long something of the first lane is waited for before a slice of the second goes alone. */
  private static final long BETWEEN_MS = 1;

  private static final int EFFECT_GRACE_S = 10;
  private static final int LEAVE_GRACE_S = 10;

  /** What is done with a batch. Completes when everything of it is done for good. */
  public interface Effect {
    Future<Void> apply(ConsumerRecords<String, byte[]> batch);
  }

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final Set<String> topics;
  private final int maxRecords;
  private final Effect effect;
  private final @Nullable LaneBrake brake;
  private final @Nullable LaneSlices slices;
  private final OffsetCommits commits;
  private @Nullable Promise<Void> closing;
  /** Came while a slice was under way. */
  private @Nullable ConsumerRecords<String, byte[]> arrived;

  private long retryTimer = NO_TIMER;
  private boolean busy;

  private KafkaBatchLoop(
      Vertx vertx,
      KafkaReadStream<String, byte[]> stream,
      OffsetCommits commits,
      Set<String> topics,
      int maxRecords,
      Effect effect,
      @Nullable LaneBrake brake,
      @Nullable LaneSlices slices) {
    this.vertx = vertx;
    this.stream = stream;
    this.topics = topics;
    this.maxRecords = maxRecords;
    this.effect = effect;
    this.brake = brake;
    this.slices = slices;
    this.commits = commits;
  }

  /** @param maxRecords of a batch; one must be done well within five minutes */
  public static KafkaBatchLoop create(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      Set<String> topics,
      int maxRecords,
      Effect effect) {
    DoneOffsets offsets = new DoneOffsets();
    KafkaReadStream<String, byte[]> stream =
        Consumers.create(vertx, settings, group, maxRecords, offsets);
    OffsetCommits commits = new OffsetCommits(vertx, stream, offsets);
    return new KafkaBatchLoop(vertx, stream, commits, topics, maxRecords, effect, null, null);
  }

  /**
   * As above, of two topics with the same partitions, of which the second waits while much of the
   * first does.
   */
  public static KafkaBatchLoop create(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      Lanes lanes,
      int maxRecords,
      Effect effect) {
    DoneOffsets offsets = new DoneOffsets();
    KafkaReadStream<String, byte[]> stream =
        Consumers.create(vertx, settings, group, maxRecords, offsets).pollTimeout(LANES_POLL);
    OffsetCommits commits = new OffsetCommits(vertx, stream, offsets);
    Set<String> topics = Set.of(lanes.first(), lanes.second());
    LaneSlices slices = new LaneSlices(lanes.second(), maxRecords);
    LaneBrake brake = new LaneBrake(vertx, stream, lanes, slices);
    return new KafkaBatchLoop(vertx, stream, commits, topics, maxRecords, effect, brake, slices);
  }

  /** Begins to read. Completes when subscribed; a broker that is away is waited for. */
  public Future<Void> start() {
    stream.exceptionHandler(cause -> LOG.log(WARNING, "consumer: {0}", cause.getMessage()));
    stream.batchHandler(this::onBatch); // and no handler: single records are nobody's business
    return stream.subscribe(topics).onSuccess(subscribed -> {
      if (brake != null) {
        brake.start();
      }
    });
  }

  /**
   * Waits a bounded time for the effect in flight, then leaves the group. What is not committed by
   * then is done again by whoever comes next.
   */
  public Future<Void> close() {
    Promise<Void> idle = Promise.promise();
    synchronized (this) {
      closing = idle;
      boolean waits = retryTimer != NO_TIMER && vertx.cancelTimer(retryTimer);
      if (!busy || waits) {
        idle.tryComplete();
      }
    }
    return idle.future()
        .timeout(EFFECT_GRACE_S, TimeUnit.SECONDS)
        .recover(late -> {
          LOG.log(WARNING, "{0} left while an effect was under way", topics);
          return Future.succeededFuture();
        })
        .compose(done -> brake == null ? Future.succeededFuture() : brake.stop())
        .compose(done -> commits.close())
        .compose(done -> stream.close().timeout(LEAVE_GRACE_S, TimeUnit.SECONDS));
  }

  /** The partitions that are this consumer's now. To be asked while an effect is under way. */
  public Future<Set<TopicPartition>> assignment() {
    return stream.assignment().map(Set::copyOf);
  }

  /** Whether the second lane waits now, for the first; false where there are no lanes. */
  public boolean isSecondLaneHeld() {
    return brake != null && brake.isHeld();
  }

  private void onBatch(ConsumerRecords<String, byte[]> batch) {
    stream.pause();
    synchronized (this) {
      if (closing != null) {
        return;
      }
      if (busy) {
        arrived = batch;
        return;
      }
      busy = true;
    }
    begin(batch);
  }

  private void begin(ConsumerRecords<String, byte[]> polled) {
    if (slices == null || brake == null) {
      apply(polled, FIRST_RETRY_MS);
      return;
    }
    if (polled.count() >= maxRecords) {
      stream.resume(); // more waits: it is handed over while this is done
    }
    ConsumerRecords<String, byte[]> batch = slices.next(polled, System.nanoTime());
    brake.look();
    KafkaReadStream<String, byte[]> unused =
        stream.pollTimeout(slices.isEmpty() ? LANES_POLL : HELD_POLL);
    if (batch.isEmpty()) { // its partitions are somebody else's by now
      done();
    } else {
      apply(batch, FIRST_RETRY_MS);
    }
  }

  /** Nothing of the first lane came: what is held of the second has the turn. */
  private void between() {
    synchronized (this) {
      if (busy || closing != null) {
        return;
      }
      busy = true;
    }
    stream.pause();
    begin(ConsumerRecords.empty());
  }

  private void apply(ConsumerRecords<String, byte[]> batch, long retryMs) {
    Future.succeededFuture(batch) // compose, so that an effect that throws does not leave us paused
        .compose(effect::apply)
        .onSuccess(done -> {
          commits.done(batch);
          done();
        })
        .onFailure(cause -> retry(batch, retryMs, cause));
  }

  private void retry(ConsumerRecords<String, byte[]> batch, long retryMs, Throwable cause) {
    LOG.log(WARNING, "batch of " + batch.count() + " again in " + retryMs + " ms", cause);
    long jitter = ThreadLocalRandom.current().nextLong(retryMs / 2 + 1);
    long next = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    synchronized (this) {
      if (closing != null) {
        closing.tryComplete(); // nothing was committed: the next owner does it again
        return;
      }
      retryTimer = vertx.setTimer(retryMs / 2 + jitter, timer -> again(batch, next));
    }
  }

  private void again(ConsumerRecords<String, byte[]> batch, long retryMs) {
    synchronized (this) {
      retryTimer = NO_TIMER;
    }
    apply(batch, retryMs);
  }

  private void done() {
    ConsumerRecords<String, byte[]> next;
    synchronized (this) {
      next = arrived;
      arrived = null;
      busy = next != null && closing == null;
      if (closing != null) {
        closing.tryComplete();
        return;
      }
    }
    if (next != null) {
      begin(next);
      return;
    }
    stream.resume();
    if (slices != null && !slices.isEmpty()) {
      long unused = vertx.setTimer(BETWEEN_MS, due -> between());
    }
  }
}
