package io.pacewire.track.pass;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hashes of crossings in a row. Who goes round and round crosses the same lines on any day, and as each
 * lap of one day is compared with all of another, some are alike by chance: where the same lines follow
 * each other more than {@value #FEW} times, a hash is of {@value #LONG_RUN} crossings, not of {@value
 * #RUN}.
 */
final class CrossingRuns implements GridCrossings.Sink {
  static final int RUN = 5;
  static final int LONG_RUN = 24;
  static final int FEW = 3;

  /** Between crossings, in steps of so much. */
  private static final double TIME_MS = 2_000;

  private long[] lines = new long[256];
  private long[] places = new long[256];
  private double[] atMs = new double[256];
  /** Of each crossing, the first that it follows without interruption. */
  private int[] since = new int[256];

  private int size;
  private int begin;

  @Override
  public void interrupt() {
    begin = size;
  }

  @Override
  public void cross(long line, long place, double at) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
      atMs = Arrays.copyOf(atMs, 2 * size);
      since = Arrays.copyOf(since, 2 * size);
    }
    lines[size] = line;
    places[size] = place;
    atMs[size] = at;
    since[size++] = begin;
  }

  /** The smallest hashes, with the times of their first and last crossing. */
  Map<Long, long[]> smallest(int most) {
    long[] ways = new long[size];
    for (int end = 0; end < size; end++) {
      ways[end] = has(end, RUN) ? way(end) : 0;
    }
    long[] sorted = ways.clone();
    Arrays.sort(sorted);
    TreeMap<Long, long[]> smallest = new TreeMap<>();
    for (int end = 0; end < size; end++) {
      int run = has(end, RUN) && times(sorted, ways[end]) > FEW ? LONG_RUN : RUN;
      if (has(end, run) && goesOn(end)) {
        int first = end - run + 1;
        smallest.putIfAbsent(hash(first, end), new long[] {(long) atMs[first], (long) atMs[end]});
        if (smallest.size() > most) {
          smallest.remove(smallest.lastKey());
        }
      }
    }
    return smallest;
  }

  private boolean has(int end, int run) {
    return end - since[end] + 1 >= run;
  }

  private long way(int end) {
    long hash = 1;
    for (int i = end - RUN + 1; i <= end; i++) {
      hash = mix(hash ^ lines[i]);
    }
    return hash;
  }

  /** As far as it matters. */
  private static int times(long[] sorted, long way) {
    int found = Arrays.binarySearch(sorted, way);
    int from = found;
    while (from > 0 && sorted[from - 1] == way && found - from < FEW) {
      from--;
    }
    int to = found;
    while (to + 1 < sorted.length && sorted[to + 1] == way && to - found < FEW) {
      to++;
    }
    return to - from + 1;
  }

  /** Who crosses at the same place again only goes to and fro. */
  private boolean goesOn(int end) {
    for (int i = end - RUN + 1; i <= end; i++) {
      for (int before = end - RUN + 1; before < i; before++) {
        if (lines[i] == lines[before] && places[i] == places[before]) {
          return false;
        }
      }
    }
    return true;
  }

  private long hash(int first, int end) {
    long hash = 1;
    for (int i = first; i <= end; i++) {
      hash = mix(hash ^ lines[i]);
      hash = mix(hash ^ places[i]);
      hash = i == first ? hash : mix(hash ^ Math.round((atMs[i] - atMs[i - 1]) / TIME_MS));
    }
    return hash;
  }

  /** The finalizer of splitmix64 (Steele, Lea and Flood, Fast splittable generators, 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
