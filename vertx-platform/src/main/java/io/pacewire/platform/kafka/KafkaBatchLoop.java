package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Map.entry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics batch by batch: pause, apply the effect, commit, resume. One batch is in flight, so
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
  private final Effect effect;
  private final @Nullable LaneBrake brake;
  private final @Nullable LaneSlices slices;
  private @Nullable Promise<Void> closing;
  /** Came while a slice was under way. */
  private @Nullable ConsumerRecords<String, byte[]> arrived;

  private long retryTimer = NO_TIMER;
  private boolean busy;
  private boolean left;

  private KafkaBatchLoop(
      Vertx vertx,
      KafkaReadStream<String, byte[]> stream,
      Set<String> topics,
      Effect effect,
      @Nullable LaneBrake brake,
      @Nullable LaneSlices slices) {
    this.vertx = vertx;
    this.stream = stream;
    this.topics = topics;
    this.effect = effect;
    this.brake = brake;
    this.slices = slices;
  }

  /** @param maxRecords of a batch; one must be done well within five minutes */
  public static KafkaBatchLoop create(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      Set<String> topics,
      int maxRecords,
      Effect effect) {
    return new KafkaBatchLoop(
        vertx, stream(vertx, settings, group, maxRecords), topics, effect, null, null);
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
    KafkaReadStream<String, byte[]> stream =
        stream(vertx, settings, group, maxRecords).pollTimeout(LANES_POLL);
    Set<String> topics = Set.of(lanes.first(), lanes.second());
    LaneSlices slices = new LaneSlices(lanes.second(), maxRecords);
    LaneBrake brake = new LaneBrake(vertx, stream, lanes, slices);
    return new KafkaBatchLoop(vertx, stream, topics, effect, brake, slices);
  }

  private static KafkaReadStream<String, byte[]> stream(
      Vertx vertx, KafkaSettings settings, String group, int maxRecords) {
    Map<String, Object> config = Map.ofEntries(
        entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
        entry(ConsumerConfig.GROUP_ID_CONFIG, group),
        entry(ConsumerConfig.CLIENT_ID_CONFIG, group),
        entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName()),
        entry(
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
        entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
        entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        // The same partitions of both lanes belong to one consumer.
        entry(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            "org.apache.kafka.clients.consumer.RangeAssignor"),
        entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(maxRecords)),
        entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100"),
        entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000"),
        entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1500"),
        entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000"),
        entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    return KafkaReadStream.create(vertx, config);
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
        .compose(done -> leave());
  }

  /** The partitions that are this consumer's now. To be asked while an effect is under way. */
  public Future<Set<TopicPartition>> assignment() {
    return stream.assignment().map(Set::copyOf);
  }

  /** Whether the second lane waits now, for the first; false where there are no lanes. */
  public boolean isSecondLaneHeld() {
    return brake != null && brake.isHeld();
  }

  private Future<Void> leave() {
    synchronized (this) {
      left = true;
    }
    return stream.close().timeout(LEAVE_GRACE_S, TimeUnit.SECONDS);
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
        .compose(done -> commit(batch))
        .onSuccess(committed -> done())
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

  /** A refused commit means that the partition moved; its new owner does the batch again. */
  private Future<Void> commit(ConsumerRecords<String, byte[]> batch) {
    synchronized (this) {
      if (left) {
        return Future.succeededFuture();
      }
    }
    return stream.commit(next(batch)).<Void>mapEmpty().recover(cause -> {
      LOG.log(WARNING, "commit refused: {0}", cause.getMessage());
      return Future.succeededFuture();
    });
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(
      ConsumerRecords<String, byte[]> batch) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : batch.partitions()) {
      var records = batch.records(partition);
      ConsumerRecord<String, byte[]> last = records.get(records.size() - 1);
      next.put(partition, new OffsetAndMetadata(last.offset() + 1));
    }
    return next;
  }
}
