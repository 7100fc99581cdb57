package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;

/** Against Karney's geodesic. */
class GeodesyTest {
  @Property(tries = 1_000)
  void upToAKilometre_itAgreesToATenMillionth(
      @ForAll @DoubleRange(min = -90, max = 90) double latitude,
      @ForAll @DoubleRange(min = -180, max = 180) double longitude,
      @ForAll @DoubleRange(min = 0, max = 360) double azimuth,
      @ForAll @DoubleRange(min = 1, max = 1_000) double metres) {
    var end = Geodesic.WGS84.Direct(latitude, longitude, azimuth, metres);
    assertThat(Geodesy.distanceM(latitude, longitude, end.lat2, end.lon2))
        .isCloseTo(metres, within(metres * 1e-7 + 1e-8));
  }

  @Property(tries = 1_000)
  void roundThePoles_itAgreesToo(
      @ForAll @DoubleRange(min = 0, max = 0.01) double fromThePoleDeg,
      @ForAll @DoubleRange(min = 0, max = 360) double azimuth,
      @ForAll @DoubleRange(min = 1, max = 1_000) double metres) {
    var end = Geodesic.WGS84.Direct(fromThePoleDeg - 90, 17, azimuth, metres);
    assertThat(Geodesy.distanceM(fromThePoleDeg - 90, 17, end.lat2, end.lon2))
        .isCloseTo(metres, within(metres * 1e-7 + 1e-6));
  }

  @Property(tries = 500)
  void acrossTheAntimeridian_itAgreesToo(
      @ForAll @DoubleRange(min = -80, max = 80) double latitude,
      @ForAll @DoubleRange(min = 20, max = 160) double azimuth) {
    var end = Geodesic.WGS84.Direct(latitude, 179.9999, azimuth, 1_000);
    assertThat(Geodesy.distanceM(latitude, 179.9999, end.lat2, end.lon2))
        .isCloseTo(1_000, within(1e-4));
  }

  @Test
  void theAntimeridian_isNoDistance() {
    assertThat(Geodesy.distanceM(0, 179.9999, 0, -179.9999)).isCloseTo(22.26, within(0.01));
    assertThat(Geodesy.distanceM(10, 180, 10, -180)).isZero();
  }

  @Test
  void atThePoles_itStaysFinite() {
    assertThat(Geodesy.distanceM(90, 0, 90, 180)).isCloseTo(0, within(1e-6));
    assertThat(Geodesy.distanceM(-90, 17, -89.999, 17)).isCloseTo(111.69, within(0.05));
  }

  @Property(tries = 300)
  void itIsTheSameBothWays_andNeverNegative(
      @ForAll @DoubleRange(min = -90, max = 90) double latitude1,
      @ForAll @DoubleRange(min = -180, max = 180) double longitude1,
      @ForAll @DoubleRange(min = -90, max = 90) double latitude2,
      @ForAll @DoubleRange(min = -180, max = 180) double longitude2) {
    double there = Geodesy.distanceM(latitude1, longitude1, latitude2, longitude2);
    double back = Geodesy.distanceM(latitude2, longitude2, latitude1, longitude1);
    assertThat(there).isFinite().isNotNegative().isEqualTo(back);
  }

  /** On the equator the meridian's neighbour is a circle of the semi-major axis. */
  @Test
  void alongTheEquator_itIsTheChordOfItsCircle_uptoFortyKilometresAndBeyond() {
    for (double degrees : new double[] {0.01, 0.1, 0.36, 0.37, 1}) {
      double chordM = 2 * 6_378_137.0 * Math.sin(Math.toRadians(degrees / 2));
      assertThat(Geodesy.distanceM(0, 0, 0, degrees)).isCloseTo(chordM, within(1e-6));
    }
  }

  /** Two kilometres north and south of it: the farther apart in longitude, the nearer in latitude. */
  @Test
  void acrossTheEquator_theWayNorthShrinksWithTheCosine() {
    double meridianM = 6_378_137.0 * (1 - 0.00669437999014); // radius of curvature there
    for (double degrees : new double[] {0.1, 0.36, 0.37}) {
      double half = Math.toRadians(degrees / 2);
      double north = meridianM * Math.toRadians(0.04) * Math.cos(half);
      double east = 2 * 6_378_137.0 * Math.sin(half);
      assertThat(Geodesy.distanceM(-0.02, 0, 0.02, degrees))
          .isCloseTo(Math.hypot(north, east), within(1e-5));
    }
  }
}
