package io.pacewire.activity;

/**
 * The kinds of file that are written, and what each keeps of a sample: how far at most a value that
 * is read back is from the one that was written. What a format has no place for is left out, as are
 * values outside its range; {@link ActivityWriter} says what holds for all of them.
 *
 * <table>
 * <caption>Half a step of each format; "-" where it has no place for the value</caption>
 * <tr><th></th><th>GPX</th><th>TCX</th><th>FIT</th><th>CSV, JSON</th><th>GeoJSON</th></tr>
 * <tr><td>time, ms</td><td>0</td><td>0</td><td>4</td><td>0</td><td>0</td></tr>
 * <tr><td>position, 1e-9 deg</td><td>50</td><td>50</td><td>42</td><td>50</td><td>50</td></tr>
 * <tr><td>altitude, m</td><td>0.005</td><td>0.005</td><td>0.1</td><td>0.005</td><td>0.005</td></tr>
 * <tr><td>accuracy, m</td><td>-</td><td>-</td><td>0.5, to 254</td><td>0.005</td><td>-</td></tr>
 * <tr><td>heart rate, 1/min</td><td>0, to 255</td><td>0, to 254</td><td>0, to 254</td><td>0</td><td>-</td></tr>
 * <tr><td>cadence, 1/min</td><td>0.5, to 254</td><td>0.5, to 254</td><td>1/256, below 255</td><td>0.005</td><td>-</td></tr>
 * <tr><td>power, W</td><td>0</td><td>0</td><td>0, to 65,534</td><td>0</td><td>-</td></tr>
 * <tr><td>speed, mm/s</td><td>0.5</td><td>0.5</td><td>0.5</td><td>0.5</td><td>-</td></tr>
 * <tr><td>temperature, °C</td><td>0.005</td><td>-</td><td>0.5, -128 to 126</td><td>0.005</td><td>-</td></tr>
 * <tr><td>pressure, Pa</td><td>-</td><td>-</td><td>0.5</td><td>0.05</td><td>-</td></tr>
 * <tr><td>distance, m</td><td>-</td><td>0.005</td><td>0.005</td><td>0.005</td><td>-</td></tr>
 * </table>
 *
 * GPX and GeoJSON keep only samples that have a position. Marks of the timer are kept to the
 * half second by FIT, to the millisecond by JSON; GPX, TCX and GeoJSON begin a new segment. Times
 * between heartbeats are kept by FIT and JSON.
 */
public enum ExportFormat {
  GPX("gpx", "application/gpx+xml"),
  TCX("tcx", "application/vnd.garmin.tcx+xml"),
  FIT("fit", "application/vnd.ant.fit"),
  CSV("csv", "text/csv; charset=utf-8"),
  JSON("json", "application/json"),
  GEOJSON("geojson", "application/geo+json");

  private final String extension;
  private final String mediaType;

  ExportFormat(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** Of file names, without the dot. */
  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }
}
