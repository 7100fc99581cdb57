package io.pacewire.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How late an event loop is: a timer that measures its own delay. What blocks the loop shows here,
 * whoever did it. Used from the loop that it measures.
 */
public final class LoopLag {
  private static final long BEAT_MS = 100;

  private final Vertx vertx;
  private final Timer lag;
  private final Runnable alongside;
  private long timer;
  private long dueNanos;

  private LoopLag(Vertx vertx, Timer lag, Runnable alongside) {
    this.vertx = vertx;
    this.lag = lag;
    this.alongside = alongside;
  }

  /**
   * Begins to measure the loop it is called on.
   *
   * @param loop names the loop in the metric
   * @param alongside done at each beat, for figures that only the loop itself may read
   */
  public static LoopLag start(
      Vertx vertx, MeterRegistry registry, String loop, Runnable alongside) {
    Timer lag = Timer.builder("pacewire.loop.lag")
        .description("How late a timer of the event loop fires")
        .tag("loop", loop)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2))
        .register(registry);
    LoopLag measuring = new LoopLag(vertx, lag, alongside);
    measuring.dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MS);
    measuring.timer = vertx.setTimer(BEAT_MS, beat -> measuring.beat());
    return measuring;
  }

  public void stop() {
    boolean unused = vertx.cancelTimer(timer);
  }

  private void beat() {
    long now = System.nanoTime();
    lag.record(Math.max(0, now - dueNanos), TimeUnit.NANOSECONDS);
    alongside.run();
    dueNanos = now + TimeUnit.MILLISECONDS.toNanos(BEAT_MS);
    timer = vertx.setTimer(BEAT_MS, beat -> beat());
  }
}
