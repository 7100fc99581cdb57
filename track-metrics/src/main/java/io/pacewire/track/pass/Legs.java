package io.pacewire.track.pass;

import io.pacewire.track.Geodesy;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training in legs of a minute, or a little more where fixes are rare: how far it went in each by the
 * distance that counts, and how much further by the fixes that were refused, which is a straight line.
 * A pause belongs to its leg, since windows are by the clock on the wall; what happened in it does not.
 * A clock that was set back parts the legs in sections.
 */
final class Legs {
  private static final long LEG_MS = 60_000;

  /** A silence of points after which refused fixes themselves say where one was. */
  private static final long LOST_MS = 30_000;

  /** The stopwatch is said in seconds. */
  private static final double PAUSED_S = 0.5;

  private long[] fromMs = new long[64];
  private long[] toMs = new long[64];
  private double[] countedM = new double[64];
  private double[] refusedM = new double[64];
  private int[] section = new int[64];
  private int size;

  private int sections;
  private @Nullable Place begin;
  private @Nullable Place latest;
  private boolean refused;

  private Legs() {}

  /** Where and when, and what was counted up to there. */
  private static final class Place {
    final long atMs;
    final double latitudeDeg;
    final double longitudeDeg;
    final double distanceM;
    final double timerS;

    Place(long atMs, double latitudeDeg, double longitudeDeg, double distanceM, double timerS) {
      this.atMs = atMs;
      this.latitudeDeg = latitudeDeg;
      this.longitudeDeg = longitudeDeg;
      this.distanceM = distanceM;
      this.timerS = timerS;
    }
  }

  static Legs of(List<TrackPoint> points, List<Verdict> verdicts) {
    Legs legs = new Legs();
    int next = 0;
    for (TrackPoint point : points) {
      for (;
          next < verdicts.size() && verdicts.get(next).atEpochMs() <= point.atEpochMs();
          next++) {
        legs.doubt(verdicts.get(next));
      }
      if (isPlace(point.latitudeDeg(), point.longitudeDeg())) { // else by steps, without a fix
        legs.reach(new Place(
            point.atEpochMs(),
            point.latitudeDeg(),
            point.longitudeDeg(),
            point.distanceM(),
            point.timerS()));
      }
    }
    for (; next < verdicts.size(); next++) {
      legs.doubt(verdicts.get(next));
    }
    return legs;
  }

  private static boolean isPlace(double latitudeDeg, double longitudeDeg) {
    return Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
  }

  private void doubt(Verdict verdict) {
    Verdict.Reason reason = verdict.reason();
    boolean speaks = reason == Verdict.Reason.TOO_FAST
        || reason == Verdict.Reason.OFF_TRACK
        || reason == Verdict.Reason.JUMP
        || reason == Verdict.Reason.GAP_NOT_BRIDGED
        || reason == Verdict.Reason.TRACK_MOVED;
    Place last = latest;
    if (!speaks || last == null || verdict.atEpochMs() < last.atMs) {
      return;
    }
    refused = true;
    double silentS = (verdict.atEpochMs() - last.atMs) / 1e3;
    if (silentS * 1e3 > LOST_MS && isPlace(verdict.latitudeDeg(), verdict.longitudeDeg())) {
      reach(new Place(
          verdict.atEpochMs(),
          verdict.latitudeDeg(),
          verdict.longitudeDeg(),
          last.distanceM,
          last.timerS + silentS));
    }
  }

  private void reach(Place place) {
    Place from = begin;
    if (from == null || place.atMs < from.atMs) {
      sections++;
      begin = place;
      refused = false;
    } else if (place.atMs - from.atMs >= LEG_MS) {
      add(from, place);
      begin = place;
      refused = false;
    }
    latest = place;
  }

  private void add(Place from, Place to) {
    if (size == fromMs.length) {
      fromMs = Arrays.copyOf(fromMs, 2 * size);
      toMs = Arrays.copyOf(toMs, 2 * size);
      countedM = Arrays.copyOf(countedM, 2 * size);
      refusedM = Arrays.copyOf(refusedM, 2 * size);
      section = Arrays.copyOf(section, 2 * size);
    }
    double seconds = (to.atMs - from.atMs) / 1e3;
    boolean paused = to.timerS - from.timerS < seconds - PAUSED_S;
    double counted = Math.max(0, to.distanceM - from.distanceM);
    double straight = refused && !paused
        ? Geodesy.distanceM(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg)
        : 0;
    fromMs[size] = from.atMs;
    toMs[size] = to.atMs;
    countedM[size] = counted;
    refusedM[size] = Math.max(0, straight - counted);
    section[size++] = sections;
  }

  int size() {
    return size;
  }

  long fromMs(int leg) {
    return fromMs[leg];
  }

  long toMs(int leg) {
    return toMs[leg];
  }

  double countedM(int leg) {
    return countedM[leg];
  }

  /** Beyond what was counted; 0 where nothing was refused. */
  double refusedM(int leg) {
    return refusedM[leg];
  }

  /** Legs of one section follow each other. */
  int section(int leg) {
    return section[leg];
  }
}
