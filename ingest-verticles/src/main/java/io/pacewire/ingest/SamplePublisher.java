package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.Envelope;
import java.time.InstantSource;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Makes Kafka records of what was admitted or refused and sends them. One for each event loop. */
final class SamplePublisher {
  private static final int DEAD_LETTER_BYTES = 65_536;

  private final PublishLoop loop;
  private final InstantSource clock;

  SamplePublisher(PublishLoop loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  PublishLoop loop() {
    return loop;
  }

  /** The batch's bytes travel on as they came. */
  void publish(Device device, Admitted admitted, Door door, Runnable acknowledge) {
    Envelope envelope = admitted.envelope();
    BatchHeader header = admitted.header();
    int from = envelope.batchFrom();
    byte[] batch = Arrays.copyOfRange(envelope.buffer(), from, from + envelope.batchLength());
    String topic =
        admitted.backfill() ? EventTopics.TELEMETRY_BACKFILL : EventTopics.TELEMETRY_LIVE;
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, device.athleteId().toString(), batch);
    Headers headers = record.headers();
    add(headers, "session", header.sessionId().toString());
    add(headers, "writer", Integer.toString(header.writer()));
    add(headers, "seq", Integer.toString(header.seq()));
    add(headers, "device", device.deviceId().toString());
    add(headers, "received-at", Long.toString(clock.millis()));
    add(headers, "sent-at", Long.toString(envelope.sentAtEpochMs()));
    String traceparent = envelope.traceparent();
    if (traceparent != null) {
      add(headers, "traceparent", traceparent);
    }
    loop.send(record, door, acknowledge);
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
    loop.send(record, door, acknowledge);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
