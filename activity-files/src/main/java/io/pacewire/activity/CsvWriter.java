package io.pacewire.activity;

/**
 * Comma-separated values (RFC 4180), a row a sample, units in the header, nothing where nothing was
 * measured:
 *
 * <ul>
 *   <li>{@code activity}: 1, 2, … in the order of the file
 *   <li>{@code lap}: 1, 2, … within the activity, by the sample's time
 *   <li>{@code timer}: {@code running} or {@code paused}
 *   <li>{@code time_utc} (ISO 8601) and the same {@code at_epoch_ms}
 *   <li>{@code cadence_per_min}: turns of the crank, or strides, which are two steps
 *   <li>{@code distance_m}: so far
 * </ul>
 *
 * No cell holds a text of the athlete's, so none can be a formula.
 */
final class CsvWriter implements FormatWriter {
  private static final String HEAD =
      "activity,lap,timer,time_utc,at_epoch_ms,latitude_deg,longitude_deg,altitude_m,accuracy_m,"
          + "heart_rate_bpm,cadence_per_min,power_w,speed_mps,temperature_c,pressure_pa,distance_m\r\n";

  private final TextOut out;
  private int activity;
  private ActivityOutline outline = NOTHING;
  private int lap;
  private boolean paused;

  private static final ActivityOutline NOTHING =
      new ActivityOutline("", "other", "", 0, 0, 0, ActivityFigures.NONE, java.util.List.of());

  CsvWriter(TextOut out) {
    this.out = out;
    out.raw(HEAD);
  }

  @Override
  public void begin(ActivityOutline of) {
    activity++;
    outline = of;
    lap = 0;
    paused = false;
  }

  @Override
  public void sample(ActivitySample sample) {
    if (!TextOut.canSay(sample.atEpochMs())) {
      return;
    }
    while (lap + 1 < outline.laps().size()
        && sample.atEpochMs() >= outline.laps().get(lap + 1).startAtEpochMs()) {
      lap++;
    }
    out.number(activity).raw(",").number(lap + 1).raw(paused ? ",paused," : ",running,");
    out.time(sample.atEpochMs()).raw(",").number(sample.atEpochMs());
    cell(sample.latitudeDeg(), 7);
    cell(sample.longitudeDeg(), 7);
    cell(sample.altitudeM(), 2);
    cell(sample.accuracyM(), 2);
    cell(sample.heartRateBpm() < 0 ? Double.NaN : sample.heartRateBpm(), 0);
    cell(sample.cadencePerMin(), 2);
    cell(sample.powerW() < 0 ? Double.NaN : sample.powerW(), 0);
    cell(sample.speedMps(), 3);
    cell(sample.temperatureC(), 2);
    cell(sample.pressurePa(), 1);
    cell(sample.deviceDistanceM(), 2);
    out.raw("\r\n");
  }

  @Override
  public void pause(long atEpochMs) {
    paused = true;
  }

  @Override
  public void resume(long atEpochMs) {
    paused = false;
  }

  @Override
  public void finish() {
    out.flush();
  }

  private void cell(double value, int decimals) {
    out.raw(",");
    if (Double.isFinite(value)) {
      out.fixed(value, decimals);
    }
  }
}
