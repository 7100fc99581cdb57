package io.pacewire.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What each address may have verified of tokens that nobody knows yet: forged ones cost as much as good ones,
 * and would keep those waiting. Only forged ones count, as a whole fleet may come from one address.
 * Bounded. Thread-safe.
 */
final class Strangers {
  /** A fleet that comes back at once; beyond that it waits for others anyway. */
  static final int MOST_AT_ONCE = 2_500;

  static final int MOST_ADDRESSES = 10_000;
  private static final int BURST_S = 10;
  private static final double NANOS = 1e9;

  private final int forgedPerS;
  private final LongSupplier nanos;
  private final Map<String, Stranger> known = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Stranger> eldest) {
      return size() > MOST_ADDRESSES;
    }
  };

  private static final class Stranger {
    private int underWay;
    private double left;
    private long atNanos;
  }

  /** @param forgedPerS that an address may bring, with a burst of ten seconds; 0 for any number */
  Strangers(int forgedPerS, LongSupplier nanos) {
    this.forgedPerS = forgedPerS;
    this.nanos = nanos;
  }

  /** Whether one more may be looked at; it is to be {@link #done} then. */
  synchronized boolean mayAsk(String address) {
    if (forgedPerS == 0) {
      return true;
    }
    Stranger stranger = refilled(address);
    if (stranger.left <= 0 || stranger.underWay >= MOST_AT_ONCE) {
      return false;
    }
    stranger.underWay++;
    return true;
  }

  synchronized void done(String address, boolean forged) {
    if (forgedPerS > 0) {
      Stranger stranger = refilled(address);
      stranger.underWay = Math.max(0, stranger.underWay - 1);
      stranger.left -= forged ? 1 : 0;
    }
  }

  private Stranger refilled(String address) {
    long now = nanos.getAsLong();
    Stranger stranger = known.computeIfAbsent(address, first -> {
      Stranger unknown = new Stranger();
      unknown.left = forgedPerS * BURST_S;
      unknown.atNanos = now;
      return unknown;
    });
    double filled = stranger.left + (now - stranger.atNanos) / NANOS * forgedPerS;
    stranger.left = Math.min(forgedPerS * BURST_S, filled);
    stranger.atNanos = now;
    return stranger;
  }
}
