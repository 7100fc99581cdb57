package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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

  /** What is done with a batch. Completes when everything of it is done for good. */
  public interface Effect {
    Future<Void> apply(ConsumerRecords<String, byte[]> batch);
  }

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final Set<String> topics;
  private final Effect effect;
  private @Nullable Promise<Void> closing;
  private boolean busy;

  private KafkaBatchLoop(
      Vertx vertx, KafkaReadStream<String, byte[]> stream, Set<String> topics, Effect effect) {
    this.vertx = vertx;
    this.stream = stream;
    this.topics = topics;
    this.effect = effect;
  }

  /** @param maxRecords of a batch; one must be done well within five minutes */
  public static KafkaBatchLoop create(
      Vertx vertx,
      KafkaSettings settings,
      String group,
      Set<String> topics,
      int maxRecords,
      Effect effect) {
    Map<String, Object> config = Map.ofEntries(
        Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
        Map.entry(ConsumerConfig.GROUP_ID_CONFIG, group),
        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, group),
        Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName()),
        Map.entry(
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        // The same partitions of both lanes belong to one consumer.
        Map.entry(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            "org.apache.kafka.clients.consumer.RangeAssignor"),
        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(maxRecords)),
        Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100"),
        Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000"),
        Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1500"),
        Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    return new KafkaBatchLoop(vertx, KafkaReadStream.create(vertx, config), topics, effect);
  }

  /** Begins to read. Completes when subscribed; a broker that is away is waited for. */
  public Future<Void> start() {
    stream.exceptionHandler(cause -> LOG.log(WARNING, "consumer: {0}", cause.getMessage()));
    stream.batchHandler(this::onBatch);
    stream.handler(record -> {}); // the stream only polls while somebody takes single records
    return stream.subscribe(topics);
  }

  /** Waits for the batch in flight, then leaves the group. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    synchronized (this) {
      closing = closed;
      if (!busy) {
        closed.tryComplete();
      }
    }
    return closed.future().compose(idle -> stream.close());
  }

  private void onBatch(ConsumerRecords<String, byte[]> batch) {
    if (batch.isEmpty()) {
      return;
    }
    stream.pause();
    synchronized (this) {
      if (closing != null) {
        return;
      }
      busy = true;
    }
    apply(batch, FIRST_RETRY_MS);
  }

  private void apply(ConsumerRecords<String, byte[]> batch, long retryMs) {
    Future.succeededFuture(batch) // compose, so that an effect that throws does not leave us paused
        .compose(effect::apply)
        .compose(done -> commit(batch))
        .onSuccess(committed -> done())
        .onFailure(cause -> retry(batch, retryMs, cause));
  }

  private void retry(ConsumerRecords<String, byte[]> batch, long retryMs, Throwable cause) {
    LOG.log(WARNING, "batch of " + batch.count() + " again in " + retryMs + " ms: " + cause, cause);
    synchronized (this) {
      if (closing != null) {
        busy = false;
        closing.tryComplete(); // nothing was committed: the next owner does it again
        return;
      }
    }
    long jitter = ThreadLocalRandom.current().nextLong(retryMs / 2 + 1);
    long next = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    vertx.setTimer(retryMs / 2 + jitter, timer -> apply(batch, next));
  }

  private void done() {
    synchronized (this) {
      busy = false;
      if (closing != null) {
        closing.tryComplete();
        return;
      }
    }
    stream.resume();
  }

  /** A refused commit means that the partition moved; its new owner does the batch again. */
  private Future<Void> commit(ConsumerRecords<String, byte[]> batch) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : batch.partitions()) {
      var records = batch.records(partition);
      ConsumerRecord<String, byte[]> last = records.get(records.size() - 1);
      next.put(partition, new OffsetAndMetadata(last.offset() + 1));
    }
    return stream.commit(next).<Void>mapEmpty().recover(cause -> {
      LOG.log(DEBUG, "commit refused: {0}", cause.getMessage());
      return Future.succeededFuture();
    });
  }
}
