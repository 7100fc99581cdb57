package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * The filter by hand: one axis' variance of position P, of speed V, and C between both. A runner's peak
 * is 12 m/s, so a line begins with V = 4 * 4.
 */
class PositionFilterTest {
  private static final double LATITUDE = 55.75;
  private static final double LONGITUDE = 37.6;
  private static final double NORTH_M = metresADegree(true);
  private static final double EAST_M = metresADegree(false);
  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  private final PositionFilter filter = new PositionFilter();

  private static double metresADegree(boolean north) {
    double latitude = Math.toRadians(LATITUDE);
    return Math.toRadians(
        north ? Geodesy.metresPerRadianNorth(latitude) : Geodesy.metresPerRadianEast(latitude));
  }

  private void begin() {
    filter.reset(LATITUDE, LONGITUDE, 4, SportProfile.RUN);
  }

  private double surpriseAfter(double seconds, double northM, double eastM) {
    return filter.surpriseAfter(
        seconds, LATITUDE + northM / NORTH_M, LONGITUDE + eastM / EAST_M, 4, NO_LIMIT);
  }

  @Test
  void aLineBegins_asSureAsItsFix_andAtAnySpeedOfTheSport() {
    begin();
    assertThat(filter.latitudeDeg()).isEqualTo(LATITUDE);
    assertThat(filter.longitudeDeg()).isEqualTo(LONGITUDE);
    assertThat(filter.speedMps()).isZero();
    assertThat(filter.sigmaMps()).isEqualTo(4);
    assertThat(filter.leastSpeedMps()).isEqualTo(-12);
    // Two seconds: P = 16, motion 4 * 16 and a metre of stray, the measurement's own 16.
    assertThat(surpriseAfter(2, 10, 0)).isCloseTo(100.0 / (16 + 65 + 16), within(1e-6));
    assertThat(surpriseAfter(2, 0, 10)).isCloseTo(100.0 / 97, within(1e-6));
  }

  /** At rest the noise is 0.4 m/s2: P = 16 + 16 + 0.04, C = 16 + 0.08, V = 16 + 0.16. */
  @Test
  void asTimeGoesBy_itIsLessSure_andPositionAndSpeedGoTogether() {
    begin();
    filter.predict(1);
    assertThat(filter.sigmaMps()).isCloseTo(Math.sqrt(16.16), within(1e-6));
    double motion = 2 * 2 * 16.08 + 4 * 16.16 + 1;
    assertThat(surpriseAfter(2, 20, 0)).isCloseTo(400 / (32.04 + motion + 16), within(1e-5));
  }

  @Test
  void whoCannotStrayFar_surprisesMore() {
    begin();
    double surprise =
        filter.surpriseAfter(2, LATITUDE + 10 / NORTH_M, LONGITUDE, 4, 3); // instead of 65
    assertThat(surprise).isCloseTo(100.0 / (16 + 9 + 16), within(1e-6));
  }

  /** A second after the beginning, four metres north: it is believed by 32.04 parts of 48.04. */
  @Test
  void aMeasurement_isFollowedAsFarAsItIsSurer() {
    begin();
    filter.predict(1);
    filter.update(LATITUDE + 4 / NORTH_M, LONGITUDE, 4, 0);
    assertThat(filter.northM()).isCloseTo(4 * 32.04 / 48.04, within(1e-5));
    assertThat(filter.eastM()).isCloseTo(0, within(1e-9));
    assertThat(filter.speedMps()).isCloseTo(4 * 16.08 / 48.04, within(1e-5));
    assertThat(filter.sigmaMps()).isCloseTo(Math.sqrt(16.16 - 16.08 * 16.08 / 48.04), within(1e-5));
  }

  /** Off by 36 variances instead of nine: its own variance is taken fourfold. */
  @Test
  void aMeasurementFarOff_countsLess() {
    begin();
    filter.predict(1);
    filter.update(LATITUDE + 4 / NORTH_M, LONGITUDE, 4, 36);
    assertThat(filter.northM()).isCloseTo(4 * 32.04 / (32.04 + 64), within(1e-5));
  }

  /** 30 m from the south and 40 m from the east in ten seconds. */
  @Test
  void whoWasCarried_isCarriedOn() {
    begin();
    filter.carry(LATITUDE - 30 / NORTH_M, LONGITUDE + 40 / EAST_M, 10, 4);
    assertThat(filter.speedMps()).isCloseTo(5, within(1e-5));
    assertThat(filter.sigmaMps()).isCloseTo(Math.sqrt(2 * 16 / 100.0), within(1e-6));
    filter.predict(2);
    assertThat(filter.northM()).isCloseTo(6, within(1e-4));
    assertThat(filter.eastM()).isCloseTo(-8, within(1e-4));
  }

  /**
   * At 20 m/s an acceleration of 0.4 + 20 * 0.05 m/s2 is nothing sudden: 0.7 m in a second, beside
   * V = 2 * 16 / 100.
   */
  @Test
  void whoIsFaster_mayTurnHarder() {
    begin();
    filter.carry(LATITUDE - 200 / NORTH_M, LONGITUDE, 10, 4);
    double variance = 16 + 0.32 + 0.7 * 0.7 + 16;
    assertThat(surpriseAfter(1, 20, 10)).isCloseTo(100 / variance, within(1e-4));
    assertThat(surpriseAfter(1, 20, 0)).isCloseTo(0, within(1e-6));
  }

  /** Six kilometres on the plane has been drawn anew, and the place is the same. */
  @Test
  void farFromItsOrigin_thePlaneIsDrawnAnew() {
    begin();
    for (int km = 1; km <= 12; km++) {
      double latitude = LATITUDE + km * 500 / NORTH_M;
      filter.predict(100);
      filter.update(latitude, LONGITUDE + 0.001 * km, 0.1, 0);
      assertThat(filter.latitudeDeg()).isCloseTo(latitude, within(2e-7));
      assertThat(filter.longitudeDeg()).isCloseTo(LONGITUDE + 0.001 * km, within(2e-7));
      assertThat(Math.hypot(filter.northM(), filter.eastM())).isLessThan(5_000);
      assertThat(filter.eastOf(filter.longitudeDeg())).isCloseTo(filter.eastM(), within(1e-3));
    }
    assertThat(filter.northM()).isLessThan(1_500);
  }

  @Test
  void acrossTheAntimeridian_theLongitudeTurnsItsSign() {
    filter.reset(0, 179.9999, 1, SportProfile.OTHER);
    filter.predict(10);
    filter.update(0, -179.9999, 0.01, 0);
    assertThat(filter.longitudeDeg()).isCloseTo(-179.9999, within(1e-6));
    assertThat(filter.eastM()).isCloseTo(22.26, within(0.02));
  }
}
