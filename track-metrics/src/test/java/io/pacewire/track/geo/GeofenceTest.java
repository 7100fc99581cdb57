package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeofenceTest {
  private static final List<Position> SQUARE =
      Walk.line(Places.TOWN, -50, -50, 50, -50, 50, 50, -50, 50);

  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void depth_isTheDistanceToTheNearestEdge_everywhere(Position origin) {
    Geofence square = Geofence.polygon(
        "square", Walk.line(origin, -50, -50, 50, -50, 50, 50, -50, 50), List.of());
    LocalPlane plane = LocalPlane.at(origin);
    assertThat(square.depthM(origin)).isCloseTo(50, within(1e-3));
    assertThat(square.depthM(plane.position(40, 0))).isCloseTo(10, within(1e-3));
    assertThat(square.depthM(plane.position(80, 0))).isCloseTo(-30, within(1e-3));
    assertThat(square.depthM(plane.position(80, 90))).isCloseTo(-50, within(1e-3));
    assertThat(square.greatestDepthM()).isCloseTo(50, within(2.0));
  }

  @Test
  void aPolygonAboutThePole_holdsThePole() {
    Geofence camp = Geofence.polygon(
        "camp",
        List.of(
            Position.of(89.99, 0),
            Position.of(89.99, 90),
            Position.of(89.99, 180),
            Position.of(89.99, -90)),
        List.of());
    assertThat(camp.depthM(Position.of(90, 0))).isCloseTo(1_116.94 / Math.sqrt(2), within(0.1));
    assertThat(camp.depthM(Position.of(89.98, 45))).isNegative();
  }

  @Test
  void aPolygonOverTheAntimeridian_isNoBandAroundTheGlobe() {
    Geofence lagoon = Geofence.polygon(
        "lagoon",
        List.of(
            Position.of(-1, 179.5),
            Position.of(-1, -179.5),
            Position.of(1, -179.5),
            Position.of(1, 179.5),
            Position.of(-1, 179.5)),
        List.of());
    assertThat(lagoon.depthM(Position.of(0, 180))).isCloseTo(55_650, within(5.0));
    assertThat(lagoon.depthM(Position.of(0, -180))).isCloseTo(55_650, within(5.0));
    assertThat(lagoon.depthM(Position.of(0, 0))).isLessThan(-1_000_000);
    assertThat(lagoon.depthM(Position.of(0, 178))).isNegative();
  }

  @Test
  void theOtherSideOfTheEarth_isOutside() {
    assertThat(Geofence.circle("here", Position.of(0, 0), 1_000).depthM(Position.of(0, 180)))
        .isLessThan(-12_000_000);
  }

  @Test
  void kindAndId_areKept() {
    assertThat(Geofence.corridor("a", SQUARE, 5).isCorridor()).isTrue();
    assertThat(Geofence.circle("b", Places.TOWN, 5).isCorridor()).isFalse();
    assertThat(Geofence.circle("b", Places.TOWN, 5).id()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 100_001, Double.NaN, -5})
  void aRadiusOutOfRange_isRefused(double radius) {
    assertThatThrownBy(() -> Geofence.circle("c", Places.TOWN, radius))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radiusM")
        .hasMessageContaining(String.valueOf(radius));
    assertThatThrownBy(() -> Geofence.corridor("c", SQUARE, radius))
        .hasMessageContaining("halfWidthM");
  }

  @Test
  void shapesThatAreNone_areRefused() {
    List<Position> bow = Walk.line(Places.TOWN, 0, 0, 100, 100, 100, 0, 0, 100);
    assertThatThrownBy(() -> Geofence.polygon("bow", bow, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bow")
        .hasMessageContaining("Self-intersection");
    assertThatThrownBy(() -> Geofence.polygon(
            "out", SQUARE, List.of(Walk.line(Places.TOWN, 200, 0, 210, 0, 210, 10))))
        .hasMessageContaining("out");
    assertThatThrownBy(() -> Geofence.polygon("two", SQUARE.subList(0, 2), List.of()))
        .hasMessageContaining("vertices");
    assertThatThrownBy(() -> Geofence.polygon("hole", SQUARE, List.of(SQUARE.subList(0, 1))))
        .hasMessageContaining("vertices of a ring");
    assertThatThrownBy(() -> Geofence.polygon(
            "thread", Walk.line(Places.TOWN, 0, 0, 1_000, 0, 1_000, 0.2), List.of()))
        .hasMessageContaining("inscribed radius");
    assertThatThrownBy(() -> Geofence.corridor("point", SQUARE.subList(0, 1), 10))
        .hasMessageContaining("vertices");
  }

  @Test
  void tooMuch_isRefused() {
    assertThatThrownBy(
            () -> Geofence.corridor("far", List.of(Position.of(0, 0), Position.of(0, 4)), 10))
        .hasMessageContaining("distance of a vertex");
    assertThatThrownBy(() -> Geofence.polygon("holes", SQUARE, Collections.nCopies(101, SQUARE)))
        .hasMessageContaining("holes must be")
        .hasMessageContaining("101");
    List<Position> many =
        IntStream.range(0, 10_001).mapToObj(i -> Position.of(0, i * 1e-5)).toList();
    assertThatThrownBy(() -> Geofence.corridor("many", many, 10)).hasMessageContaining("10001");
    assertThatThrownBy(() -> Geofence.circle("", Places.TOWN, 10)).hasMessageContaining("id");
    assertThatThrownBy(() -> Geofence.circle("x".repeat(201), Places.TOWN, 10))
        .hasMessageContaining("id");
    assertThatThrownBy(() -> GeoFix.of(0, 0, 0, -1)).hasMessageContaining("sigmaM");
    assertThatThrownBy(() -> GeoFix.of(0, 0, 0, Double.NaN)).hasMessageContaining("sigmaM");
  }
}
