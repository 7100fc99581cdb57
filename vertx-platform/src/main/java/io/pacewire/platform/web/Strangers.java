package io.pacewire.platform.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What each address may have verified of signatures that nobody knows yet: forged ones cost as much as
 * good ones, and would keep those waiting. Only forged ones count, as a whole fleet may come from one
 * address. Where there were too many, a part is left to that address all the same, since good devices may be
 * behind it, too. Bounded. Thread-safe.
 */
public final class Strangers {
  /** A fleet that comes back at once; beyond that it waits for others anyway. */
  static final int MOST_AT_ONCE = 2_500;

  static final int MOST_ADDRESSES = 10_000;

  /** What is verified for an address that brought too many, in forged tokens that it may bring. */
  static final int RESERVE_TIMES = 5;

  /** The same for all such addresses together. */
  static final int ALL_RESERVES_TIMES = 10;

  private static final int BURST_S = 10;

  private final int forgedPerS;
  private final LongSupplier nanos;
  private final Counter forgeries;
  private final Counter reserved;
  private final Counter refused;
  private final Share allReserves;
  private final Map<String, Stranger> known = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Stranger> eldest) {
      return size() > MOST_ADDRESSES;
    }
  };

  /** At whose cost one is verified. */
  enum Pass {
    FREE,
    RESERVED,
    NONE
  }

  /** Refills by time, up to so much. */
  private static final class Share {
    private static final double NANOS = 1e9;

    private final double perS;
    private final double most;
    private double left;
    private long atNanos;

    Share(double perS, double most, long nowNanos) {
      this.perS = perS;
      this.most = most;
      this.left = most;
      this.atNanos = nowNanos;
    }

    double left(long nowNanos) {
      left = Math.min(most, left + (nowNanos - atNanos) / NANOS * perS);
      atNanos = nowNanos;
      return left;
    }

    void spend() {
      left--;
    }
  }

  private static final class Stranger {
    private final Share forged;
    private final Share reserve;
    private int underWay;

    Stranger(int forgedPerS, long nowNanos) {
      forged = new Share(forgedPerS, (double) forgedPerS * BURST_S, nowNanos);
      double reservedPerS = (double) forgedPerS * RESERVE_TIMES;
      reserve = new Share(reservedPerS, reservedPerS, nowNanos);
    }
  }

  /**
   * @param forgedPerS that an address may bring, with a burst of ten seconds; 0 for any number
   * @param role in metrics
   */
  public Strangers(int forgedPerS, LongSupplier nanos, MeterRegistry registry, String role) {
    this.forgedPerS = forgedPerS;
    this.nanos = nanos;
    double reservedPerS = (double) forgedPerS * ALL_RESERVES_TIMES;
    this.allReserves = new Share(reservedPerS, reservedPerS, nanos.getAsLong());
    this.forgeries = counter(registry, role, "forged");
    this.reserved = counter(registry, role, "reserved");
    this.refused = counter(registry, role, "refused");
  }

  /** Verifies for an address; fails with 503 where it brought too many forged ones. */
  <T> Future<T> verify(String address, Predicate<Throwable> isForged, Supplier<Future<T>> work) {
    Pass pass = mayAsk(address);
    if (pass == Pass.NONE) {
      return Future.failedFuture(
          new ProblemException(Problem.unavailable(TokenRefusals.STRANGERS)));
    }
    return work.get()
        .onComplete(
            verified -> done(address, pass, verified.failed() && isForged.test(verified.cause())));
  }

  /** Whether one more may be looked at; it is to be {@link #done} then. */
  synchronized Pass mayAsk(String address) {
    if (forgedPerS == 0) {
      return Pass.FREE;
    }
    long now = nanos.getAsLong();
    Stranger stranger = stranger(address, now);
    if (stranger.forged.left(now) > 0 && stranger.underWay < MOST_AT_ONCE) {
      stranger.underWay++;
      return Pass.FREE;
    }
    if (stranger.reserve.left(now) < 1 || allReserves.left(now) < 1) {
      refused.increment();
      return Pass.NONE;
    }
    stranger.reserve.spend();
    allReserves.spend();
    reserved.increment();
    return Pass.RESERVED;
  }

  synchronized void done(String address, Pass pass, boolean forged) {
    if (forged) {
      forgeries.increment();
    }
    if (forgedPerS > 0 && pass == Pass.FREE) {
      long now = nanos.getAsLong();
      Stranger stranger = stranger(address, now);
      stranger.underWay = Math.max(0, stranger.underWay - 1);
      if (forged) {
        double unused = stranger.forged.left(now);
        stranger.forged.spend();
      }
    }
  }

  private Stranger stranger(String address, long nowNanos) {
    return known.computeIfAbsent(address, first -> new Stranger(forgedPerS, nowNanos));
  }

  private static Counter counter(MeterRegistry registry, String role, String what) {
    return registry.counter("pacewire.tokens.strangers", "role", role, "what", what);
  }
}
