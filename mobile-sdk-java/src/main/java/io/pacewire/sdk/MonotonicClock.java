package io.pacewire.sdk;

/**
 * A clock that only goes forward, whatever happens to the time of day: {@code
 * SystemClock::elapsedRealtime} on Android. Any thread may call it; it must not throw.
 */
@FunctionalInterface
public interface MonotonicClock {
  /** Milliseconds since some fixed moment, the start of the device for example. */
  long elapsedMs();
}
