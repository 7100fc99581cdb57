package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.events.EventTopics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Tells on every partition of telemetry that ingest is there, so that whoever consumes them can tell
 * silence of the athletes from silence of the platform: a record without key and value whose timestamp
 * is all it says.
 */
final class TimeBeat {
  private static final System.Logger LOG = System.getLogger(TimeBeat.class.getName());
  private static final long INTERVAL_MS = 10_000;
  private static final long RECENT_NANOS = 30_000_000_000L;
  private static final byte[] NOTHING = {};

  private final Vertx vertx;
  private final Producer<String, byte[]> producer;
  private final List<ProducerRecord<String, byte[]>> beats;
  private final LongSupplier nanos;
  /** Written by the producer's thread. */
  private volatile long takenNanos;

  private volatile boolean taken;
  private long timer;

  private TimeBeat(
      Vertx vertx,
      Producer<String, byte[]> producer,
      List<ProducerRecord<String, byte[]>> beats,
      LongSupplier nanos) {
    this.vertx = vertx;
    this.producer = producer;
    this.beats = beats;
    this.nanos = nanos;
  }

  /** Blocks unless the metadata of the topics are known. */
  static TimeBeat create(Vertx vertx, Producer<String, byte[]> producer, LongSupplier nanos) {
    List<ProducerRecord<String, byte[]>> beats =
        List.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL).stream()
            .flatMap(topic -> producer.partitionsFor(topic).stream()
                .map(one ->
                    new ProducerRecord<String, byte[]>(topic, one.partition(), null, NOTHING)))
            .toList();
    return new TimeBeat(vertx, producer, beats, nanos);
  }

  void start() {
    timer = vertx.setPeriodic(0, INTERVAL_MS, tick -> beat());
  }

  /** Fails unless Kafka took a beat of late: then it takes batches. */
  Future<Void> isHeard() {
    return taken && nanos.getAsLong() - takenNanos < RECENT_NANOS
        ? Future.succeededFuture()
        : Future.failedFuture("Kafka has not taken a beat for a while");
  }

  void stop() {
    boolean unused = vertx.cancelTimer(timer);
  }

  private void done(@Nullable RecordMetadata where, @Nullable Exception failure) {
    if (failure == null) {
      takenNanos = nanos.getAsLong();
      taken = true;
    }
  }

  private void beat() {
    try {
      for (ProducerRecord<String, byte[]> beat : beats) {
        var unused = producer.send(beat, this::done);
      }
    } catch (RuntimeException e) {
      // The next one may get through; batches that do not are told to their devices.
      LOG.log(DEBUG, "no beat: {0}", e.getMessage());
    }
  }
}
