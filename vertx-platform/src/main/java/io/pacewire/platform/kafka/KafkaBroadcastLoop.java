package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Map.entry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a whole topic on every node, from its beginning and for ever, in no group and without
 * offsets: for what each node must know. The topic must be small.
 */
public final class KafkaBroadcastLoop {
  private static final System.Logger LOG = System.getLogger(KafkaBroadcastLoop.class.getName());
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MS = 1_000;
  private static final int CLOSE_S = 10;

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final String topic;
  private final Receiver receiver;
  private final Promise<Void> caughtUp = Promise.promise();
  private Map<TopicPartition, Long> ends = Map.of();
  private String lastReason = "";
  private volatile boolean closed;

  /** Takes records one by one, in order within a partition. */
  public interface Receiver {
    void accept(ConsumerRecord<String, byte[]> record);
  }

  private KafkaBroadcastLoop(
      Vertx vertx, KafkaReadStream<String, byte[]> stream, String topic, Receiver receiver) {
    this.vertx = vertx;
    this.stream = stream;
    this.topic = topic;
    this.receiver = receiver;
  }

  public static KafkaBroadcastLoop create(
      Vertx vertx, KafkaSettings settings, String topic, Receiver receiver) {
    Map<String, Object> config = Map.ofEntries(
        entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
        entry(ConsumerConfig.CLIENT_ID_CONFIG, "broadcast." + topic),
        entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName()),
        entry(
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
        entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
        entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
        entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000"),
        entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "1048576"),
        entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "262144"),
        entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000"),
        entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000"));
    return new KafkaBroadcastLoop(vertx, KafkaReadStream.create(vertx, config), topic, receiver);
  }

  /**
   * Completes when all that was there at the start has been taken. Waits for a broker that is away;
   * a topic that is not there is empty, and read once it is.
   */
  public Future<Void> start() {
    begin();
    return caughtUp.future();
  }

  public Future<Void> close() {
    closed = true;
    return stream.close().timeout(CLOSE_S, TimeUnit.SECONDS);
  }

  private void begin() {
    stream
        .partitionsFor(topic)
        .map(found -> found.stream()
            .map(one -> new TopicPartition(topic, one.partition()))
            .collect(Collectors.toSet()))
        .compose(this::assign)
        .onSuccess(assigned -> poll())
        .onFailure(cause -> retry(this::begin, cause));
  }

  private Future<Void> assign(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      caughtUp
          .tryComplete(); // where there is no topic, there is nothing that one would have to know
      return Future.failedFuture(new IllegalStateException("topic " + topic + " is not there"));
    }
    return stream
        .assign(partitions)
        .compose(done -> stream.seekToBeginning(partitions))
        .compose(done -> stream.endOffsets(partitions))
        .map(found -> {
          ends = new HashMap<>(found);
          return null;
        });
  }

  private void poll() {
    if (closed) {
      return;
    }
    stream
        .poll(POLL)
        .map(this::take)
        .compose(taken -> tellWhenCaughtUp())
        .onSuccess(done -> poll())
        .onFailure(cause -> retry(this::poll, cause));
  }

  private int take(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        receiver.accept(record);
      } catch (RuntimeException e) {
        LOG.log(WARNING, "passed over " + topic + " at " + record.offset(), e);
      }
    }
    return records.count();
  }

  /** Asked between two polls: what lies before a position has been taken. */
  private Future<Void> tellWhenCaughtUp() {
    if (ends.isEmpty()) {
      return Future.succeededFuture();
    }
    TopicPartition next = ends.keySet().iterator().next();
    return stream.position(next).compose(position -> {
      if (position < ends.getOrDefault(next, 0L)) {
        return Future.succeededFuture();
      }
      ends.remove(next);
      if (ends.isEmpty()) {
        caughtUp.tryComplete();
      }
      return tellWhenCaughtUp();
    });
  }

  private void retry(Runnable again, Throwable cause) {
    if (!closed) {
      LOG.log(again(cause), "{0} is not read now: {1}", topic, cause.getMessage());
      var unused = vertx.setTimer(RETRY_MS, due -> again.run());
    }
  }

  /** Said aloud once for each reason, not every second. */
  private Level again(Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    boolean known = reason.equals(lastReason);
    lastReason = reason;
    return known ? DEBUG : WARNING;
  }
}
