package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What the schemas of GPX 1.1, TrackPointExtension v2, PowerExtension v1, TCX 2 and ActivityExtension
 * v2 demand of what we write: namespaces, order, what must be there, ranges. The schemas themselves
 * are not ours to copy.
 */
class XmlShapeTest {
  private static final long START = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final String GPX = "http://www.topografix.com/GPX/1/1";
  private static final String TCX = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2";
  private static final Map<String, String> NAMESPACES = Map.of(
      "gpxtpx", "http://www.garmin.com/xmlschemas/TrackPointExtension/v2",
      "pwr", "http://www.garmin.com/xmlschemas/PowerExtension/v1",
      "ns3", "http://www.garmin.com/xmlschemas/ActivityExtension/v2");

  /** Children in their order; a star behind those that may be many, an exclamation mark where one must be. */
  private static final Map<String, String> SEQUENCES = Map.ofEntries(
      Map.entry("gpx", "metadata wpt* rte* trk* extensions"),
      Map.entry("trk", "name cmt desc src link* number type extensions trkseg*"),
      Map.entry("trkseg", "trkpt* extensions"),
      Map.entry("trkpt", "ele time magvar geoidheight name sym type fix sat hdop extensions"),
      Map.entry("TrackPointExtension", "atemp wtemp depth hr cad speed course bearing Extensions"),
      Map.entry("TrainingCenterDatabase", "Folders Activities Workouts Courses Author Extensions"),
      Map.entry("Activities", "Activity* MultiSportSession*"),
      Map.entry("Activity", "Id! Lap!* Notes Training Creator Extensions"),
      Map.entry(
          "Lap",
          "TotalTimeSeconds! DistanceMeters! MaximumSpeed Calories! AverageHeartRateBpm"
              + " MaximumHeartRateBpm Intensity! Cadence TriggerMethod! Track* Notes Extensions"),
      Map.entry("Track", "Trackpoint!*"),
      Map.entry(
          "Trackpoint",
          "Time! Position AltitudeMeters DistanceMeters HeartRateBpm Cadence SensorState Extensions"),
      Map.entry("Position", "LatitudeDegrees! LongitudeDegrees!"),
      Map.entry("HeartRateBpm", "Value!"),
      Map.entry("AverageHeartRateBpm", "Value!"),
      Map.entry("MaximumHeartRateBpm", "Value!"),
      Map.entry("TPX", "Speed RunCadence Watts Extensions"),
      Map.entry(
          "LX", "AvgSpeed MaxBikeCadence AvgRunCadence MaxRunCadence Steps AvgWatts MaxWatts"),
      Map.entry("Creator", "Name! UnitId! ProductID! Version!"),
      Map.entry("Version", "VersionMajor! VersionMinor! BuildMajor BuildMinor"));

  @ParameterizedTest
  @CsvSource({"GPX, run", "GPX, ride", "TCX, trail-run", "TCX, mtb", "TCX, swim"})
  void eachElement_isWhereTheSchemaWantsIt(ExportFormat format, String sport) throws Exception {
    Element root = parsed(Exported.write(format, outline(sport), tape()));

    assertThat(root.getNamespaceURI()).isEqualTo(format == ExportFormat.GPX ? GPX : TCX);
    int elements = check(root, root.getNamespaceURI());
    assertThat(elements).isGreaterThan(200);
    if (format == ExportFormat.TCX) {
      Element activity = (Element) root.getElementsByTagName("Activity").item(0);
      assertThat(activity.getAttribute("Sport")).isIn("Running", "Biking", "Other");
      assertThat(root.getElementsByTagName("Lap").getLength()).isEqualTo(2);
      assertThat(root.getElementsByTagName("ns3:RunCadence").getLength())
          .isEqualTo(sport.equals("trail-run") ? 40 : 0);
    } else {
      assertThat(root.getAttribute("version")).isEqualTo("1.1");
      assertThat(root.getElementsByTagName("trkseg").getLength()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"GPX", "TCX"})
  void anActivityWithoutSamples_isValidToo(ExportFormat format) throws Exception {
    int elements = check(
        parsed(Exported.write(format, outline("run"), new Tape())),
        format == ExportFormat.GPX ? GPX : TCX);
    assertThat(elements).isPositive();
  }

  private static int check(Element element, String namespace) {
    List<String> children = new ArrayList<>();
    int count = 1;
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child.getLocalName());
        count += check(child, namespace);
      }
    }
    String prefix = element.getPrefix();
    assertThat(element.getNamespaceURI())
        .isEqualTo(prefix == null ? namespace : NAMESPACES.get(prefix));
    String sequence = SEQUENCES.get(element.getLocalName());
    if (sequence != null) {
      assertThat(String.join(" ", children) + " ")
          .as(element.getLocalName())
          .matches(pattern(sequence));
    } else if (children.isEmpty()) {
      checkValue(element.getLocalName(), element.getTextContent());
    }
    return count;
  }

  private static String pattern(String sequence) {
    StringBuilder pattern = new StringBuilder(" ?");
    for (String part : sequence.split(" ", -1)) {
      String name = part.replace("!", "").replace("*", "");
      boolean must = part.contains("!");
      pattern.append("(").append(name).append(" )");
      pattern.append(part.endsWith("*") ? (must ? "+" : "*") : must ? "" : "?");
    }
    return pattern.toString();
  }

  private static void checkValue(String name, String value) {
    switch (name) {
      case "hr", "Value" -> assertThat(Integer.parseInt(value)).isBetween(1, 255);
      case "cad", "Cadence", "RunCadence" -> assertThat(Integer.parseInt(value)).isBetween(0, 254);
      case "Calories", "Watts", "AvgWatts", "PowerInWatts" ->
        assertThat(Integer.parseInt(value)).isBetween(0, 65_535);
      case "time", "Time", "Id" ->
        assertThat(value).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z");
      case "TriggerMethod" ->
        assertThat(value).isIn("Manual", "Distance", "Location", "Time", "HeartRate");
      case "ele",
          "atemp",
          "speed",
          "Speed",
          "AltitudeMeters",
          "DistanceMeters",
          "TotalTimeSeconds" -> assertThat(Double.parseDouble(value)).isFinite();
      default -> assertThat(value).isNotBlank();
    }
  }

  private static Tape tape() {
    Tape tape = new Tape();
    for (int s = 0; s < 40; s++) {
      if (s == 20) {
        tape.pause(START + 19_500);
        tape.resume(START + 20_000);
      }
      tape.sample(new ActivitySample(
          START + s * 1_000L,
          55 + s * 1e-4,
          37,
          100 + s / 3.0,
          4,
          120 + s * 4,
          85.5,
          60 * s,
          2 + s / 7.0,
          -3.5,
          101_325,
          s * 2.5));
    }
    return tape;
  }

  private static ActivityOutline outline(String sport) {
    ActivityFigures figures =
        new ActivityFigures(100.123, 39.5, 39, 5, 5, 123.4, 130.6, 199, 250.7, 7.5);
    return new ActivityOutline(
        "A & B",
        sport,
        "Phone <1>",
        START,
        START + 39_000,
        0,
        figures,
        List.of(
            new ActivityLap(START, START + 10_000, "distance", figures),
            new ActivityLap(START + 10_000, START + 39_000, "", ActivityFigures.NONE)));
  }

  private static Element parsed(byte[] content) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(content))
        .getDocumentElement();
  }
}
