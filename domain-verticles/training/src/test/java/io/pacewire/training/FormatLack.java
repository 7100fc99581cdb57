package io.pacewire.training;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a format has no place for, by what a training has of it, and which figures differ for that. */
enum FormatLack {
  ZONE("gpx,tcx", "timeZone", "times are of UTC; the zone is then where the athlete lives"),
  SPORT("tcx", "sport|bestEfforts.*", "there is running, biking and other") {
    @Override
    boolean concerns(SeenTraining of) {
      return !Set.of("run", "ride", "other").contains(of.document().getString("sport"));
    }
  },
  LAPS("gpx", "figures.laps.*", "has none"),
  NO_LAPS("fit,tcx", "figures.laps.*", "has one lap at least") {
    @Override
    boolean concerns(SeenTraining of) {
      return of.figures().getJsonArray("laps").isEmpty();
    }
  },
  SENSOR(
      "gpx,tcx",
      "(?!startAtMs|endAtMs|figures.(fixCount|elapsedS|maxHeart|parameters|power.highest)).*",
      "a speed is not said to be a sensor's, which alone leads across missing fixes") {
    @Override
    boolean concerns(SeenTraining of) {
      return of.figures().getJsonObject("motion").getValue("sensorDistanceM") != null;
    }
  },
  ACCURACY(
      "gpx,tcx",
      "figures.(distance|estimated|moving|average(Pace|Speed)|ascent|descent|effort|laps).*"
          + "|splits.*|mileSplits.*|bestEfforts.*|suspicions.*",
      "the fold trusts fixes by their accuracy") {
    @Override
    boolean concerns(SeenTraining of) {
      return !of.values("accuracy_m").isEmpty();
    }
  },
  UNPLACED(
      "gpx",
      "(?!figures.(fixCount|parameters)).*",
      "what has no position is left out: times, heart, heights of it") {
    @Override
    boolean concerns(SeenTraining of) {
      return of.values("at_epoch_ms").size() > of.values("latitude_deg").size();
    }
  },
  HELD(
      "gpx",
      "figures.(average|zones|effort|power|motion).*|(s|mileS)plits\\[].average.*",
      "a position without a value of its own has the one before it, so that none is lost") {
    @Override
    boolean concerns(SeenTraining of) {
      int places = of.values("latitude_deg").size();
      return Set.of("heart_rate_bpm", "cadence_per_min", "power_w").stream()
          .mapToInt(column -> of.values(column).size())
          .anyMatch(size -> size > 0 && size < places);
    }
  };

  private final String formats;
  private final String figures;
  final String reason;

  FormatLack(String formats, String figures, String reason) {
    this.formats = formats;
    this.figures = figures;
    this.reason = reason;
  }

  boolean concerns(SeenTraining of) {
    return true;
  }

  /** Those that a training has something of. */
  static List<FormatLack> of(String format, SeenTraining was) {
    return Arrays.stream(values())
        .filter(one -> one.formats.contains(format) && one.concerns(was))
        .toList();
  }

  boolean excepts(String figure) {
    return figure.matches(figures);
  }
}
