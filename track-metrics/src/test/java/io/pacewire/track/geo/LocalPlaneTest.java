package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Geodesy;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPlaneTest {
  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void thereAndBack_isTheSamePoint_everywhere(Position origin) {
    LocalPlane plane = LocalPlane.at(origin);
    for (double metres : new double[] {0, 0.5, 30, 10_000, 700_000}) {
      Position place = plane.position(metres, -0.3 * metres);
      assertThat(plane.eastM(place)).isCloseTo(metres, within(1e-6));
      assertThat(plane.northM(place)).isCloseTo(-0.3 * metres, within(1e-6));
    }
    assertThat(plane.origin()).isSameAs(origin);
  }

  /** One second of arc at the equator: 6,378,137 m · 2π / 1,296,000. */
  @Test
  void aSecondOfArcAtTheEquator_isThirtyMetresAndNinetyTwo() {
    LocalPlane plane = LocalPlane.at(Position.of(0, 0));
    Position east = Position.of(0, 1 / 3_600.0);
    Position north = Position.of(1 / 3_600.0, 0);
    assertThat(plane.eastM(east)).isCloseTo(30.9221, within(1e-4));
    assertThat(plane.northM(east)).isCloseTo(0, within(1e-9));
    assertThat(plane.northM(north)).isCloseTo(30.7151, within(1e-4));
    assertThat(plane.eastM(north)).isCloseTo(0, within(1e-9));
  }

  @Test
  void theAntimeridian_isNoSeam() {
    LocalPlane plane = LocalPlane.at(Position.of(0, 179.999));
    assertThat(plane.eastM(Position.of(0, -179.999))).isCloseTo(222.639, within(1e-3));
    assertThat(plane.eastM(Position.of(0, 179.998))).isCloseTo(-111.319, within(1e-3));
    assertThat(plane.position(222.639, 0).longitudeDeg()).isCloseTo(-179.999, within(1e-8));
    LocalPlane other = LocalPlane.at(Position.of(0, -179.999));
    assertThat(other.eastM(Position.of(0, 179.999))).isCloseTo(-222.639, within(1e-3));
  }

  /** 0.0001 degrees of a meridian at the pole: 6,399,593.6 m · 0.0001 · π / 180 = 11.169 m. */
  @Test
  void acrossThePole_theWayIsStraight() {
    LocalPlane plane = LocalPlane.at(Position.of(89.9999, 0));
    assertThat(plane.northM(Position.of(90, 0))).isCloseTo(11.1694, within(1e-4));
    assertThat(plane.northM(Position.of(90, 123))).isCloseTo(11.1694, within(1e-4));
    assertThat(plane.northM(Position.of(89.9999, 180))).isCloseTo(22.3388, within(1e-4));
    assertThat(plane.eastM(Position.of(89.9999, 180))).isCloseTo(0, within(1e-6));
    assertThat(plane.eastM(Position.of(89.9999, 90))).isCloseTo(11.1694, within(1e-4));
  }

  @Test
  void atThePoleItself_theMeridiansAreRays() {
    LocalPlane plane = LocalPlane.at(Position.of(90, 0));
    assertThat(plane.northM(Position.of(89.9999, 0))).isCloseTo(-11.1694, within(1e-4));
    assertThat(plane.eastM(Position.of(89.9999, 90))).isCloseTo(11.1694, within(1e-4));
    assertThat(plane.position(0, 0).latitudeDeg()).isCloseTo(90, within(1e-9));
    assertThat(plane.position(11.1694, 0).longitudeDeg()).isCloseTo(90, within(1e-6));
    LocalPlane south = LocalPlane.at(Position.of(-90, 0));
    assertThat(south.northM(Position.of(-89.9999, 0))).isCloseTo(11.1694, within(1e-4));
  }

  @Property(tries = 500)
  void aKilometreIsAKilometre_byTheGeodesic(
      @ForAll @DoubleRange(min = -90, max = 90) double latitude,
      @ForAll @DoubleRange(min = -180, max = 180) double longitude,
      @ForAll @DoubleRange(min = -180, max = 180) double azimuth,
      @ForAll @DoubleRange(min = 1, max = 1_000) double metres) {
    var end = Geodesic.WGS84.Direct(latitude, longitude, azimuth, metres);
    LocalPlane plane = LocalPlane.at(Position.of(latitude, longitude));
    Position place = Position.of(end.lat2, end.lon2);
    double east = metres * Math.sin(Math.toRadians(azimuth));
    double north = metres * Math.cos(Math.toRadians(azimuth));
    assertThat(plane.eastM(place)).isCloseTo(east, within(2e-4));
    assertThat(plane.northM(place)).isCloseTo(north, within(2e-4));
  }

  @Property(tries = 200)
  void itAgreesWithTheFold(
      @ForAll @DoubleRange(min = -80, max = 80) double latitude,
      @ForAll @DoubleRange(min = -180, max = 180) double longitude,
      @ForAll @DoubleRange(min = -0.005, max = 0.005) @Scale(6) double north) {
    Position place = Position.of(latitude, longitude);
    Position other = Position.of(latitude + north, longitude);
    double metres = Geodesy.distanceM(latitude, longitude, latitude + north, longitude);
    LocalPlane plane = LocalPlane.at(place);
    assertThat(Math.hypot(plane.eastM(other), plane.northM(other))).isCloseTo(metres, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"0, 91", "0, 135", "0, 179.9", "60, -150", "-80, 100", "0, 180"})
  void whatIsBehindTheEarth_isNeverNear(double latitude, double longitude) {
    LocalPlane plane = LocalPlane.at(Position.of(0, 0));
    Position place = Position.of(latitude, longitude);
    assertThat(Math.hypot(plane.eastM(place), plane.northM(place))).isGreaterThan(6_300_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 1_000_001, -1_000_001, Double.POSITIVE_INFINITY})
  void aPointOffThePlane_hasNoPosition(double metres) {
    LocalPlane plane = LocalPlane.at(Places.TOWN);
    assertThatThrownBy(() -> plane.position(metres, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eastM")
        .hasMessageContaining(String.valueOf(metres));
    assertThatThrownBy(() -> plane.position(0, metres)).hasMessageContaining("northM");
  }

  @ParameterizedTest
  @CsvSource({
    "90.01, 0, latitudeDeg",
    "-90.01, 0, latitudeDeg",
    "NaN, 0, latitudeDeg",
    "0, 180.01, longitudeDeg",
    "0, -180.01, longitudeDeg",
    "0, NaN, longitudeDeg"
  })
  void aPlaceOffTheGlobe_isRefused(double latitude, double longitude, String field) {
    assertThatThrownBy(() -> Position.of(latitude, longitude))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }
}
