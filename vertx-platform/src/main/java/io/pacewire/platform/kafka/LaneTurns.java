package io.pacewire.platform.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Whose turn it is where two lanes are read: all of the first, little of the second, and when to look again. */
final class LaneTurns {
  /** What is asked of a consumer waits for the poll that is under way. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** The same while something of the second lane is held back. */
  private static final Duration HELD_POLL = Duration.ofMillis(1);

  private final KafkaReadStream<String, byte[]> stream;
  private final int maxRecords;
  private final LaneSlices slices;
  private final LaneBrake brake;

  LaneTurns(Vertx vertx, KafkaReadStream<String, byte[]> stream, Lanes lanes, int maxRecords) {
    this.stream = stream.pollTimeout(POLL);
    this.maxRecords = maxRecords;
    slices = new LaneSlices(lanes.second(), maxRecords);
    brake = new LaneBrake(vertx, stream, lanes, slices);
  }

  void start() {
    brake.start();
  }

  Future<Void> stop() {
    return brake.stop();
  }

  /** Whether the first lane lags, so that the second is read a poll at a time. */
  boolean isSecondHeld() {
    return brake.isHeld();
  }

  /** Whether anything of the second lane has been read and waits for its turn. */
  boolean isAnyLeft() {
    return !slices.isEmpty();
  }

  /** What {@link #next} gave last is done. */
  void took(long tookNanos) {
    slices.took(tookNanos, System.nanoTime());
  }

  /** What to do of what came now and of what was left. */
  ConsumerRecords<String, byte[]> next(ConsumerRecords<String, byte[]> polled) {
    if (polled.count() >= maxRecords) {
      stream.resume(); // more waits: it is handed over while this is done
    }
    ConsumerRecords<String, byte[]> batch = slices.next(polled, System.nanoTime());
    brake.look();
    KafkaReadStream<String, byte[]> unused = stream.pollTimeout(isAnyLeft() ? HELD_POLL : POLL);
    return batch;
  }
}
