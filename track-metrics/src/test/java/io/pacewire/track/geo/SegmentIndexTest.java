package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentIndexTest {
  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void segmentsWithinTheirTolerance_areNear_everywhere(Position origin) {
    Segment road = Segment.of("road", 20, Walk.line(origin, -900, 0, 900, 0));
    Segment path = Segment.of("path", 10, Walk.line(origin, 0, -900, 0, 900));
    SegmentIndex index = SegmentIndex.of(List.of(road, path));
    LocalPlane plane = LocalPlane.at(origin);
    assertThat(index.near(plane.position(5, 5))).containsExactlyInAnyOrder(road, path);
    assertThat(index.near(plane.position(700, 19))).containsExactly(road);
    assertThat(index.near(plane.position(-700, -19))).containsExactly(road);
    assertThat(index.near(plane.position(9, 700))).containsExactly(path);
    assertThat(index.near(plane.position(-9, -700))).containsExactly(path);
    assertThat(index.near(plane.position(700, 21))).isEmpty();
    assertThat(index.near(plane.position(-11, 700))).isEmpty();
    assertThat(index.near(plane.position(921, 0))).isEmpty();
    assertThat(index.size()).isEqualTo(2);
    assertThat(index.segment(1)).isSameAs(path);
  }

  /** Against every segment asked in turn. */
  @Test
  void amongManySegments_theSameAreFoundAsByLookingAtAll() {
    Random chance = new Random(5);
    LocalPlane plane = LocalPlane.at(Position.of(-17, 180));
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      double east = 20_000 * (chance.nextDouble() - 0.5);
      double north = 20_000 * (chance.nextDouble() - 0.5);
      List<Position> line = new ArrayList<>();
      for (int vertex = 0; vertex < 25; vertex++) {
        line.add(plane.position(east, north));
        east += 30 + 40 * chance.nextDouble();
        north += 60 * (chance.nextDouble() - 0.5);
      }
      segments.add(Segment.of("s" + i, 25, line));
    }
    SegmentIndex index = SegmentIndex.of(segments);
    for (int i = 0; i < 300; i++) {
      Position place = plane.position(
          20_000 * (chance.nextDouble() - 0.5), 20_000 * (chance.nextDouble() - 0.5));
      assertThat(index.near(place))
          .containsExactlyInAnyOrderElementsOf(segments.stream()
              .filter(segment -> segment.line().passes(place, 0, segment.line().edges(), 25))
              .toList());
    }
  }

  @Test
  void whatDoesNotFit_isLeftOut() {
    List<Segment> segments = IntStream.range(0, 10)
        .mapToObj(i -> Segment.of("s" + i, 20, Walk.line(Places.TOWN, -900, i, 900, i)))
        .toList();
    SegmentIndex index = SegmentIndex.of(segments);
    int[] into = new int[4];
    assertThat(index.near(Places.TOWN, into)).isEqualTo(4);
    assertThat(into).doesNotHaveDuplicates();
    assertThat(index.near(Places.TOWN, new int[20])).isEqualTo(10);
  }

  @Test
  void atTheAntimeridian_aFullArrayIsFullToo() {
    Position west = Position.of(0, -179.9999);
    Segment east = Segment.of("e", 20, Walk.line(Position.of(0, 179.9999), 0, 0, 90, 0));
    Segment other = Segment.of("w", 20, Walk.line(west, -80, 0, 80, 0));
    SegmentIndex index = SegmentIndex.of(List.of(east, other));
    assertThat(index.near(west, new int[1])).isEqualTo(1);
    assertThat(index.near(west, new int[2])).isEqualTo(2);
    assertThat(index.near(west, new int[0])).isZero();
    assertThat(index.near(Position.of(0, 179.9999), new int[2])).isEqualTo(2);
  }

  @Test
  void anEmptyIndex_knowsNothing() {
    assertThat(SegmentIndex.of(List.of()).near(Places.TOWN)).isEmpty();
  }

  /** The way on the ground from 10 to 12 degrees along the equator: 2 · 111,319.49 m. */
  @Test
  void aLongEdge_isDividedAndLiesOnTheGround() {
    Segment segment = Segment.of(
        "long",
        20,
        List.of(
            Position.of(0, 10), Position.of(0, 10.8), Position.of(0, 11.6), Position.of(0, 12)));
    assertThat(segment.lengthM()).isCloseTo(222_638.98, within(5.0));
    assertThat(SegmentIndex.of(List.of(segment)).near(Position.of(0.0001, 10.4)))
        .hasSize(1);
  }

  @Test
  void verticesTwiceInARow_areOne() {
    List<Position> line = new ArrayList<>(Walk.line(Places.TOWN, 0, 0, 0, 0, 300, 0, 300, 0));
    assertThat(Segment.of("double", 20, line).lengthM()).isCloseTo(300, within(1e-3));
    assertThatThrownBy(() -> Segment.of("point", 20, Collections.nCopies(3, Places.TOWN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lengthM");
  }

  @ParameterizedTest
  @ValueSource(doubles = {4.9, 100.1, Double.NaN})
  void aToleranceOutOfRange_isRefused(double tolerance) {
    List<Position> line = Walk.line(Places.TOWN, 0, 0, 900, 0);
    assertThatThrownBy(() -> Segment.of("s", tolerance, line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toleranceM")
        .hasMessageContaining(String.valueOf(tolerance));
  }

  @Test
  void limits_areNamed() {
    List<Position> line = Walk.line(Places.TOWN, 0, 0, 79, 0);
    assertThatThrownBy(() -> Segment.of("s", 20, line)).hasMessageContaining("lengthM");
    assertThatThrownBy(() -> Segment.of("s", 5, line.subList(0, 1)))
        .hasMessageContaining("vertices");
    assertThatThrownBy(() -> Segment.of("s", 5, List.of(Position.of(0, 0), Position.of(0, 1))))
        .hasMessageContaining("length of an edge");
    assertThatThrownBy(() -> Segment.of("", 5, line)).hasMessageContaining("id");
    Segment segment = Segment.of("s", 5, line);
    assertThatThrownBy(() -> SegmentIndex.of(List.of(segment, segment)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id must not be given twice, was s");
  }
}
