package io.pacewire.ingest;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.WireLimits;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Makes Kafka records of what was admitted or refused and sends them. One for each event loop. */
final class SamplePublisher {
  private static final System.Logger LOG = System.getLogger(SamplePublisher.class.getName());
  private static final int DEAD_LETTER_BYTES = 65_536;

  /**
   * What Kafka may find too long is held until it has answered, so that a dead letter can have it; for
   * the rest that would be twice the memory, and no broker is set to refuse it.
   */
  private static final int KEPT_FROM_BYTES = 16_384;

  private static final byte[] NOTHING = {};

  private static final RecordHeader[] WRITERS = writers();

  private final PublishLoop loop;
  private final InstantSource clock;
  private final SessionHeaders.Known sessions = new SessionHeaders.Known();
  private final TimeHeader receivedAt = new TimeHeader("received-at");
  private final TimeHeader sentAt = new TimeHeader("sent-at");

  SamplePublisher(PublishLoop loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  private static RecordHeader[] writers() {
    RecordHeader[] all = new RecordHeader[WireLimits.MAX_WRITERS];
    for (int writer = 0; writer < all.length; writer++) {
      all[writer] = new RecordHeader("writer", Decimal.ascii(writer));
    }
    return all;
  }

  PublishLoop loop() {
    return loop;
  }

  /**
   * The batch's bytes travel on as they came.
   *
   * @param refuse where Kafka will never take it, once that is kept for an operator
   */
  void publish(
      Device device, Admitted admitted, Door door, Runnable acknowledge, Consumer<Refused> refuse) {
    Envelope envelope = admitted.envelope();
    BatchHeader header = admitted.header();
    int from = envelope.batchFrom();
    byte[] batch = Arrays.copyOfRange(envelope.buffer(), from, from + envelope.batchLength());
    String topic =
        admitted.backfill() ? EventTopics.TELEMETRY_BACKFILL : EventTopics.TELEMETRY_LIVE;
    SessionHeaders session = sessions.of(header.sessionId(), device);
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, session.key(), batch);
    Headers headers = record.headers();
    headers.add(session.session());
    headers.add(WRITERS[header.writer()]);
    headers.add(new RecordHeader("seq", Decimal.ascii(header.seq())));
    headers.add(session.device());
    headers.add(receivedAt.of(clock.millis()));
    headers.add(sentAt.of(admitted.sentAtMs()));
    String traceparent = envelope.traceparent();
    if (traceparent != null) {
      add(headers, "traceparent", traceparent);
    }
    byte[] message = envelope.buffer().length < KEPT_FROM_BYTES ? NOTHING : envelope.buffer();
    loop.send(record, door, acknowledge, fault -> {
      Refused refused = refused(header, fault);
      deadLetter(device, refused, message, door, () -> refuse.accept(refused));
    });
  }

  private static Refused refused(BatchHeader header, Exception fault) {
    return new Refused(
        header.sessionId(),
        header.writer(),
        header.seq(),
        RecordFaults.reason(fault),
        "Kafka: " + fault.getMessage());
  }

  /** Keeps what can never succeed where an operator finds it, with the reason; of a long one the beginning. */
  void deadLetter(Device device, Refused refused, byte[] message, Door door, Runnable acknowledge) {
    byte[] kept =
        message.length <= DEAD_LETTER_BYTES ? message : Arrays.copyOf(message, DEAD_LETTER_BYTES);
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(
        EventTopics.dead(EventTopics.TELEMETRY_LIVE), device.athleteId().toString(), kept);
    Headers headers = record.headers();
    add(headers, "reason", refused.reason());
    add(headers, "detail", refused.detail());
    add(headers, "device", device.deviceId().toString());
    add(headers, "received-at", Long.toString(clock.millis()));
    loop.send(record, door, acknowledge, fault -> {
      // Who sent it must learn of it all the same, or would send it for ever.
      LOG.log(WARNING, "not even its dead letter: {0}", fault.getMessage());
      acknowledge.run();
    });
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
