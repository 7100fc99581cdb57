package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.pacewire.launcher.DisturbedSession.Delivery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes to Kafka what ingest would. Its clock is days behind, so that it can be set forward: Kafka
 * takes nothing from the future. Thread-safe.
 */
final class StandInIngest implements AutoCloseable {
  private static final List<String> LANES =
      List.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL);
  private static final long BEHIND_MS = TimeUnit.DAYS.toMillis(3);
  private static final long BEAT_MS = 20_000;
  private static final long UPLINK_MS = 300;
  private static final byte[] NOTHING = {};

  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private long aheadMs = -BEHIND_MS;

  StandInIngest(String brokers) {
    producer = new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", brokers,
            "acks", "all",
            "enable.idempotence", "true",
            // As ingest has it. With more, what is sent while a topic is being made may overtake
            // itself.
            "max.in.flight.requests.per.connection", "1",
            "linger.ms", "2"),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  synchronized long nowMs() {
    return System.currentTimeMillis() + aheadMs;
  }

  /** The clock goes on, and every partition is told. */
  synchronized void advance(long ms) {
    for (long gone = 0; gone < ms; gone += BEAT_MS) {
      aheadMs += Math.min(BEAT_MS, ms - gone);
      beat();
    }
  }

  /** The clock goes on, and nobody hears of it. */
  synchronized void standStill(long ms) {
    aheadMs += ms;
  }

  synchronized void send(DisturbedSession session, Delivery delivery) {
    long now = nowMs();
    String topic = LANES.get(delivery.backfill() ? 1 : 0);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, null, now, session.athlete.toString(), delivery.bytes());
    header(record, "session", session.session);
    header(record, "writer", delivery.writer().number);
    header(record, "seq", delivery.seq());
    header(record, "device", session.device);
    header(record, "received-at", now);
    header(record, "sent-at", now - UPLINK_MS);
    send(record);
  }

  synchronized void beat() {
    for (String lane : LANES) {
      producer
          .partitionsFor(lane)
          .forEach(
              one -> send(new ProducerRecord<>(lane, one.partition(), nowMs(), null, NOTHING)));
    }
  }

  private void send(ProducerRecord<String, byte[]> record) {
    var unused = producer.send(record, (written, fault) -> {
      if (fault != null) {
        failure.compareAndSet(null, fault);
      }
    });
  }

  /** Everything that was sent is on its topic. */
  void flush() {
    producer.flush();
    Throwable fault = failure.get();
    if (fault != null) {
      throw new AssertionError("not sent", fault);
    }
  }

  private static void header(ProducerRecord<?, ?> record, String name, Object value) {
    record.headers().add(name, value.toString().getBytes(UTF_8));
  }

  @Override
  public void close() {
    producer.close();
  }
}
