package io.pacewire.training;

import static io.pacewire.training.LiveJson.round;

import io.pacewire.track.geo.PathPoint;
import io.pacewire.track.geo.Position;
import io.pacewire.training.GeometryRules.Stretch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines of trainings as GeoJSON (RFC 7946) and as encoded polylines. */
final class GeometryJson {
  private static final double DEGREES = 1e7;

  /** As OSRM and Valhalla have it: 0.1 m, where the usual five digits are a metre. */
  private static final int POLYLINE_DIGITS = 6;

  private GeometryJson() {}

  static JsonObject geoJson(List<Stretch> stretches) {
    JsonArray features = new JsonArray();
    for (Stretch stretch : stretches) {
      features.add(new JsonObject()
          .put("type", "Feature")
          .put("properties", properties(stretch))
          .put("geometry", geometry(stretch.points())));
    }
    return new JsonObject().put("type", "FeatureCollection").put("features", features);
  }

  static JsonObject polylines(List<Stretch> stretches) {
    JsonArray lines = new JsonArray();
    for (Stretch stretch : stretches) {
      lines.add(properties(stretch).put("polyline", Polyline.encode(stretch.points())));
    }
    return new JsonObject().put("digits", POLYLINE_DIGITS).put("stretches", lines);
  }

  private static JsonObject properties(Stretch stretch) {
    PathPoint first = stretch.points().get(0);
    PathPoint last = stretch.points().get(stretch.points().size() - 1);
    return new JsonObject()
        .put("kind", stretch.kind().name().toLowerCase(Locale.ROOT))
        .put("fromAtMs", first.atEpochMs())
        .put("toAtMs", last.atEpochMs())
        .put("fromDistanceM", round(first.distanceM(), 100))
        .put("toDistanceM", round(last.distanceM(), 100));
  }

  /** A line across the antimeridian is cut there (RFC 7946, 3.1.9). */
  private static JsonObject geometry(List<PathPoint> points) {
    if (points.size() == 1) {
      Position only = points.get(0).position();
      return new JsonObject()
          .put("type", "Point")
          .put("coordinates", pair(only.longitudeDeg(), only.latitudeDeg()));
    }
    List<JsonArray> lines = new ArrayList<>();
    JsonArray line = new JsonArray();
    Position before = points.get(0).position();
    for (PathPoint point : points) {
      Position here = point.position();
      if (Math.abs(here.longitudeDeg() - before.longitudeDeg()) > 180) {
        double edge = before.longitudeDeg() < 0 ? -180 : 180;
        double latitude = atEdge(before, here, edge);
        lines.add(line.add(pair(edge, latitude)));
        line = new JsonArray().add(pair(-edge, latitude));
      }
      line.add(pair(here.longitudeDeg(), here.latitudeDeg()));
      before = here;
    }
    lines.add(line);
    return lines.size() == 1
        ? new JsonObject().put("type", "LineString").put("coordinates", line)
        : new JsonObject().put("type", "MultiLineString").put("coordinates", new JsonArray(lines));
  }

  private static double atEdge(Position from, Position to, double edge) {
    double toHere = edge - from.longitudeDeg();
    double onwards = to.longitudeDeg() + edge; // from the other side of the edge
    double share = toHere + onwards == 0 ? 0 : toHere / (toHere + onwards);
    return from.latitudeDeg() + share * (to.latitudeDeg() - from.latitudeDeg());
  }

  private static JsonArray pair(double longitudeDeg, double latitudeDeg) {
    return new JsonArray().add(round(longitudeDeg, DEGREES)).add(round(latitudeDeg, DEGREES));
  }

  /**
   * Google's encoded polyline algorithm, with six digits. Longitudes go on across the antimeridian, to
   * 180.1 and not to -179.9: whoever draws what is decoded draws no line round the globe.
   */
  static final class Polyline {
    private static final double SCALE = 1e6;
    private static final long TURN = 360_000_000;

    private Polyline() {}

    static String encode(List<PathPoint> points) {
      StringBuilder text = new StringBuilder(points.size() * 6);
      long latitude = 0;
      long longitude = 0;
      for (PathPoint point : points) {
        long nextLatitude = Math.round(point.position().latitudeDeg() * SCALE);
        long nextLongitude = nearest(point.position().longitudeDeg(), longitude, text.isEmpty());
        append(text, nextLatitude - latitude);
        append(text, nextLongitude - longitude);
        latitude = nextLatitude;
        longitude = nextLongitude;
      }
      return text.toString();
    }

    /** Of the turns of the globe the one that is nearest to the longitude before. */
    private static long nearest(double longitudeDeg, long before, boolean first) {
      long longitude = Math.round(longitudeDeg * SCALE);
      return first
          ? longitude
          : longitude + TURN * Math.round((before - longitude) / (double) TURN);
    }

    private static void append(StringBuilder text, long delta) {
      long bits = delta < 0 ? ~(delta << 1) : delta << 1;
      while (bits >= 0x20) {
        text.append((char) ((0x20 | (bits & 0x1F)) + 63));
        bits >>= 5;
      }
      text.append((char) (bits + 63));
    }
  }
}
