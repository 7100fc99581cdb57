package io.pacewire.track.geo;

import java.util.List;

/**
 * What of a track may be shown. The stretches carry a distance without what is hidden: hidden metres
 * from several sides would give the place away (Dhondt and others, A Run a Day Won't Keep the Hacker
 * Away, CCS 2022). For the same reason nobody else may be told the track's own start and end, nor its
 * whole distance and duration; times within the stretches are left as they are. Immutable.
 */
public final class PrivacyZones {
  /** Of one athlete. */
  public static final int MOST_ZONES = 50;

  private final List<PrivacyZone> zones;

  private PrivacyZones(List<PrivacyZone> zones) {
    this.zones = zones;
  }

  /** At most 50. */
  public static PrivacyZones of(List<PrivacyZone> zones) {
    Ranges.within("zones", zones.size(), 0, MOST_ZONES);
    return new PrivacyZones(List.copyOf(zones));
  }

  /** Whether any of them hides the place. */
  public boolean hide(Position place) {
    for (PrivacyZone zone : zones) {
      if (zone.hides(place)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The visible stretches in order, their ends cut at the zones' edges; each begins with a break.
   * Breaks of the track end a stretch too.
   */
  public List<List<PathPoint>> visible(List<PathPoint> track) {
    Ranges.within("points", track.size(), 0, TrackSimplifier.MOST_POINTS);
    StretchCutter cutter = new StretchCutter(this);
    track.forEach(cutter::accept);
    return cutter.stretches();
  }

  void addCuts(Position from, Position to, List<Double> shares) {
    for (PrivacyZone zone : zones) {
      zone.addCuts(from, to, shares);
    }
  }
}
