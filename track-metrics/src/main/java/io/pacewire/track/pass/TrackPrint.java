package io.pacewire.track.pass;

import io.pacewire.track.TrackPoint;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small print of where and when a track went, by which a copy of it is known: shifted in time, cut,
 * begun or ended elsewhere, with half of its points, or with a part of it within another track. Five
 * lines of a grid in a row, where each is crossed and the times between, make a hash; the {@value #KEPT}
 * smallest of all hashes are the print (bottom-k sketch: Broder, On the resemblance and containment of
 * documents, 1997).
 *
 * <p>Two receivers on one road are metres and seconds apart, so that of five crossings one at least
 * differs: two who run side by side have some per cent of hashes in common at most, a copy of half the
 * points a fifth and more, a copy of all of them all. Who stands crosses nothing. Not found are copies to
 * which noise of metres was added, parts of less than some 600 m, and rounds of one place with half of
 * their points.
 */
public final class TrackPrint {
  static final int KEPT = 256;

  /** Of hashes in common; less is chance. */
  static final int LEAST = 5;

  static final double LIMIT = 0.1;

  /** Of a doubt, by each hash in common. */
  private static final double KEPT_DOUBT = 0.9;

  private final long[] hashes;
  private final Map<Long, long[]> fromToMs;

  private TrackPrint(Map<Long, long[]> fromToMs) {
    this.fromToMs = fromToMs;
    this.hashes = fromToMs.size() < LEAST
        ? new long[0]
        : fromToMs.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** @param points of the whole training */
  public static TrackPrint of(List<TrackPoint> points) {
    CrossingRuns runs = new CrossingRuns();
    if (!points.isEmpty()) {
      GridCrossings crossings = new GridCrossings(runs, points.get(0));
      points.subList(1, points.size()).forEach(crossings::go);
    }
    return new TrackPrint(runs.smallest(KEPT));
  }

  /** Ascending; {@value #KEPT} at most, none where the track is too short to tell. */
  public long[] hashes() {
    return hashes.clone();
  }

  /**
   * Whether this track, or a part of it, was recorded before. The suspicion says from when to when.
   *
   * @param earlier hashes of another training's print, ascending
   */
  public Optional<Suspicion> resembles(long[] earlier) {
    long comparable = Math.min(last(hashes), last(earlier));
    int common = 0;
    long fromMs = Long.MAX_VALUE;
    long toMs = Long.MIN_VALUE;
    for (long hash : hashes) {
      if (hash <= comparable && Arrays.binarySearch(earlier, hash) >= 0) {
        long[] span = fromToMs.getOrDefault(hash, new long[2]);
        common++;
        fromMs = Math.min(fromMs, span[0]);
        toMs = Math.max(toMs, span[1]);
      }
    }
    int fewer = Math.min(upTo(comparable, hashes), upTo(comparable, earlier));
    double share = (double) common / Math.max(1, fewer);
    if (common < LEAST || share < LIMIT) {
      return Optional.empty();
    }
    double confidence = 1 - (1 - share / 2) * StrictMath.pow(KEPT_DOUBT, common);
    return Optional.of(
        new Suspicion(Reason.REPLAYED_TRACK, confidence, share, LIMIT, fromMs, toMs));
  }

  /** A print that is full knows nothing of hashes beyond its last. */
  private static long last(long[] print) {
    return print.length < KEPT ? Long.MAX_VALUE : print[print.length - 1];
  }

  private static int upTo(long most, long[] print) {
    int count = 0;
    for (long hash : print) {
      count += hash <= most ? 1 : 0;
    }
    return count;
  }
}
