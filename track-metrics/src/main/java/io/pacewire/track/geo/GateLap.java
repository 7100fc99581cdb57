package io.pacewire.track.geo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From one forward crossing of a lap line to the next. Immutable. */
public final class GateLap {
  private final int index;
  private final GateCrossing start;
  private final GateCrossing end;

  private GateLap(int index, GateCrossing start, GateCrossing end) {
    this.index = index;
    this.start = start;
    this.end = end;
  }

  /**
   * Laps between crossings of one line, in order of time. Who goes back over the line gives up the
   * lap begun: the next forward crossing starts one and ends none.
   */
  public static List<GateLap> of(List<GateCrossing> crossings) {
    List<GateLap> laps = new ArrayList<>();
    @Nullable GateCrossing start = null;
    for (GateCrossing crossing : crossings) {
      if (start != null && crossing.isForward()) {
        laps.add(new GateLap(laps.size() + 1, start, crossing));
      }
      start = crossing.isForward() ? crossing : null;
    }
    return laps;
  }

  /** 1 for the first lap. */
  public int index() {
    return index;
  }

  /** The forward crossing that it begins with. */
  public GateCrossing start() {
    return start;
  }

  /** The next forward crossing. */
  public GateCrossing end() {
    return end;
  }

  /** Milliseconds from crossing to crossing, with all pauses; more than 0. */
  public long elapsedMs() {
    return end.atEpochMs() - start.atEpochMs();
  }

  /** Standard uncertainty of the elapsed time; the two crossings are taken as independent. */
  public double uncertaintyMs() {
    double first = start.uncertaintyMs();
    double second = end.uncertaintyMs();
    return Math.sqrt(first * first + second * second);
  }
}
