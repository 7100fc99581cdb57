package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.TrackPoint;
import io.pacewire.track.TrackPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackSimplifierTest {
  /** A corner at 100 m east; a bump of 4 m on the first side, of 6 m on the second. */
  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void whatIsOffByMoreThanTheTolerance_stays_everywhere(Position origin) {
    List<PathPoint> points = Walk.about(origin)
        .at(0, 0, 0)
        .at(1, 50, 4)
        .at(2, 100, 0)
        .at(3, 106, 50)
        .at(4, 100, 100)
        .points();
    assertThat(TrackSimplifier.keep(points, 5)).containsExactly(0, 2, 3, 4);
    assertThat(TrackSimplifier.keep(points, 3)).containsExactly(0, 1, 2, 3, 4);
    assertThat(TrackSimplifier.keep(points, 7)).containsExactly(0, 2, 4);
    assertThat(TrackSimplifier.keep(points, 1_000)).containsExactly(0, 4);
  }

  @Test
  void breaks_stayWithBothTheirEnds() {
    List<TrackPoint> track = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      track.add(TrackPoints.at(i, 0, i * 1e-4, 11.1 * i, i == 4 || i == 9 ? TrackPoint.BREAK : 0));
    }
    List<PathPoint> points = PathPoint.of(track);
    assertThat(TrackSimplifier.keep(points, 5)).containsExactly(0, 3, 4, 8, 9);
    assertThat(points.get(4).afterBreak()).isTrue();
    assertThat(points.get(5).afterBreak()).isFalse();
    assertThat(points.get(5).atEpochMs()).isEqualTo(5_000);
    assertThat(points.get(5).distanceM()).isCloseTo(55.5, within(1e-9));
  }

  @Test
  void aClosedRound_isNotOnePoint() {
    List<PathPoint> points = new ArrayList<>();
    for (int i = 0; i <= 360; i++) {
      points.add(at(100 * Math.cos(Math.toRadians(i)), 100 * Math.sin(Math.toRadians(i))));
    }
    assertThat(TrackSimplifier.keep(points, 2)).hasSizeBetween(12, 40);
  }

  @Test
  void nothingAndOnePoint_stay() {
    assertThat(TrackSimplifier.keep(List.of(), 5)).isEmpty();
    assertThat(TrackSimplifier.keep(List.of(at(0, 0)), 5)).containsExactly(0);
    assertThat(TrackSimplifier.keepForZoom(List.of(), 5)).isEmpty();
  }

  @Property(tries = 50)
  void noPointLeftOut_isFartherThanTheTolerance(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 50) double tolerance) {
    Random steps = new Random(seed);
    List<PathPoint> points = new ArrayList<>();
    double east = 0;
    double north = 0;
    for (int i = 0; i < 300; i++) {
      points.add(at(east, north));
      east += 10 * steps.nextGaussian();
      north += 10 * steps.nextGaussian();
    }
    int[] kept = TrackSimplifier.keep(points, tolerance);
    assertThat(kept).startsWith(0).endsWith(299);
    for (int k = 1; k < kept.length; k++) {
      Chord chord =
          new Chord(points.get(kept[k - 1]).position(), points.get(kept[k]).position());
      for (int i = kept[k - 1]; i <= kept[k]; i++) {
        assertThat(chord.distanceM(points.get(i).position())).isLessThanOrEqualTo(tolerance + 1e-6);
      }
    }
  }

  @Test
  void aLongTrack_isDoneInRuns() {
    List<PathPoint> points =
        IntStream.range(0, 10_000).mapToObj(i -> at(i % 2 * 0.5, i)).toList();
    assertThat(TrackSimplifier.keep(points, 10))
        .contains(0, 4_096, 8_192, 9_999)
        .hasSizeLessThan(20);
    assertThat(TrackSimplifier.keep(points, 0)).hasSize(10_000);
  }

  /** EPSG:3857: 2π · 6,378,137 m / 256 at zoom 0. */
  @Test
  void aPixel_isAsTheTilesHaveIt() {
    assertThat(TrackSimplifier.pixelM(0, 0)).isCloseTo(156_543.034, within(1e-3));
    assertThat(TrackSimplifier.pixelM(15, 60)).isCloseTo(2.38865, within(1e-4));
    assertThat(TrackSimplifier.pixelM(15, -60)).isCloseTo(2.38865, within(1e-4));
    assertThat(TrackSimplifier.pixelM(0, 90)).isCloseTo(13_500, within(50.0));
  }

  @Test
  void lessZoom_givesFewerPoints() {
    List<PathPoint> points = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      points.add(at(5 * i, 300 * Math.sin(i / 50.0)));
    }
    int far = TrackSimplifier.keepForZoom(points, 10).length;
    int near = TrackSimplifier.keepForZoom(points, 16).length;
    assertThat(far).isLessThan(near).isLessThan(100);
    assertThat(near).isLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, 100_001})
  void aToleranceOutOfRange_isRefused(double tolerance) {
    assertThatThrownBy(() -> TrackSimplifier.keep(List.of(), tolerance))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toleranceM");
    assertThatThrownBy(() -> TrackSimplifier.keepForZoom(List.of(), 25))
        .hasMessageContaining("zoom")
        .hasMessageContaining("25");
    assertThatThrownBy(() -> PathPoint.of(0, Places.TOWN, -1, false))
        .hasMessageContaining("distanceM");
  }

  private static PathPoint at(double eastM, double northM) {
    return PathPoint.of(0, LocalPlane.at(Places.TOWN).position(eastM, northM), 0, false);
  }
}
