package io.pacewire.activity;

/**
 * JSON by this shape, units in the names, what is unknown left out:
 *
 * <pre>{@code
 * {"format":"pacewire-activities","version":1,"activities":[
 *   {"name":"","sport":"run","deviceName":"","startAtEpochMs":0,"endAtEpochMs":0,"utcOffsetS":0,
 *    "distanceM":0,"timerS":0,…, "laps":[{"trigger":"","startAtEpochMs":0,"endAtEpochMs":0,…}],
 *    "events":[
 *      {"atEpochMs":0,"latitudeDeg":0,"longitudeDeg":0,"altitudeM":0,"accuracyM":0,"heartRateBpm":0,
 *       "cadencePerMin":0,"powerW":0,"speedMps":0,"temperatureC":0,"pressurePa":0,"distanceM":0},
 *      {"atEpochMs":0,"timer":"pause"},
 *      {"atEpochMs":0,"rrMs":[800,810]}]}]}
 * }</pre>
 */
final class JsonWriter implements FormatWriter {
  private final TextOut out;
  private final JsonFigures figures;
  private String activitySeparator = "";
  private String eventSeparator = "";

  JsonWriter(TextOut out) {
    this.out = out;
    this.figures = new JsonFigures(out);
    out.raw("{\"format\":\"pacewire-activities\",\"version\":1,\"activities\":[");
  }

  @Override
  public void begin(ActivityOutline outline) {
    out.raw(activitySeparator).raw("\n{");
    activitySeparator = ",";
    eventSeparator = "\n";
    figures.outline(outline);
    out.raw(",\"events\":[");
  }

  @Override
  public void sample(ActivitySample sample) {
    if (!TextOut.canSay(sample.atEpochMs())) {
      return;
    }
    event(sample.atEpochMs());
    figures.member("latitudeDeg", sample.latitudeDeg(), 7);
    figures.member("longitudeDeg", sample.longitudeDeg(), 7);
    figures.member("altitudeM", sample.altitudeM(), 2);
    figures.member("accuracyM", sample.accuracyM(), 2);
    count("heartRateBpm", sample.heartRateBpm());
    figures.member("cadencePerMin", sample.cadencePerMin(), 2);
    count("powerW", sample.powerW());
    figures.member("speedMps", sample.speedMps(), 3);
    figures.member("temperatureC", sample.temperatureC(), 2);
    figures.member("pressurePa", sample.pressurePa(), 1);
    figures.member("distanceM", sample.deviceDistanceM(), 2);
    out.raw("}");
  }

  @Override
  public void beats(long atEpochMs, int[] rrMs) {
    event(atEpochMs);
    out.raw(",\"rrMs\":[");
    for (int i = 0; i < rrMs.length; i++) {
      out.raw(i == 0 ? "" : ",").number(rrMs[i]);
    }
    out.raw("]}");
  }

  @Override
  public void pause(long atEpochMs) {
    event(atEpochMs);
    out.raw(",\"timer\":\"pause\"}");
  }

  @Override
  public void resume(long atEpochMs) {
    event(atEpochMs);
    out.raw(",\"timer\":\"resume\"}");
  }

  @Override
  public void end() {
    out.raw("]}");
  }

  @Override
  public void finish() {
    out.raw("\n]}\n").flush();
  }

  private void event(long atEpochMs) {
    out.raw(eventSeparator).raw("{\"atEpochMs\":").number(atEpochMs);
    eventSeparator = ",\n";
  }

  private void count(String name, int value) {
    figures.member(name, value < 0 ? Double.NaN : value, 0);
  }
}
