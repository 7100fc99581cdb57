package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Tells Kafka who is there and who went, in the order of each hub or device. */
final class PresencePublisher {

  /** Whom a will is answered to: its connection is gone. */
  private record Gone(Promise<Void> told) implements Door {
    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void flush() {}

    @Override
    public void fail(String reason) {
      boolean unused = told.tryFail(reason);
    }
  }

  private final PublishLoop loop;
  private final InstantSource clock;

  PresencePublisher(PublishLoop loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  void publish(Presence presence, Door door, Runnable acknowledge) {
    loop.send(record(presence, "published"), door, acknowledge);
  }

  /** Completes once Kafka has it. */
  Future<Void> publishWill(Presence presence) {
    Promise<Void> told = Promise.promise();
    loop.send(record(presence, "will"), new Gone(told), told::complete);
    return told.future();
  }

  private ProducerRecord<String, byte[]> record(Presence presence, String origin) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(
        EventTopics.TELEMETRY_HUB, presence.subject().toString(), presence.payload());
    Headers headers = record.headers();
    headers.add("kind", "presence".getBytes(UTF_8));
    headers.add("origin", origin.getBytes(UTF_8));
    headers.add(presence.hub() ? "hub" : "device", presence.subject().toString().getBytes(UTF_8));
    headers.add("received-at", Long.toString(clock.millis()).getBytes(UTF_8));
    return record;
  }
}
