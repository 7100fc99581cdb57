package io.pacewire.wire;

/**
 * What a satellite receiver said. Altitude, accuracies, speed and bearing are optional.
 * Coordinates are not checked here: whether a position is possible is for the track to judge.
 */
public final class FixColumn {
  private final Column column = new Column(
      "fixes",
      2,
      "fixes.latitude_e7",
      "fixes.longitude_e7",
      "fixes.altitude_cm",
      "fixes.accuracy_cm",
      "fixes.vertical_accuracy_cm",
      "fixes.speed_cms",
      "fixes.bearing_cdeg");

  /** Samples in the column. */
  public int size() {
    return column.size();
  }

  /** When the sample was taken, by the device's wall clock. */
  public long atEpochMs(int index) {
    return column.clock().atEpochMs(index);
  }

  /** The same by its monotonic clock, whose zero is the device's own. */
  public long monotonicMs(int index) {
    return column.clock().monotonicMs(index);
  }

  /** 1e-7 degrees, north positive. */
  public int latitudeE7(int index) {
    return column.series(0).get(index);
  }

  /** 1e-7 degrees, east positive. */
  public int longitudeE7(int index) {
    return column.series(1).get(index);
  }

  /** Above the ellipsoid or the sea, as the receiver has it. */
  public int altitudeCm(int index) {
    return column.series(2).get(index);
  }

  /** Horizontal: the radius about the place that holds 68 % of fixes, as phones state it. */
  public int accuracyCm(int index) {
    return column.series(3).get(index);
  }

  /** One sigma. */
  public int verticalAccuracyCm(int index) {
    return column.series(4).get(index);
  }

  /** As the receiver measured it. */
  public int speedCms(int index) {
    return column.series(5).get(index);
  }

  /** Hundredths of a degree from north, clockwise. */
  public int bearingCdeg(int index) {
    return column.series(6).get(index);
  }

  /** Appends a sample; {@link SampleBatch#ABSENT} stands for an optional value it lacks. */
  public void add(
      long atEpochMs,
      long monotonicMs,
      int latitudeE7,
      int longitudeE7,
      int altitudeCm,
      int accuracyCm,
      int verticalAccuracyCm,
      int speedCms,
      int bearingCdeg) {
    column.clock().add(atEpochMs, monotonicMs);
    column.series(0).add(latitudeE7);
    column.series(1).add(longitudeE7);
    column.series(2).add(altitudeCm);
    column.series(3).add(accuracyCm);
    column.series(4).add(verticalAccuracyCm);
    column.series(5).add(speedCms);
    column.series(6).add(bearingCdeg);
  }

  Column column() {
    return column;
  }
}
