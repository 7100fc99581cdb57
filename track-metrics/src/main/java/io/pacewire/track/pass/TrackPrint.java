package io.pacewire.track.pass;

import io.pacewire.track.TrackPoint;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A small print of where and when a track went, by which a copy of it is known, shifted in time or
 * cut, with a part of its points. Places of {@value #RUN} points in a row and the times between them
 * make a hash; the {@value #KEPT} smallest of all hashes are the print (bottom-k sketch: Broder, On
 * the resemblance and containment of documents, 1997). Two honest trainings on one road have none in
 * common, since no receiver repeats itself to a metre thirty times. Who adds noise to a copy is not
 * found.
 */
public final class TrackPrint {
  static final int RUN = 30;
  static final int KEPT = 128;

  /** About a metre. */
  private static final double GRID = 1e5;

  private static final double LIMIT = 0.2;

  private final long[] hashes;
  private final long fromEpochMs;
  private final long toEpochMs;

  private TrackPrint(long[] hashes, long fromEpochMs, long toEpochMs) {
    this.hashes = hashes;
    this.fromEpochMs = fromEpochMs;
    this.toEpochMs = toEpochMs;
  }

  /** @param points of the whole training */
  public static TrackPrint of(List<TrackPoint> points) {
    TreeSet<Long> smallest = new TreeSet<>();
    for (int i = RUN; i < points.size(); i++) {
      smallest.add(hash(points, i));
      if (smallest.size() > KEPT) {
        var unused = smallest.pollLast();
      }
    }
    long from = points.isEmpty() ? 0 : points.get(0).atEpochMs();
    long to = points.isEmpty() ? 0 : points.get(points.size() - 1).atEpochMs();
    return new TrackPrint(smallest.stream().mapToLong(Long::longValue).toArray(), from, to);
  }

  private static long hash(List<TrackPoint> points, int end) {
    long hash = 1;
    for (int i = end - RUN + 1; i <= end; i++) {
      TrackPoint point = points.get(i);
      long ms = point.atEpochMs() - points.get(i - 1).atEpochMs();
      hash = mix(hash ^ Math.round(point.latitudeDeg() * GRID));
      hash = mix(hash ^ Math.round(point.longitudeDeg() * GRID));
      hash = mix(hash ^ ms);
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

  /** Ascending; {@value #KEPT} at most. */
  public long[] hashes() {
    return hashes.clone();
  }

  /**
   * Whether this track was recorded before.
   *
   * @param earlier hashes of another training's print, ascending
   */
  public Optional<Suspicion> resembles(long[] earlier) {
    double share = share(hashes, earlier);
    if (share < LIMIT) {
      return Optional.empty();
    }
    double confidence = 0.5 + 0.5 * share;
    return Optional.of(
        new Suspicion(Reason.REPLAYED_TRACK, confidence, share, LIMIT, fromEpochMs, toEpochMs));
  }

  /** Of the smallest hashes of both together, those that are in both; 0 to 1. */
  static double share(long[] one, long[] other) {
    List<Long> common = new ArrayList<>();
    int i = 0;
    int j = 0;
    int seen = 0;
    int most = Math.min(KEPT, Math.max(one.length, other.length));
    while (i < one.length && j < other.length && seen < most) {
      if (one[i] == other[j]) {
        common.add(one[i]);
        i++;
        j++;
      } else if (one[i] < other[j]) {
        i++;
      } else {
        j++;
      }
      seen++;
    }
    return seen == 0 ? 0 : (double) common.size() / most;
  }
}
