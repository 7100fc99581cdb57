package io.pacewire.training;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.platform.metrics.Metrics;
import io.vertx.core.Vertx;

/**
 * What the role has done since it started.
 *
 * @param stored batches that were new
 * @param folded batches that a live fold took; again where it had to begin again
 * @param aside sessions that were set aside or not revised, since nothing can be made of them
 */
record TrainingMeters(Counter stored, Counter folded, Counter aside) {

  static TrainingMeters of(Vertx vertx) {
    MeterRegistry registry = Metrics.of(vertx);
    return new TrainingMeters(
        Counter.builder("pacewire.training.batches.stored")
            .description("Batches stored as chunks")
            .register(registry),
        Counter.builder("pacewire.training.batches.folded")
            .description("Batches taken by the live fold")
            .register(registry),
        Counter.builder("pacewire.training.sessions.aside")
            .description(
                "Sessions set aside or not revised: the log names each and what was thrown")
            .register(registry));
  }
}
