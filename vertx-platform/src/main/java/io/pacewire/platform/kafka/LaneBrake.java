package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Pauses the second lane of a consumer while enough of it is held back; where the first one lags, while
 * anything is. So the second never stands: it says how late it is, and deadlines go by that. The lag is
 * looked at a few times a second, by the ends of the partitions and where the consumer is, so that a
 * second lane that fills every poll cannot hide it. What is read counts as done: it goes before anything
 * that is still to be read, of either lane.
 */
final class LaneBrake {
  private static final System.Logger LOG = System.getLogger(LaneBrake.class.getName());
  private static final long CHECK_MS = 200;
  private static final long STOP_GRACE_S = 10;

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final Lanes lanes;
  private final LaneSlices slices;
  private final LaneLag lag;
  private long timer;
  private boolean checking;
  private volatile boolean closed;
  private volatile Future<Void> checked = Future.succeededFuture();
  private volatile Future<Void> steered = Future.succeededFuture();
  private volatile boolean held;
  private volatile boolean paused;
  private volatile Set<TopicPartition> second = Set.of();

  LaneBrake(Vertx vertx, KafkaReadStream<String, byte[]> stream, Lanes lanes, LaneSlices slices) {
    this.vertx = vertx;
    this.stream = stream;
    this.lanes = lanes;
    this.slices = slices;
    lag = new LaneLag(lanes.lagAtMost().toNanos());
  }

  void start() {
    timer = vertx.setPeriodic(CHECK_MS, tick -> check());
  }

  /**
   * Completes when nothing more is asked of the stream: asked after its end, it would begin anew, with a
   * thread that shares the consumer with the one that closes it.
   */
  Future<Void> stop() {
    closed = true;
    boolean unused = vertx.cancelTimer(timer);
    return Future.join(checked, steered)
        .timeout(STOP_GRACE_S, TimeUnit.SECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Whether the first lane lags, so that the second is read a poll at a time. */
  boolean isHeld() {
    return held;
  }

  /** After something was taken from the slices, or put there. */
  void look() {
    if (isEnough() != paused) {
      steered = steer();
      steered.onFailure(cause -> LOG.log(DEBUG, "not steered: {0}", cause.getMessage()));
    }
  }

  /** One at a time: a broker that is slow to answer is not asked more. */
  private void check() {
    if (checking || closed) {
      return;
    }
    checking = true;
    checked = stream.assignment().compose(this::apply).onComplete(done -> checking = false);
    checked.onFailure(cause -> {
      slices.lag(false); // nothing comes of a broker that does not answer: what was read may go on
      LOG.log(DEBUG, "lag is not known now: {0}", cause.getMessage());
    });
  }

  private Future<Void> apply(Set<TopicPartition> assigned) {
    Set<TopicPartition> first = of(lanes.first(), assigned);
    second = of(lanes.second(), assigned);
    if (second.isEmpty()) {
      held = false;
      slices.lag(false);
      return Future.succeededFuture();
    }
    return waits(first).compose(hold -> {
      if (hold != held) {
        LOG.log(
            INFO,
            "{0} {1}: {2} {3}",
            lanes.second(),
            hold ? "is read a poll at a time" : "is read as it comes",
            lanes.first(),
            hold ? "lags" : "is caught up with");
      }
      held = hold;
      slices.lag(hold);
      // Every time: partitions that came with a rebalance know nothing of it.
      return steer();
    });
  }

  private Future<Void> steer() {
    if (closed) {
      return Future.succeededFuture();
    }
    paused = isEnough();
    return paused ? stream.pause(second) : stream.resume(second);
  }

  /** No more of the second lane should be read now. */
  private boolean isEnough() {
    return held ? !slices.isEmpty() : slices.isFull();
  }

  private Future<Boolean> waits(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return stream.endOffsets(partitions).compose(ends -> {
      Map<TopicPartition, Future<Long>> asked = new HashMap<>();
      ends.keySet().forEach(one -> asked.put(one, stream.position(one)));
      return Future.all(List.copyOf(asked.values())).map(all -> {
        Map<TopicPartition, Long> positions = new HashMap<>();
        asked.forEach((one, position) -> positions.put(one, position.result()));
        return lag.isTooLong(ends, positions, System.nanoTime(), held);
      });
    });
  }

  private static Set<TopicPartition> of(String topic, Set<TopicPartition> assigned) {
    return assigned.stream()
        .filter(one -> one.topic().equals(topic))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
