package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  /** So long the first lane is waited for before a slice of the second goes alone. */
  private static final long BETWEEN_MS = 1;

  /** The same where it was not yet the turn of any. */
  private static final long NONE_MS = 20;

  private static final int EFFECT_GRACE_S = 10;

  /** What is done with a batch. Completes when everything of it is done for good. */
  public interface Effect {
    Future<Void> apply(ConsumerRecords<String, byte[]> batch);
  }

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final Set<String> topics;
  private final RetriedEffect effect;
  private final @Nullable LaneTurns turns;
  private final OffsetCommits commits;
  private final GroupMembership membership;
  private @Nullable Promise<Void> closing;
  private @Nullable ConsumerRecords<String, byte[]> arrived; // while a slice was under way

  private boolean busy;

  private KafkaBatchLoop(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      Set<String> topics,
      int maxRecords,
      Effect effect,
      @Nullable Lanes lanes,
      Consumer<Map<TopicPartition, Long>> begins) {
    DoneOffsets offsets = new DoneOffsets();
    Context context = vertx.getOrCreateContext(); // on which batches come, too
    this.vertx = vertx;
    this.stream = Consumers.create(
        vertx,
        settings,
        group,
        maxRecords,
        offsets,
        begun -> context.runOnContext(told -> begins.accept(begun)));
    this.commits = new OffsetCommits(vertx, stream, offsets);
    this.membership = new GroupMembership(vertx, stream, settings, group);
    this.topics = topics;
    this.effect = new RetriedEffect(vertx, effect);
    this.turns = lanes == null ? null : new LaneTurns(vertx, stream, lanes, maxRecords);
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
        vertx, settings, group, topics, maxRecords, effect, null, begun -> {});
  }

  /**
   * As above, of two topics with the same partitions; the second is read a poll at a time while the first lags.
   *
   * @param begins hears what is read next of partitions that became this consumer's, or did so anew, as far
   *     as that is known: on the loop's context, before anything that is read of them then, and beside a batch
   *     that may be under way
   */
  public static KafkaBatchLoop create(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      Lanes lanes,
      int maxRecords,
      Consumer<Map<TopicPartition, Long>> begins,
      Effect effect) {
    Set<String> topics = Set.of(lanes.first(), lanes.second());
    return new KafkaBatchLoop(vertx, settings, group, topics, maxRecords, effect, lanes, begins);
  }

  /** Begins to read. Completes when subscribed; a broker that is away is waited for. */
  public Future<Void> start() {
    stream.exceptionHandler(this::onFault);
    stream.batchHandler(this::onBatch); // and no handler: single records are nobody's business
    return stream.subscribe(topics).onSuccess(subscribed -> {
      if (turns != null) {
        turns.start();
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
      boolean unused = !busy && idle.tryComplete();
    }
    effect.stop();
    return idle.future()
        .timeout(EFFECT_GRACE_S, TimeUnit.SECONDS)
        .recover(late -> {
          LOG.log(WARNING, "{0} left while an effect was under way", topics);
          return Future.succeededFuture();
        })
        .compose(done -> turns == null ? Future.succeededFuture() : turns.stop())
        .compose(done -> commits.close())
        .compose(done -> membership.leave());
  }

  /** The partitions that are this consumer's now. To be asked while an effect is under way. */
  public Future<Set<TopicPartition>> assignment() {
    return stream.assignment().map(Set::copyOf);
  }

  /** Whether the second lane is read a poll at a time now, since the first lags; false where there are no lanes. */
  public boolean isSecondLaneHeld() {
    return turns != null && turns.isSecondHeld();
  }

  /** What ails a broker passes. Whose name another node has would be told so for ever. */
  private void onFault(Throwable cause) {
    // Who asks of a partition that has just been moved is told so as well, and asks again.
    boolean moved = cause instanceof IllegalStateException;
    LOG.log(moved ? DEBUG : WARNING, "consumer: {0}", cause.getMessage());
    if (membership.isTaken(cause)) {
      stream.pause();
      close().onComplete(done -> LOG.log(ERROR, "reads no more of {0}: its name is taken", topics));
    }
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
    ConsumerRecords<String, byte[]> batch = turns == null ? polled : turns.next(polled);
    if (batch.isEmpty()) {
      done(NONE_MS);
      return;
    }
    long begunNanos = System.nanoTime();
    // Where it fails, it was given up on closing: nothing was committed, the next owner does it
    // again.
    Future<Void> unused = effect
        .apply(batch)
        .onSuccess(done -> commits.done(batch))
        .onComplete(over -> {
          if (turns != null) {
            turns.took(System.nanoTime() - begunNanos);
          }
          done(BETWEEN_MS);
        });
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

  /** @param betweenMs so long a poll has before what is held of the second lane has the turn */
  private void done(long betweenMs) {
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
    if (turns != null && turns.isAnyLeft()) {
      long unused = vertx.setTimer(betweenMs, due -> between());
    }
  }
}
