package io.pacewire.ingest;

import io.vertx.core.Context;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.Producer;

/** Gives each event loop its share of the one producer's memory. */
final class Publishers {
  private final Producer<String, byte[]> producer;
  private final long budgetBytesALoop;
  private final InstantSource clock;

  Publishers(Producer<String, byte[]> producer, long budgetBytesALoop, InstantSource clock) {
    this.producer = producer;
    this.budgetBytesALoop = budgetBytesALoop;
    this.clock = clock;
  }

  SamplePublisher forThisLoop(Context context) {
    return new SamplePublisher(new PublishLoop(context, producer, budgetBytesALoop), clock);
  }
}
