package io.pacewire.track.geo;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * Says when one athlete crosses a gate. A crossing is said once a fix is farther past the line than
 * three times its sigma, 2 to 30 m, or all fixes of two minutes were past it, one and a half sigmas in
 * the mean, so waiting on the line gives no volley. Of several passages before that, its time is that of
 * the first where the athlete stood past the line between them, else that of the last. Passing
 * the line's prolongation beyond its ends is none. Fixes must come in order of time; one that is not
 * later than the one before changes nothing. Not safe for use by several threads.
 */
public final class GateWatch {
  private static final double LEAST_BAND_M = 2;
  private static final double MOST_BAND_M = 30;
  private static final double BAND_SIGMAS = 3;

  private final Gate gate;
  private final Consumer<GateCrossing> sink;
  private final EdgePassages passages = new EdgePassages();
  private @Nullable GeoFix latest;
  private boolean past;

  /** @param sink is told each crossing as it is certain, by the thread that brings the fix */
  public GateWatch(Gate gate, Consumer<GateCrossing> sink) {
    this.gate = gate;
    this.sink = sink;
  }

  /** The next fix, in order of time. */
  public void accept(GeoFix fix) {
    GeoFix before = latest;
    Coordinate here = gate.plane().coordinate(fix.position());
    if (before == null) {
      past = gate.pastM(here) >= 0;
      latest = fix;
    } else if (fix.atEpochMs() > before.atEpochMs()) {
      pass(before, fix, here);
      settle(fix, past ? -gate.pastM(here) : gate.pastM(here));
      latest = fix;
    }
  }

  /**
   * The track is at its end: who passed the line, and was half a sigma past it since then in the mean, stopped
   * behind it.
   */
  public void end() {
    if (latest != null && passages.endsThere()) {
      turn();
    }
    latest = null;
    passages.forget();
  }

  private void pass(GeoFix from, GeoFix to, Coordinate end) {
    Coordinate start = gate.plane().coordinate(from.position());
    double before = gate.pastM(start);
    double after = gate.pastM(end);
    boolean over = past ? before >= 0 && after < 0 : before < 0 && after >= 0;
    if (!over) {
      return;
    }
    double share = before / (before - after);
    Coordinate on =
        new Coordinate(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y));
    if (gate.spans(on)) {
      passages.over(Crossing.between(from, to, share, after - before));
    } else {
      passages.forget();
    }
  }

  private void settle(GeoFix fix, double otherSideM) {
    double band = Math.min(MOST_BAND_M, Math.max(LEAST_BAND_M, BAND_SIGMAS * fix.sigmaM()));
    boolean stays = passages.stays(fix.atEpochMs(), otherSideM, fix.sigmaM());
    if (otherSideM >= band || stays) {
      turn();
    } else if (otherSideM <= -band) {
      passages.forget();
    }
  }

  private void turn() {
    past = !past;
    Crossing crossing = passages.taken();
    passages.forget();
    if (crossing != null) {
      sink.accept(new GateCrossing(gate.id(), past, crossing));
    }
  }
}
