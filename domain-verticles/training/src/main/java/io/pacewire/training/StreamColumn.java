package io.pacewire.training;

import java.util.List;

/** What a stream can hold, and how the points of one step become one value. */
enum StreamColumn {
  /** Of the step's last point. */
  TIME("time", Rule.LAST, List.of()),
  DISTANCE("distance", Rule.LAST, List.of(PointColumn.DISTANCE_CM)),
  LATLNG("latlng", Rule.LAST, List.of(PointColumn.LATITUDE_E7, PointColumn.LONGITUDE_E7)),
  ALTITUDE("altitude", Rule.MEAN, List.of(PointColumn.ALTITUDE_CM)),
  HEART_RATE("heartRate", Rule.MEAN, List.of(PointColumn.HEART_RATE_BPM)),
  CADENCE("cadence", Rule.MEAN, List.of(PointColumn.CADENCE_RPM)),
  POWER("power", Rule.MEAN, List.of(PointColumn.POWER_W)),
  SPEED("speed", Rule.MEAN, List.of(PointColumn.SPEED_CM_S)),
  /** Whatever holds for any of the step's points. */
  FLAGS("flags", Rule.ANY, List.of(PointColumn.FLAGS));

  enum Rule {
    /** The step's last point that has a value. */
    LAST,
    /** Of the step's points that have one. */
    MEAN,
    /** Bits of all, or-ed. */
    ANY
  }

  private final String wireName;
  private final Rule rule;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<PointColumn> sources;

  StreamColumn(String wireName, Rule rule, List<PointColumn> sources) {
    this.wireName = wireName;
    this.rule = rule;
    this.sources = sources;
  }

  String wireName() {
    return wireName;
  }

  Rule rule() {
    return rule;
  }

  /** Empty for the time, which every point has. */
  List<PointColumn> sources() {
    return sources;
  }

  /** @throws IllegalArgumentException that names those there are */
  static StreamColumn of(String name) {
    for (StreamColumn column : values()) {
      if (column.wireName.equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException("must be of "
        + String.join(
            ", ", List.of(values()).stream().map(StreamColumn::wireName).toList()));
  }
}
