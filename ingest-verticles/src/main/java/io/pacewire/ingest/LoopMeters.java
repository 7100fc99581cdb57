package io.pacewire.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.pacewire.platform.metrics.LoopLag;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one event loop of ingest has on its way, what Kafka took of it, and how late the loop is. The
 * loop's own figures are read ten times a second by the loop itself, so that sending costs nothing
 * more.
 */
final class LoopMeters {
  private final PublishLoop loop;
  private final AtomicLong inFlight;
  private final Counter acked;
  private final Counter failed;
  private final LoopLag lag;
  private long ackedBefore;
  private long failedBefore;

  private LoopMeters(Vertx vertx, MeterRegistry registry, String name, PublishLoop loop) {
    this.loop = loop;
    Tags tags = Tags.of("loop", name);
    this.inFlight = new AtomicLong();
    var unused = registry.gauge("pacewire.ingest.in.flight.bytes", tags, inFlight, AtomicLong::get);
    this.acked = registry.counter("pacewire.ingest.acked", tags);
    this.failed = registry.counter("pacewire.ingest.failed", tags);
    this.lag = LoopLag.start(vertx, registry, name, this::read);
  }

  /** To be called on the loop; {@code name} is one of a few words. */
  static LoopMeters start(Vertx vertx, MeterRegistry registry, String name, PublishLoop loop) {
    return new LoopMeters(vertx, registry, name, loop);
  }

  /** Of the first loop of a kind, or of one of the others. */
  static String name(String kind, int number) {
    return number == 1 ? kind : kind + "-" + number;
  }

  void stop() {
    lag.stop();
  }

  private void read() {
    inFlight.set(loop.inFlightBytes());
    acked.increment((double) (loop.acked() - ackedBefore));
    ackedBefore = loop.acked();
    failed.increment((double) (loop.failed() - failedBefore));
    failedBefore = loop.failed();
  }
}
