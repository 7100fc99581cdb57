package io.pacewire.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that starts now and is put forward by hand. */
final class TestClock implements InstantSource {
  private final AtomicLong aheadMs = new AtomicLong();

  void forward(Duration by) {
    aheadMs.addAndGet(by.toMillis());
  }

  void reset() {
    aheadMs.set(0);
  }

  @Override
  public Instant instant() {
    return Instant.now().plusMillis(aheadMs.get());
  }
}
