package io.pacewire.track.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FenceWatchTest {
  private static final Geofence CIRCLE = Geofence.circle("park", Places.TOWN, 100);

  /** 10 m/s from 200 m west through the middle: the edges are at 10 s and 30 s. */
  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void throughACircle_entersAndLeavesAtTheEdge_everywhere(Position centre) {
    Walk walk = Walk.about(centre).sigma(3);
    for (int i = 0; i <= 16; i++) {
      walk.at(i * 2.5, -200 + 25 * i, 0);
    }
    List<FenceEvent> events = walk.through(Geofence.circle("park", centre, 100));
    assertThat(events)
        .extracting(FenceEvent::kind)
        .containsExactly(FenceEvent.Kind.ENTER, FenceEvent.Kind.LEAVE);
    assertThat(events).extracting(FenceEvent::fenceId).containsOnly("park");
    assertThat(events.get(0).atEpochMs()).isCloseTo(Walk.START_MS + 10_000, within(1L));
    assertThat(events.get(1).atEpochMs()).isCloseTo(Walk.START_MS + 30_000, within(1L));
    assertThat(LocalPlane.at(centre).eastM(events.get(0).position())).isCloseTo(-100, within(0.01));
  }

  /**
   * Half way between fixes 10 s apart at 10 m/s, sigma 3 m: noise 3/√2/10 = 0.212 s; unsteadiness
   * 1·100·¼/2/10 = 1.25 s; together 1.268 s.
   */
  @Test
  void theUncertainty_isOfNoiseAndOfTheTimeBetween() {
    List<FenceEvent> events =
        Walk.about(Places.TOWN).sigma(3).at(0, -150, 0).at(10, -50, 0).through(CIRCLE);
    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.atEpochMs()).isCloseTo(Walk.START_MS + 5_000, within(1L));
      assertThat(event.uncertaintyMs()).isCloseTo(1_268, within(2.0));
    });
  }

  /** The same way in 100 s at 1 m/s: no more than 100 s / √12 = 28.87 s. */
  @Test
  void theUncertainty_isNeverMoreThanAnyMomentBetween() {
    List<FenceEvent> events =
        Walk.about(Places.TOWN).at(0, -150, 0).at(100, -50, 0).through(CIRCLE);
    assertThat(events)
        .singleElement()
        .satisfies(event -> assertThat(event.uncertaintyMs()).isCloseTo(28_868, within(1.0)));
  }

  @Test
  void noiseAtTheEdge_givesNoVolley() {
    Random noise = new Random(7);
    Walk walk = Walk.about(Places.TOWN).sigma(4).at(0, -160, 0);
    for (int i = 1; i < 2_000; i++) {
      walk.at(i, -100 + 2.5 * noise.nextGaussian(), 2.5 * noise.nextGaussian());
    }
    walk.at(2_000, -40, 0);
    assertThat(walk.through(CIRCLE)).hasSizeLessThanOrEqualTo(3);
    walk.at(2_001, -20, 0);
    List<FenceEvent> events = walk.through(CIRCLE);
    assertThat(events.get(events.size() - 1).kind()).isEqualTo(FenceEvent.Kind.ENTER);
  }

  @Test
  void aTouchOfTheEdge_isNoEvent() {
    assertThat(Walk.about(Places.TOWN)
            .sigma(5)
            .at(0, -130, 0)
            .at(5, -95, 0)
            .at(10, -130, 0)
            .through(CIRCLE))
        .isEmpty();
  }

  /** Ten metres inside are less than three sigmas of 4 m: who is there for two minutes has come. */
  @Test
  void whoStopsJustInside_hasCome() {
    Walk walk = Walk.about(Places.TOWN).sigma(4);
    for (int s = 0; s <= 180; s++) {
      walk.at(s, 0, Math.max(90, 200 - s * 3.0));
    }
    assertThat(walk.through(CIRCLE)).singleElement().satisfies(event -> {
      assertThat(event.kind()).isEqualTo(FenceEvent.Kind.ENTER);
      assertThat(event.atEpochMs()).isCloseTo(Walk.START_MS + 33_333, within(2L));
    });
    Walk shorter = Walk.about(Places.TOWN).sigma(4);
    for (int s = 0; s <= 140; s++) {
      shorter.at(s, 0, Math.max(90, 200 - s * 3.0));
    }
    assertThat(shorter.through(CIRCLE)).isEmpty();
  }

  @Test
  void whoStopsTheWatchJustInside_hasCome_andWhoStopsOutsideHasNot() {
    for (int stopsM : new int[] {90, 95, 104, 110}) {
      List<FenceEvent> events = new ArrayList<>();
      FenceWatch watch = new FenceWatch(CIRCLE, events::add);
      Walk walk = Walk.about(Places.TOWN).sigma(4);
      for (int s = 0; s <= 60; s++) {
        walk.at(s, 0, Math.max(stopsM, 200 - s * 3.0) - (s == 40 && stopsM > 100 ? 5 : 0));
      }
      walk.fixes().forEach(watch::accept);
      assertThat(events).isEmpty();
      watch.end();
      assertThat(events).as("%d m from the middle", stopsM).hasSize(stopsM < 100 ? 1 : 0);
      assertThat(watch.isInside()).isEqualTo(stopsM < 100);
    }
  }

  @Test
  void aSmallFenceBetweenTwoFixes_isNotJumpedOver() {
    Geofence small = Geofence.circle("fountain", Places.TOWN, 10);
    List<FenceEvent> events =
        Walk.about(Places.TOWN).at(0, -50, 0).at(10, 50, 0).through(small);
    assertThat(events)
        .extracting(FenceEvent::atEpochMs)
        .containsExactly(Walk.START_MS + 4_000, Walk.START_MS + 6_000);
  }

  @Test
  void aLongSilence_comparesItsEndsOnly() {
    Geofence small = Geofence.circle("fountain", Places.TOWN, 10);
    assertThat(Walk.about(Places.TOWN).at(0, -50, 0).at(61, 50, 0).through(small))
        .isEmpty();
    assertThat(Walk.about(Places.TOWN).at(0, -50, 0).at(61, 0, 0).through(small))
        .hasSize(1);
  }

  @Test
  void whoStartsInside_onlyLeaves() {
    List<FenceEvent> events =
        Walk.about(Places.TOWN).at(0, 0, 0).at(10, 0, 0).at(20, 200, 0).through(CIRCLE);
    assertThat(events).extracting(FenceEvent::kind).containsExactly(FenceEvent.Kind.LEAVE);
  }

  @Test
  void theSide_isTold() {
    FenceWatch watch = new FenceWatch(CIRCLE, event -> {});
    assertThat(watch.isInside()).isFalse();
    Walk.about(Places.TOWN).at(0, 0, 0).fixes().forEach(watch::accept);
    assertThat(watch.isInside()).isTrue();
  }

  @Test
  void aFixThatIsNotLater_changesNothing() {
    assertThat(Walk.about(Places.TOWN)
            .at(10, -200, 0)
            .at(10, 0, 0)
            .at(5, 0, 0)
            .at(11, -199, 0)
            .through(CIRCLE))
        .isEmpty();
  }

  @Test
  void aHole_isOutside() {
    Geofence ring = Geofence.polygon(
        "lake shore",
        Walk.line(Places.TOWN, -100, -100, 100, -100, 100, 100, -100, 100),
        List.of(Walk.line(Places.TOWN, -40, -40, 40, -40, 40, 40, -40, 40)));
    Walk walk = Walk.about(Places.TOWN).sigma(1);
    for (int i = 0; i <= 60; i++) {
      walk.at(i, -150 + 5 * i, 10);
    }
    List<FenceEvent> events = walk.through(ring);
    assertThat(events)
        .extracting(FenceEvent::kind)
        .containsExactly(
            FenceEvent.Kind.ENTER, FenceEvent.Kind.LEAVE,
            FenceEvent.Kind.ENTER, FenceEvent.Kind.LEAVE);
    assertThat(events.stream()
            .mapToLong(event -> event.atEpochMs() - Walk.START_MS)
            .toArray())
        .containsExactly(10_000, 22_000, 38_000, 50_000);
  }

  @ParameterizedTest
  @MethodSource("io.pacewire.track.geo.Places#awkward")
  void offTheCorridor_andBack_isTold(Position origin) {
    Geofence course =
        Geofence.corridor("course", Walk.line(origin, 0, 0, 1_000, 0, 1_000, 1_000), 30);
    Walk walk = Walk.about(origin).sigma(2);
    for (int i = 0; i <= 20; i++) {
      walk.at(i, 10 * i, 0);
    }
    for (int i = 1; i <= 10; i++) {
      walk.at(20 + i, 200, 10 * i);
    }
    for (int i = 1; i <= 10; i++) {
      walk.at(30 + i, 200, 100 - 10 * i);
    }
    List<FenceEvent> events = walk.through(course);
    assertThat(events)
        .extracting(FenceEvent::kind)
        .containsExactly(FenceEvent.Kind.OFF_COURSE, FenceEvent.Kind.BACK_ON_COURSE);
    assertThat(events.get(0).atEpochMs()).isCloseTo(Walk.START_MS + 23_000, within(2L));
    assertThat(events.get(1).atEpochMs()).isCloseTo(Walk.START_MS + 37_000, within(2L));
  }

  @Test
  void theSameFixes_giveTheSameBits() {
    Walk walk =
        Walk.about(Places.TOWN).sigma(3.3).at(0, -151, 7).at(9.7, -44, 3).at(40, 300, 1);
    assertThat(walk.through(CIRCLE)).usingRecursiveComparison().isEqualTo(walk.through(CIRCLE));
  }

  /** An hour on the edge: fixes that drift across it are no comings and goings. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoWaitsOnTheEdge_hardlyCrossesIt(long seed) {
    Drift drift = new Drift(seed, 5, 20);
    Walk walk = Walk.about(Places.TOWN).sigma(5);
    for (int second = 0; second < 3_600; second++) {
      walk.at(second, 0, 100 + drift.next());
    }
    assertThat(walk.through(CIRCLE)).hasSizeLessThanOrEqualTo(4);
  }
}
