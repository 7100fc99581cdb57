package io.pacewire.bench.ingest;

/** How long things took, counted in steps of 1/64 of their size; written by one thread. */
public final class Latencies {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;

  private final long[] counts = new long[(64 - STEP_BITS) * STEPS];
  private long total;

  public void add(long ns) {
    counts[place(Math.max(0, ns))]++;
    total++;
  }

  public void addAll(Latencies other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** NaN where nothing was counted. */
  public double quantileMs(double share) {
    if (total == 0) {
      return Double.NaN;
    }
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    int place = 0;
    while (seen + counts[place] < wanted) {
      seen += counts[place++];
    }
    return upperNs(place) / 1e6;
  }

  private static int place(long ns) {
    if (ns < STEPS) {
      return (int) ns;
    }
    int shift = 63 - Long.numberOfLeadingZeros(ns) - STEP_BITS;
    return (shift + 1) * STEPS + (int) (ns >>> shift) - STEPS;
  }

  private static double upperNs(int place) {
    if (place < STEPS) {
      return place;
    }
    int shift = place / STEPS - 1;
    return (double) (place % STEPS + STEPS + 1) * (1L << shift);
  }
}
