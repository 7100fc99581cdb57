package io.pacewire.track.geo;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * Says when one athlete crosses a gate. A crossing is said once a fix is farther past the line than
 * three times its sigma, 2 to 30 m, so waiting on the line gives no volley; its time is that of the
 * last passage before. Passing the line's prolongation beyond its ends is none. Fixes must come in
 * order of time; one that is not later than the one before changes nothing. Not safe for use by
 * several threads.
 */
public final class GateWatch {
  private static final double LEAST_BAND_M = 2;
  private static final double MOST_BAND_M = 30;
  private static final double BAND_SIGMAS = 3;

  private final Gate gate;
  private final Consumer<GateCrossing> sink;
  private @Nullable GeoFix latest;
  private @Nullable Crossing pending;
  private boolean past;

  public GateWatch(Gate gate, Consumer<GateCrossing> sink) {
    this.gate = gate;
    this.sink = sink;
  }

  public void accept(GeoFix fix) {
    GeoFix before = latest;
    Coordinate here = gate.plane().coordinate(fix.position());
    if (before == null) {
      past = gate.pastM(here) >= 0;
      latest = fix;
    } else if (fix.atEpochMs() > before.atEpochMs()) {
      pass(before, fix, here);
      settle(fix, gate.pastM(here));
      latest = fix;
    }
  }

  private void pass(GeoFix from, GeoFix to, Coordinate end) {
    Coordinate start = gate.plane().coordinate(from.position());
    double before = gate.pastM(start);
    double after = gate.pastM(end);
    if (before < 0 == after < 0) {
      return;
    }
    double share = before / (before - after);
    Coordinate on =
        new Coordinate(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y));
    pending = gate.spans(on) ? Crossing.between(from, to, share, after - before) : null;
  }

  private void settle(GeoFix fix, double pastM) {
    double band = Math.min(MOST_BAND_M, Math.max(LEAST_BAND_M, BAND_SIGMAS * fix.sigmaM()));
    boolean settled = past ? pastM <= -band : pastM >= band;
    if (!settled) {
      return;
    }
    past = !past;
    Crossing crossing = pending;
    pending = null;
    if (crossing != null) {
      sink.accept(new GateCrossing(gate.id(), past, crossing));
    }
  }
}
