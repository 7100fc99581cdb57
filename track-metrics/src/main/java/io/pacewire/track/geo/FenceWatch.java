package io.pacewire.track.geo;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * Says when one athlete enters and leaves a fence. Noise at the edge gives no volley: an event is
 * only said once a fix is deeper than three times its sigma, at least 5 m, on the other side (inside no
 * deeper than half of what the fence has), or all fixes of two minutes were there, one and a half sigmas
 * deep in the mean. Of several crossings before that, its time is that of the first where the athlete
 * was past the edge between them, else that of the last. The first
 * fix only says on which side the athlete is. A way between two fixes that are less than a minute
 * apart is followed, so a small fence is not jumped over. Fixes must come in order of time; one
 * that is not later than the one before changes nothing. Not safe for use by several threads.
 */
public final class FenceWatch {
  /** Across a longer silence only the sides at its ends are compared. */
  public static final long FOLLOWED_MS = 60_000;

  private static final double LEAST_BAND_M = 5;
  private static final double BAND_SIGMAS = 3;
  private static final double LEAST_STEP_M = 0.5;
  private static final double MOST_STEPS = 200;
  private static final int HALVINGS = 40;

  private final Geofence fence;
  private final Consumer<FenceEvent> sink;
  private final EdgePassages passages = new EdgePassages();
  private @Nullable GeoFix latest;
  private boolean inside;

  /** @param sink is told each event as it is certain, by the thread that brings the fix */
  public FenceWatch(Geofence fence, Consumer<FenceEvent> sink) {
    this.fence = fence;
    this.sink = sink;
  }

  /** Whether the athlete is inside, as far as was said; false before the first fix. */
  public boolean isInside() {
    return inside;
  }

  /** The next fix, in order of time. */
  public void accept(GeoFix fix) {
    GeoFix before = latest;
    if (before == null) {
      inside = fence.depthM(fix.position()) >= 0;
      latest = fix;
    } else if (fix.atEpochMs() > before.atEpochMs()) {
      follow(before, fix);
      latest = fix;
    }
  }

  /**
   * The track is at its end: who crossed the edge, and was half a sigma past it since then in the mean, stopped
   * there.
   */
  public void end() {
    if (latest != null && passages.endsThere()) {
      turn(passages.taken());
    }
    latest = null;
    passages.forget();
  }

  /**
   * In steps no longer than the distance to the edge: within that there is nothing to cross. Away
   * from the edge that is one step.
   */
  private void follow(GeoFix from, GeoFix to) {
    Coordinate start = fence.plane().coordinate(from.position());
    Coordinate end = fence.plane().coordinate(to.position());
    double lengthM = start.distance(end);
    boolean followed = to.atEpochMs() - from.atEpochMs() <= FOLLOWED_MS;
    double share = 0;
    double depth = fence.depthM(start);
    while (share < 1) {
      double stepM = Math.max(LEAST_STEP_M, Math.abs(depth));
      double step = followed ? Math.max(1 / MOST_STEPS, stepM / lengthM) : 1;
      double next = Math.min(1, share + step);
      double nextDepth = fence.depthM(at(start, end, next));
      boolean over = inside ? depth >= 0 && nextDepth < 0 : depth < 0 && nextDepth >= 0;
      if (over) {
        double crossed = crossing(start, end, share, next, depth < 0);
        double towardsM = (nextDepth - depth) / (next - share);
        passages.over(Crossing.between(from, to, crossed, towardsM));
      }
      settle(from, to, next, nextDepth);
      share = next;
      depth = nextDepth;
    }
  }

  private double crossing(
      Coordinate start, Coordinate end, double from, double to, boolean entering) {
    double before = from;
    double after = to;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (before + after) / 2;
      if (fence.depthM(at(start, end, middle)) < 0 == entering) {
        before = middle;
      } else {
        after = middle;
      }
    }
    return (before + after) / 2;
  }

  private void settle(GeoFix from, GeoFix to, double share, double depth) {
    long atMs = from.atEpochMs() + Math.round(share * (to.atEpochMs() - from.atEpochMs()));
    double sigmaM = Crossing.sigmaM(from, to, share);
    double band = Math.max(LEAST_BAND_M, BAND_SIGMAS * sigmaM);
    double otherSideM = inside ? -depth : depth;
    double farM = inside ? band : Math.min(band, fence.greatestDepthM() / 2);
    boolean stays = passages.stays(atMs, otherSideM, Math.max(LEAST_BAND_M / BAND_SIGMAS, sigmaM));
    if (otherSideM <= -band) {
      passages.forget();
    }
    if (otherSideM >= farM || stays) {
      turn(passages.taken());
    }
  }

  private void turn(@Nullable Crossing crossing) {
    if (crossing != null) {
      inside = !inside;
      passages.forget();
      sink.accept(new FenceEvent(fence.id(), kind(), crossing));
    }
  }

  private FenceEvent.Kind kind() {
    if (fence.isCorridor()) {
      return inside ? FenceEvent.Kind.BACK_ON_COURSE : FenceEvent.Kind.OFF_COURSE;
    }
    return inside ? FenceEvent.Kind.ENTER : FenceEvent.Kind.LEAVE;
  }

  private static Coordinate at(Coordinate start, Coordinate end, double share) {
    return new Coordinate(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y));
  }
}
