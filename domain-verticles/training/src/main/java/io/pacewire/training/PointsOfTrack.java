package io.pacewire.training;

import io.pacewire.track.TrackPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes of a folded track the points that are kept: about one a second, however fast a receiver is. Pure. */
final class PointsOfTrack {
  /** Points of a receiver at 1 Hz are all kept, though its clock trembles. */
  static final long LEAST_APART_MS = 600;

  private static final double E7 = 1e7;
  private static final double HUNDRED = 100;
  private static final double TEN = 10;

  private final List<TrackPoint> kept;
  private final int[] @Nullable [] columns = new int[PointColumn.COUNT][];

  private PointsOfTrack(List<TrackPoint> kept) {
    this.kept = kept;
  }

  static StoredPoints of(CollectedTrack track) {
    return new PointsOfTrack(aboutOneASecond(track.points())).points(track.sensors());
  }

  /** Breaks and pauses stay where they are, and so does the end. */
  private static List<TrackPoint> aboutOneASecond(List<TrackPoint> all) {
    List<TrackPoint> kept = new ArrayList<>(all.size());
    TrackPoint last = null;
    for (TrackPoint point : all) {
      if (last == null
          || point.atEpochMs() - last.atEpochMs() >= LEAST_APART_MS
          || point.flags() != last.flags()
          || point.index() == all.get(all.size() - 1).index()) {
        kept.add(point);
        last = point;
      }
    }
    return kept;
  }

  private StoredPoints points(SensorSeconds sensors) {
    fill(PointColumn.LATITUDE_E7, point -> point.latitudeDeg() * E7);
    fill(PointColumn.LONGITUDE_E7, point -> point.longitudeDeg() * E7);
    fill(PointColumn.RAW_LATITUDE_E7, point -> point.rawLatitudeDeg() * E7);
    fill(PointColumn.RAW_LONGITUDE_E7, point -> point.rawLongitudeDeg() * E7);
    fill(PointColumn.ALTITUDE_CM, point -> point.altitudeM() * HUNDRED);
    fill(PointColumn.DISTANCE_CM, point -> point.distanceM() * HUNDRED);
    fill(PointColumn.TIMER_CS, point -> point.timerS() * HUNDRED);
    fill(PointColumn.PACE_DS_PER_KM, point -> point.paceSPerKm() * TEN);
    fill(PointColumn.SPEED_CM_S, point -> point.speedMps() * HUNDRED);
    fill(
        PointColumn.HEART_RATE_BPM,
        point -> point.heartRateBpm() > 0 ? point.heartRateBpm() : Double.NaN);
    fill(PointColumn.CADENCE_RPM, point -> sensors.cadenceRpm(point.atEpochMs()));
    fill(PointColumn.POWER_W, point -> sensors.powerW(point.atEpochMs()));
    fill(PointColumn.FLAGS, TrackPoint::flags);
    return new StoredPoints(kept.stream().mapToLong(TrackPoint::atEpochMs).toArray(), columns);
  }

  private void fill(PointColumn column, ToDoubleFunction<TrackPoint> figure) {
    int[] values = new int[kept.size()];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      double value = figure.applyAsDouble(kept.get(i));
      any |= Double.isFinite(value);
      values[i] = whole(value);
    }
    columns[column.place()] = any ? values : null;
  }

  private static int whole(double value) {
    return Double.isFinite(value)
        ? (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, Math.round(value)))
        : StoredPoints.ABSENT;
  }
}
