package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyZonesTest {
  private static final byte[] SECRET =
      "a secret of the platform, 32 byte".getBytes(StandardCharsets.US_ASCII);
  private static final PrivacyZone HOME = PrivacyZone.of(SECRET, "home", Places.TOWN, 400);

  @Property(tries = 300)
  void thePlace_isCoveredWithAQuarterToSpare_andIsNeverTheMiddle(
      @ForAll @IntRange(min = 0, max = 1_000_000) int id,
      @ForAll @DoubleRange(min = 100, max = 5_000) double radius) {
    PrivacyZone zone = PrivacyZone.of(SECRET, "zone " + id, Places.TOWN, radius);
    assertThat(zone.hides(Places.TOWN)).isTrue();
    LocalPlane plane = LocalPlane.at(Places.TOWN);
    for (int bearing = 0; bearing < 360; bearing += 10) {
      double spare = 0.25 * radius;
      double sine = Math.sin(Math.toRadians(bearing));
      double cosine = Math.cos(Math.toRadians(bearing));
      assertThat(zone.hides(plane.position(spare * sine, spare * cosine))).isTrue();
      assertThat(zone.hides(plane.position(1.75 * radius * sine, 1.75 * radius * cosine)))
          .isFalse();
    }
    assertThat(zone.middle().chordM(Places.TOWN)).isBetween(0.299 * radius, 0.601 * radius);
  }

  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void thePlace_isCovered_everywhere(Position place) {
    PrivacyZone zone = PrivacyZone.of(SECRET, "here", place, 200);
    assertThat(zone.hides(place)).isTrue();
    assertThat(zone.hides(LocalPlane.at(place).position(360, 0))).isFalse();
  }

  @Test
  void theShift_isStable_andAnotherForEachSecretIdAndRadius() {
    assertThat(PrivacyZone.of(SECRET, "home", Places.TOWN, 400))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*\\.z")
        .isEqualTo(HOME);
    byte[] other = SECRET.clone();
    other[0] ^= 1;
    assertThat(List.of(
            PrivacyZone.of(other, "home", Places.TOWN, 400).middle(),
            PrivacyZone.of(SECRET, "work", Places.TOWN, 400).middle(),
            PrivacyZone.of(SECRET, "home", Places.TOWN, 400.001).middle()))
        .allSatisfy(middle -> assertThat(middle.chordM(HOME.middle())).isGreaterThan(1));
  }

  /** Over many zones the shifts go every way, so their mean says nothing. */
  @Test
  void theShifts_haveNoPreferredSide() {
    LocalPlane plane = LocalPlane.at(Places.TOWN);
    double east = 0;
    double north = 0;
    for (int i = 0; i < 2_000; i++) {
      Position middle = PrivacyZone.of(SECRET, "z" + i, Places.TOWN, 1_000).middle();
      east += plane.eastM(middle) / 2_000;
      north += plane.northM(middle) / 2_000;
    }
    assertThat(Math.hypot(east, north)).isLessThan(30);
  }

  /** The attack: the ends of many tracks that all lead straight home, their middle taken. */
  @Test
  void theEndsOfManyTracks_doNotGiveThePlaceAway() {
    for (int id = 0; id < 50; id++) {
      PrivacyZones zones =
          PrivacyZones.of(List.of(PrivacyZone.of(SECRET, "h" + id, Places.TOWN, 400)));
      List<Position> ends = new ArrayList<>();
      for (int bearing = 0; bearing < 360; bearing += 5) {
        double sine = Math.sin(Math.toRadians(bearing));
        double cosine = Math.cos(Math.toRadians(bearing));
        List<PathPoint> track = Walk.about(Places.TOWN)
            .at(0, 0, 0)
            .at(300, 1_500 * sine, 1_500 * cosine)
            .points();
        ends.add(zones.visible(track).get(0).get(0).position());
      }
      assertThat(boxMiddle(ends).chordM(Places.TOWN)).isGreaterThan(0.2 * 400);
    }
  }

  @Test
  void ends_areCutAtTheEdge_andTheHiddenWayIsNotCounted() {
    List<PathPoint> track = Walk.about(HOME.middle())
        .at(0, 0, 0)
        .at(100, 100, 0)
        .at(1_000, 1_000, 0)
        .at(2_000, 2_000, 0)
        .points();
    List<List<PathPoint>> visible = PrivacyZones.of(List.of(HOME)).visible(track);
    assertThat(visible).hasSize(1);
    List<PathPoint> stretch = visible.get(0);
    assertThat(stretch).hasSize(3);
    double edge = HOME.middle().chordM(stretch.get(0).position());
    assertThat(edge).isBetween(0.89 * 400, 1.11 * 400);
    assertThat(stretch.get(0).atEpochMs())
        .isCloseTo(Walk.START_MS + Math.round(edge * 1_000), within(100L));
    assertThat(stretch.get(0).distanceM()).isZero();
    assertThat(stretch.get(0).afterBreak()).isTrue();
    assertThat(stretch.get(2).distanceM()).isCloseTo(2_000 - edge, within(0.1));
    assertThat(stretch.get(2).afterBreak()).isFalse();
    assertThat(HOME.hides(stretch.get(0).position().towards(HOME.middle(), 1e-4)))
        .isTrue();
  }

  @Test
  void aLegThroughTheZone_isCutTwice() {
    List<PathPoint> track =
        Walk.about(HOME.middle()).at(0, -1_000, 0).at(200, 1_000, 0).points();
    List<List<PathPoint>> visible = PrivacyZones.of(List.of(HOME)).visible(track);
    assertThat(visible).hasSize(2).allSatisfy(stretch -> assertThat(stretch).hasSize(2));
    PathPoint in = visible.get(0).get(1);
    PathPoint out = visible.get(1).get(0);
    assertThat(in.position().chordM(out.position())).isBetween(720.0, 880.0);
    assertThat(out.distanceM()).isCloseTo(in.distanceM(), within(1e-6));
  }

  @Test
  void twoZonesThatOverlap_areOneHole() {
    PrivacyZone next =
        PrivacyZone.of(SECRET, "next", LocalPlane.at(HOME.middle()).position(450, 0), 400);
    List<PathPoint> track =
        Walk.about(HOME.middle()).at(0, -2_000, 0).at(400, 2_000, 0).points();
    assertThat(PrivacyZones.of(List.of(HOME, next)).visible(track)).hasSize(2);
    assertThat(PrivacyZones.of(List.of(HOME, next)).hide(HOME.middle())).isTrue();
    assertThat(PrivacyZones.of(List.of()).visible(track)).hasSize(1);
  }

  @Test
  void whatIsWhollyHidden_givesNothing() {
    assertThat(PrivacyZones.of(List.of(HOME))
            .visible(
                Walk.about(HOME.middle()).at(0, 0, 0).at(9, 50, 0).at(20, 0, 70).points()))
        .isEmpty();
    assertThat(PrivacyZones.of(List.of(HOME)).visible(List.of())).isEmpty();
  }

  @Test
  void acrossABreak_nothingIsCut() {
    LocalPlane plane = LocalPlane.at(HOME.middle());
    List<PathPoint> track = List.of(
        PathPoint.of(0, plane.position(-900, 0), 0, false),
        PathPoint.of(1, plane.position(-800, 0), 100, false),
        PathPoint.of(2, plane.position(0, 0), 900, true),
        PathPoint.of(3, plane.position(800, 0), 1_700, true),
        PathPoint.of(4, plane.position(900, 0), 1_800, false),
        PathPoint.of(5, plane.position(1_000, 0), 1_900, true));
    List<List<PathPoint>> visible = PrivacyZones.of(List.of(HOME)).visible(track);
    assertThat(visible).extracting(List::size).containsExactly(2, 2, 1);
    assertThat(visible.get(1)).extracting(PathPoint::distanceM).containsExactly(100.0, 200.0);
    assertThat(visible.get(2).get(0).distanceM()).isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(doubles = {99, 5_001, Double.NaN})
  void aRadiusOutOfRange_isRefused(double radius) {
    assertThatThrownBy(() -> PrivacyZone.of(SECRET, "z", Places.TOWN, radius))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radiusM");
  }

  @Test
  void limits_areNamed() {
    assertThatThrownBy(() -> PrivacyZone.of(new byte[15], "z", Places.TOWN, 200))
        .hasMessageContaining("bytes of the secret")
        .hasMessageContaining("15");
    assertThatThrownBy(() -> PrivacyZone.of(SECRET, "", Places.TOWN, 200))
        .hasMessageContaining("id");
    List<PrivacyZone> many = Collections.nCopies(51, HOME);
    assertThatThrownBy(() -> PrivacyZones.of(many)).hasMessageContaining("51");
    assertThat(HOME.id()).isEqualTo("home");
  }

  /** RFC 4231, case 2: key "Jefe", begins 5bdcc146. */
  @Test
  void theChance_isHmacSha256() {
    StableChance chance =
        StableChance.of("Jefe".getBytes(StandardCharsets.US_ASCII), "what do ya want for nothing?");
    assertThat(chance.next()).isEqualTo(0x5bdcc146L / 4_294_967_296.0);
  }

  private static Position boxMiddle(List<Position> places) {
    LocalPlane plane = LocalPlane.at(Places.TOWN);
    double[] east = places.stream().mapToDouble(plane::eastM).sorted().toArray();
    double[] north = places.stream().mapToDouble(plane::northM).sorted().toArray();
    int last = places.size() - 1;
    return plane.position((east[0] + east[last]) / 2, (north[0] + north[last]) / 2);
  }
}
