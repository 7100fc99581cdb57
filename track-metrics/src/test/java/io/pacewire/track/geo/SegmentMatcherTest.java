package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentMatcherTest {
  /** 500 m to the east. */
  private static final Segment STRAIGHT = straight(Places.TOWN);

  /** 5 m/s along, fixes 20 m apart from -50 m on: start at 10 s, end at 110 s. */
  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void ridingThrough_isAnEffort_everywhere(Position origin) {
    List<PathPoint> track = drive(Walk.about(origin), 0, -50, 600, 5, 4, 3).points();
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(straight(origin))), track))
        .singleElement()
        .satisfies(effort -> {
          assertThat(effort.segmentId()).isEqualTo("straight");
          assertThat(effort.isComplete()).isTrue();
          assertThat(effort.share()).isEqualTo(1);
          assertThat(effort.startAtEpochMs()).isCloseTo(Walk.START_MS + 10_000, within(2L));
          assertThat(effort.endAtEpochMs()).isCloseTo(Walk.START_MS + 110_000, within(2L));
          assertThat(effort.elapsedMs()).isCloseTo(100_000, within(3L));
          assertThat(effort.distanceM()).isCloseTo(500, within(0.1));
        });
  }

  @Test
  void theWrongDirection_givesNone() {
    List<PathPoint> track =
        drive(Walk.about(Places.TOWN), 0, 600, -100, 5, 4, 0).points();
    assertThat(all(track)).isEmpty();
  }

  @Test
  void thereAndBackAndThere_givesTwo() {
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, 600, 5, 1, 2);
    drive(walk, 131, 600, -50, 5, 1, -2);
    drive(walk, 262, -50, 600, 5, 1, 2);
    assertThat(complete(walk.points()))
        .extracting(SegmentEffort::elapsedMs)
        .allSatisfy(elapsed -> assertThat(elapsed).isCloseTo(100_000, within(3L)))
        .hasSize(2);
  }

  @Test
  void aPart_givesNone_orTheShareWhereAsked() {
    List<PathPoint> track = drive(Walk.about(Places.TOWN), 0, -50, 300, 5, 2, 0)
        .at(74, 300, 100)
        .at(78, 300, 150)
        .at(82, 300, 200)
        .at(86, 300, 250)
        .at(90, 300, 300)
        .points();
    assertThat(complete(track)).isEmpty();
    assertThat(atLeast(0.7, track)).isEmpty();
    assertThat(atLeast(0.5, track)).singleElement().satisfies(effort -> {
      assertThat(effort.share()).isCloseTo(0.6, within(0.001));
      assertThat(effort.isComplete()).isFalse();
      // Last within the tolerance of 20 m, a fifth of the way to the next point.
      assertThat(effort.endAtEpochMs()).isBetween(Walk.START_MS + 70_000, Walk.START_MS + 70_800);
    });
  }

  @Test
  void aPartAtTheTracksEnd_isStatedToo() {
    List<PathPoint> track = drive(Walk.about(Places.TOWN), 0, -50, 300, 5, 2, 0).points();
    assertThat(atLeast(0.5, track))
        .singleElement()
        .satisfies(effort -> assertThat(effort.share()).isCloseTo(0.6, within(0.001)));
  }

  @Test
  void joiningInTheMiddle_givesNone() {
    assertThat(complete(drive(Walk.about(Places.TOWN), 0, 100, 600, 5, 2, 0).points()))
        .isEmpty();
  }

  @Test
  void turningBackInTheMiddle_givesNone() {
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, 300, 5, 2, 0);
    drive(walk, 72, 290, 100, 5, 2, 0);
    drive(walk, 112, 110, 600, 5, 2, 0);
    assertThat(complete(walk.points())).isEmpty();
  }

  @Test
  void aShortStepBack_isForgiven() {
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, 300, 5, 2, 0);
    drive(walk, 72, 290, 270, 5, 2, 0);
    drive(walk, 80, 280, 600, 5, 2, 0);
    assertThat(complete(walk.points())).hasSize(1);
  }

  @Test
  void aParallelRoad_givesNone() {
    assertThat(all(drive(Walk.about(Places.TOWN), 0, -50, 600, 5, 2, 21).points()))
        .isEmpty();
  }

  @Test
  void threeWildPoints_areForgiven_moreAreNot() {
    assertThat(complete(withSpikes(3))).hasSize(1);
    assertThat(complete(withSpikes(4))).isEmpty();
  }

  @Test
  void aShortCut_givesNone() {
    Segment detour = Segment.of(
        "detour", 15, Walk.line(Places.TOWN, 0, 0, 100, 0, 100, 400, 200, 400, 200, 0, 300, 0));
    List<PathPoint> track = drive(Walk.about(Places.TOWN), 0, -50, 400, 5, 1, 0).points();
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(detour)), track)).isEmpty();
  }

  /** A road of three sides, ridden straight over the open one, with points so far apart. */
  @ParameterizedTest
  @ValueSource(doubles = {5, 40, 80, 150, 300})
  void aShortCut_givesNone_howeverFarApartThePointsAre(double apartM) {
    for (double side : new double[] {100, 200, 300, 600, 900}) {
      List<Position> road =
          Walk.line(Places.TOWN, -100, 0, 0, 0, 0, side, side, side, side, 0, side + 100, 0);
      List<PathPoint> track =
          drive(Walk.about(Places.TOWN), 0, -300, side + 400, 8, apartM / 8, 0).points();
      assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(Segment.of("u", 25, road))), track))
          .as("side of %.0f m", side)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {500, 1_000, 1_900})
  void aHoleInTheSignal_isNoWindingRoad_andAnEstimatedStraightOne(double holeM) {
    Walk walk = drive(Walk.about(Places.TOWN), 0, -300, 0, 8, 1, 0);
    drive(walk, 40 + holeM / 20, holeM, holeM + 400, 8, 1, 0);
    List<PathPoint> track = walk.points().stream()
        .map(point -> point.distanceM() > 305 && point.distanceM() < 305 + holeM
            ? point.asEstimated()
            : point)
        .toList();
    List<Position> winding =
        Walk.line(Places.TOWN, -30, 0, 0, 0, holeM / 2, 0.4 * holeM, holeM, 0, holeM + 30, 0);
    assertThat(
            SegmentMatcher.match(SegmentIndex.of(List.of(Segment.of("hill", 25, winding))), track))
        .isEmpty();
    List<Position> tunnel = Walk.line(Places.TOWN, -30, 0, holeM + 30, 0);
    assertThat(
            SegmentMatcher.match(SegmentIndex.of(List.of(Segment.of("tunnel", 25, tunnel))), track))
        .singleElement()
        .satisfies(effort -> assertThat(effort.isEstimated()).isTrue());
  }

  @Test
  void whatWasSeen_isNotEstimated() {
    assertThat(complete(drive(Walk.about(Places.TOWN), 0, -50, 600, 5, 2, 0).points()))
        .singleElement()
        .satisfies(effort -> assertThat(effort.isEstimated()).isFalse());
  }

  @Property(tries = 300)
  void aRoundTheWrongWay_givesNone(
      @ForAll @DoubleRange(min = 5, max = 100) double toleranceM,
      @ForAll @DoubleRange(min = 1.1, max = 5) double radii,
      @ForAll @DoubleRange(min = 0.05, max = 0.4) double legs) {
    double radiusM = Math.max(8.2, radii * toleranceM);
    double[] there = new double[2 * 73];
    double[] back = new double[2 * 145];
    for (int i = 0; i < 145; i++) {
      double angle = 2 * Math.PI * i / 72;
      back[2 * i] = -radiusM * Math.sin(angle);
      back[2 * i + 1] = radiusM * (1 - Math.cos(angle));
      if (i < 73) {
        there[2 * i] = -back[2 * i];
        there[2 * i + 1] = back[2 * i + 1];
      }
    }
    Segment round = Segment.of("round", toleranceM, Walk.line(Places.TOWN, there));
    int every = Math.max(1, (int) (legs * 72));
    Walk walk = Walk.about(Places.TOWN).at(0, radiusM, -1);
    for (int i = 0; i < 145; i += every) {
      walk.at(10 + i, back[2 * i], back[2 * i + 1]);
    }
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(round)), walk.points()))
        .isEmpty();
  }

  /** Up a hairpin a little, and about there: all of it is within the tolerance of the way back. */
  @Test
  void whoStaysAtTheFootOfAHairpin_hasNotRiddenIt() {
    Segment hairpin = Segment.of("hairpin", 25, Walk.line(Places.TOWN, 0, 0, 0, 51, 10, 51, 10, 0));
    Walk walk = Walk.about(Places.TOWN).at(0, 0, -10).at(5, 0, 5).at(10, 1, 14);
    for (int i = 0; i < 20; i++) {
      walk.at(15 + 5 * i, 2 + 3 * (i % 3), 14 + 24 * (i % 2));
    }
    walk.at(200, 10, 5).at(210, 60, 5);
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(hairpin)), walk.points()))
        .allSatisfy(effort -> assertThat(effort.distanceM()).isGreaterThan(40));
  }

  /** Fixes 10 s apart, at any place of the road: it is ridden once. */
  @Test
  void oneLegOverAllOfAShortSegment_isOneEffort() {
    for (double legM = 60; legM <= 150; legM += 15) {
      for (int lengthM = 55; lengthM <= 145; lengthM += 10) {
        Segment road = Segment.of("road", 10, Walk.line(Places.TOWN, 0, 0, 0, lengthM));
        for (int phase = 0; phase < 20; phase++) {
          Walk walk = Walk.about(Places.TOWN);
          for (int i = 0; i < 8; i++) {
            walk.at(10 * i, 2, -200 - phase * legM / 20 + i * legM);
          }
          assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(road)), walk.points()))
              .as("%d m, legs of %.0f m, phase %d", lengthM, legM, phase)
              .hasSizeLessThanOrEqualTo(1);
        }
      }
    }
  }

  /** Whatever way somebody goes: who rode a segment went about as far as it is long. */
  @Property(tries = 300)
  void anEffort_isAboutAsLongAsItsSegment(@ForAll long seed) {
    Random chance = new Random(seed);
    double toleranceM = 5 + 45 * chance.nextDouble();
    double[] road = wander(chance, 12, 8 * toleranceM);
    Segment segment;
    try {
      segment = Segment.of("road", toleranceM, Walk.line(Places.TOWN, road));
    } catch (IllegalArgumentException tooSmall) {
      return;
    }
    Walk walk = Walk.about(Places.TOWN);
    double[] way = chance.nextBoolean() ? road : wander(chance, 30, 4 * toleranceM);
    double spread = toleranceM * chance.nextDouble();
    for (int lap = 0; lap < 2; lap++) {
      for (int i = 0; i < way.length / 2; i++) {
        walk.at(
            1_000 * lap + 20 * i,
            way[2 * i] + spread * chance.nextGaussian(),
            way[2 * i + 1] + spread * chance.nextGaussian());
      }
    }
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(segment)), walk.points()))
        .allSatisfy(effort -> assertThat(effort.distanceM())
            .isGreaterThan((segment.lengthM() - 2 * toleranceM) / 1.25 - toleranceM));
  }

  private static double[] wander(Random chance, int vertices, double legM) {
    double[] line = new double[2 * vertices];
    for (int i = 1; i < vertices; i++) {
      line[2 * i] = line[2 * i - 2] + legM * (chance.nextDouble() - 0.4);
      line[2 * i + 1] = line[2 * i - 1] + legM * (chance.nextDouble() - 0.4);
    }
    return line;
  }

  @Test
  void thereAndBackOnOneRoad_isFollowedInOrder() {
    Segment turn = Segment.of("turn", 15, Walk.line(Places.TOWN, 0, 0, 500, 0, 0, 5));
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, 500, 5, 2, 0);
    drive(walk, 112, 490, -60, 5, 2, 5);
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(turn)), walk.points()))
        .singleElement()
        .satisfies(effort -> assertThat(effort.elapsedMs()).isCloseTo(200_000, within(2_500L)));
    Walk half = drive(Walk.about(Places.TOWN), 0, -50, 200, 5, 2, 0);
    drive(half, 52, 190, -60, 5, 2, 5);
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(turn)), half.points()))
        .isEmpty();
  }

  /** A round of 100 m radius at 10 m/s is 62.8 s; it begins and ends at one place. */
  @Test
  void lapsOfARound_areEffortsEach() {
    Segment round = round(360);
    List<PathPoint> track = circling(-20, 3 * 360 + 20).points();
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(round)), track))
        .hasSize(3)
        .allSatisfy(lap -> assertThat(lap.elapsedMs()).isCloseTo(62_832, within(100L)));
  }

  /** It ends a quarter after its own start. */
  @Test
  void lapsThatOverlap_areEffortsEach() {
    List<PathPoint> track = circling(-20, 2 * 360 + 120).points();
    assertThat(SegmentMatcher.match(SegmentIndex.of(List.of(round(450))), track))
        .hasSize(2)
        .allSatisfy(lap -> assertThat(lap.elapsedMs()).isCloseTo(78_540, within(200L)));
  }

  @Test
  void waitingAtTheStart_isNotCounted() {
    Random noise = new Random(3);
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, -5, 5, 1, 0);
    for (int i = 0; i < 300; i++) {
      walk.at(20 + i, -5 + 2 * noise.nextGaussian(), 2 * noise.nextGaussian());
    }
    drive(walk, 320, -5, 600, 5, 1, 0);
    assertThat(complete(walk.points()))
        .singleElement()
        .satisfies(effort -> assertThat(effort.elapsedMs()).isCloseTo(100_000, within(10L)));
  }

  @Test
  void startingAnew_countsFromTheSecondStart() {
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, 45, 5, 1, 0);
    drive(walk, 20, 45, -20, 5, 1, 0);
    drive(walk, 40, -20, 600, 5, 1, 0);
    assertThat(complete(walk.points()))
        .singleElement()
        .satisfies(effort ->
            assertThat(effort.startAtEpochMs()).isCloseTo(Walk.START_MS + 44_000, within(2L)));
  }

  @Test
  void aTrackThatBeginsAndEndsAtTheEnds_isComplete() {
    assertThat(complete(drive(Walk.about(Places.TOWN), 0, 4, 494, 5, 2, 0).points()))
        .singleElement()
        .satisfies(effort -> assertThat(effort.elapsedMs()).isEqualTo(98_000));
  }

  @Test
  void turningOffAtTheEnd_isComplete() {
    Walk walk = drive(Walk.about(Places.TOWN), 0, -50, 495, 5, 1, 0);
    for (int i = 1; i < 30; i++) {
      walk.at(109 + i, 495, 5 * i);
    }
    assertThat(complete(walk.points()))
        .singleElement()
        .satisfies(effort -> assertThat(effort.elapsedMs()).isCloseTo(99_000, within(10L)));
  }

  @Test
  void joiningFromTheSide_startsWhereItIsNearest() {
    Walk walk = Walk.about(Places.TOWN);
    for (int i = 0; i < 10; i++) {
      walk.at(i, 5, -50 + 5 * i);
    }
    drive(walk, 10, 5, 600, 5, 1, 0);
    assertThat(complete(walk.points()))
        .singleElement()
        .satisfies(effort ->
            assertThat(effort.startAtEpochMs()).isCloseTo(Walk.START_MS + 10_000, within(1_100L)));
  }

  @Test
  void sparsePoints_areEnough() {
    List<PathPoint> track =
        Walk.about(Places.TOWN).at(0, -300, 0).at(80, 100, 0).at(200, 700, 0).points();
    assertThat(complete(track)).singleElement().satisfies(effort -> {
      assertThat(effort.startAtEpochMs()).isCloseTo(Walk.START_MS + 60_000, within(2L));
      assertThat(effort.elapsedMs()).isCloseTo(100_000, within(3L));
    });
    assertThat(complete(Walk.about(Places.TOWN).at(0, -100, 0).at(160, 700, 0).points()))
        .singleElement()
        .satisfies(effort -> assertThat(effort.elapsedMs()).isCloseTo(100_000, within(3L)));
  }

  @Test
  void aPause_isPartOfTheEffort_aJourneyIsNot() {
    assertThat(complete(withBreak(250, 260)))
        .singleElement()
        .satisfies(effort -> assertThat(effort.elapsedMs()).isGreaterThan(100_000));
    assertThat(complete(withBreak(150, 400))).isEmpty();
  }

  @Test
  void acrossABreak_noStartIsPassed() {
    LocalPlane plane = LocalPlane.at(Places.TOWN);
    List<PathPoint> track = new ArrayList<>();
    track.add(PathPoint.of(0, plane.position(-40, 0), 0, false));
    for (int i = 0; i < 60; i++) {
      track.add(
          PathPoint.of(1_000L * (i + 1), plane.position(40 + 10 * i, 0), 80 + 10 * i, i == 0));
    }
    assertThat(complete(track)).isEmpty();
  }

  @Test
  void aLegOfMoreThanTwoKilometres_passesNothing() {
    assertThat(
            complete(Walk.about(Places.TOWN).at(0, -1_000, 0).at(400, 1_100, 0).points()))
        .isEmpty();
  }

  @Test
  void allSegmentsOnTheWay_areMatched_inOrderOfTheirEnds() {
    List<Segment> many = new ArrayList<>();
    for (int i = 9; i >= 0; i--) {
      many.add(Segment.of("s" + i, 20, Walk.line(Places.TOWN, 100 * i, 0, 100 * i + 100, 0)));
    }
    List<PathPoint> track =
        drive(Walk.about(Places.TOWN), 0, -50, 1_100, 5, 1, 3).points();
    assertThat(SegmentMatcher.match(SegmentIndex.of(many), track))
        .extracting(SegmentEffort::segmentId)
        .containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
  }

  @Property(tries = 100)
  void underNoise_theTimeIsOffByNoMoreThanTheNoise(
      @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 12) double speed) {
    Random noise = new Random(seed);
    Walk walk = Walk.about(Places.TOWN);
    for (int i = 0; i * speed < 700; i++) {
      walk.at(i, -100 + speed * i + noise(noise), noise(noise));
    }
    assertThat(complete(walk.points()))
        .singleElement()
        .satisfies(effort -> assertThat((double) effort.elapsedMs())
            .isCloseTo(500_000 / speed, within(14_000 / speed + 1_000)));
  }

  @Test
  void tooManyBegunOnOne_areNotBegun() {
    Walk walk = Walk.about(Places.TOWN);
    double second = 0;
    for (int i = 0; i < 8; i++) {
      drive(walk, second, -20, 45, 5, 1, 0);
      drive(walk, second + 14, 45, -20, 5, 1, 0);
      second += 28;
    }
    drive(walk, second, -20, 600, 5, 1, 0);
    assertThat(complete(walk.points())).hasSize(1);
  }

  @Test
  void theShareAskedFor_isInRange() {
    SegmentIndex index = SegmentIndex.of(List.of());
    assertThatThrownBy(() -> new SegmentMatcher(index, 1.1, effort -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leastShare");
  }

  private static double noise(Random noise) {
    return Math.max(-6, Math.min(6, 2 * noise.nextGaussian()));
  }

  private static Segment straight(Position origin) {
    return Segment.of("straight", 20, Walk.line(origin, 0, 0, 250, 0, 500, 0));
  }

  private static Segment round(int degrees) {
    double[] line = new double[2 * (degrees / 5 + 1)];
    for (int i = 0; i < line.length / 2; i++) {
      line[2 * i] = 100 * Math.sin(Math.toRadians(5 * i));
      line[2 * i + 1] = 100 * Math.cos(Math.toRadians(5 * i));
    }
    return Segment.of("round", 15, Walk.line(Places.TOWN, line));
  }

  private static Walk circling(int fromDeg, int toDeg) {
    Walk walk = Walk.about(Places.TOWN);
    for (int degrees = fromDeg; degrees <= toDeg; degrees += 4) {
      double angle = Math.toRadians(degrees);
      walk.at(10 * (angle + 1), 100 * Math.sin(angle), 100 * Math.cos(angle));
    }
    return walk;
  }

  /** Along the line at a steady speed, a point every so many seconds. */
  private static Walk drive(
      Walk walk, double second, double fromM, double toM, double mps, double every, double off) {
    double length = Math.abs(toM - fromM);
    for (double s = 0; s * mps <= length; s += every) {
      walk.at(second + s, fromM + Math.signum(toM - fromM) * s * mps, off);
    }
    return walk;
  }

  private static List<PathPoint> withSpikes(int count) {
    Walk walk = Walk.about(Places.TOWN);
    for (int i = 0; i < 140; i++) {
      walk.at(i, -50 + 5 * i, i >= 60 && i < 60 + count ? 90 : 0);
    }
    return walk.points();
  }

  private static List<PathPoint> withBreak(double fromM, double toM) {
    List<PathPoint> track = new ArrayList<>();
    LocalPlane plane = LocalPlane.at(Places.TOWN);
    for (double east = -50; east <= fromM; east += 10) {
      track.add(
          PathPoint.of(Math.round(200 * (50 + east)), plane.position(east, 0), 50 + east, false));
    }
    for (double east = toM; east <= 600; east += 10) {
      track.add(PathPoint.of(
          60_000 + Math.round(200 * (50 + east)), plane.position(east, 0), 50 + east, east == toM));
    }
    return track;
  }

  private static List<SegmentEffort> complete(List<PathPoint> track) {
    return SegmentMatcher.match(SegmentIndex.of(List.of(STRAIGHT)), track);
  }

  private static List<SegmentEffort> all(List<PathPoint> track) {
    return atLeast(0.2, track);
  }

  private static List<SegmentEffort> atLeast(double share, List<PathPoint> track) {
    List<SegmentEffort> efforts = new ArrayList<>();
    SegmentMatcher matcher =
        new SegmentMatcher(SegmentIndex.of(List.of(STRAIGHT)), share, efforts::add);
    track.forEach(matcher::accept);
    matcher.end();
    return efforts;
  }
}
