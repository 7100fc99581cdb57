package io.pacewire.activity;

/** Members of an activity that JSON and GeoJSON share. What is unknown is left out. */
final class JsonFigures {
  private final TextOut out;

  JsonFigures(TextOut out) {
    this.out = out;
  }

  /** Beginning with a member, ending without a comma. */
  void outline(ActivityOutline outline) {
    out.raw("\"name\":").json(outline.name());
    out.raw(",\"sport\":").json(outline.sport());
    out.raw(",\"deviceName\":").json(outline.deviceName());
    span(outline.startAtEpochMs(), outline.endAtEpochMs());
    if (outline.hasUtcOffset()) {
      out.raw(",\"utcOffsetS\":").number(outline.utcOffsetS());
    }
    figures(outline.figures());
    out.raw(",\"laps\":[");
    String separator = "";
    for (ActivityLap lap : outline.laps()) {
      out.raw(separator).raw("{\"trigger\":").json(lap.trigger());
      span(lap.startAtEpochMs(), lap.endAtEpochMs());
      figures(lap.figures());
      out.raw("}");
      separator = ",";
    }
    out.raw("]");
  }

  void member(String name, double value, int decimals) {
    if (Double.isFinite(value)) {
      out.raw(",\"").raw(name).raw("\":").fixed(value, decimals);
    }
  }

  private void span(long startAtEpochMs, long endAtEpochMs) {
    out.raw(",\"startAtEpochMs\":").number(startAtEpochMs);
    out.raw(",\"endAtEpochMs\":").number(endAtEpochMs);
  }

  private void figures(ActivityFigures figures) {
    member("distanceM", figures.distanceM(), 2);
    member("timerS", figures.timerS(), 3);
    member("movingS", figures.movingS(), 3);
    member("ascentM", figures.ascentM(), 2);
    member("descentM", figures.descentM(), 2);
    member("energyKcal", figures.energyKcal(), 1);
    member("averageHeartRateBpm", figures.averageHeartRateBpm(), 1);
    member("maxHeartRateBpm", figures.maxHeartRateBpm(), 1);
    member("averagePowerW", figures.averagePowerW(), 1);
    member("maxSpeedMps", figures.maxSpeedMps(), 3);
  }
}
