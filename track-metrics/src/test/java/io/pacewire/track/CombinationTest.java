package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.SampleBatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several devices recorded of the same run. */
class CombinationTest {
  private static Recording run() {
    return Recording.of("run").accuracyCm(SampleBatch.ABSENT).heartRate(0);
  }

  private static WriterTrack track(int writer, Recording recording) {
    Outputs out = new Outputs();
    Figures figures = recording.fold(out).figures();
    return new WriterTrack(writer, figures, out.points);
  }

  @Test
  void oneWriter_isWhatItsFoldSays() {
    WriterTrack phone =
        track(0, run().north(100, 3).pause().silence(90, 1, 0).resume().north(50, 3));
    Combination all = Combination.of(List.of(phone));
    assertThat(all.distanceM()).isCloseTo(phone.figures().distanceM(), within(1e-6));
    assertThat(all.timerS()).isEqualTo(phone.figures().timerS());
    assertThat(all.points()).hasSameSizeAs(phone.points());
    assertThat(all.estimatedM()).isZero();
  }

  @Test
  void whoHasMostFixes_drawsTheLine_andOthersAreNotAveragedIn() {
    WriterTrack watch = track(1, run().north(300, 3));
    WriterTrack phone = track(0, run().from(55.7502, 37.6).sparse(30, 10, 3));
    Combination all = Combination.of(List.of(phone, watch));
    assertThat(all.line().writer()).isEqualTo(1);
    assertThat(all.distanceM()).isCloseTo(299 * 3, within(1.0));
    assertThat(all.points()).hasSize(300);
  }

  @Test
  void whereOneHasNoFixes_theOtherGoesOn() {
    // The watch sees nothing from second 100 to 300, where the road goes round a corner.
    Recording watch = run().north(100, 3).silence(200, 1.5, 1.5).north(300, 3);
    Recording phone = run().silence(100, 3, 0);
    phone.move(100, 1, 0, 3, 0).move(99, 1, 3, 0, 0);
    Combination all = Combination.of(List.of(track(0, watch), track(1, phone)));
    assertThat(all.distanceM()).isCloseTo(99 * 3 + 100 * 3 + 99 * 3 + 300 * 3, within(12.0));
    assertThat(all.points()).hasSize(100 + 199 + 300);
    assertThat(all.points()).extracting(TrackPoint::atEpochMs).isSorted();
    assertThat(all.points()).extracting(TrackPoint::distanceM).isSorted();
    assertThat(all.points()).extracting(TrackPoint::index).doesNotHaveDuplicates();
  }

  @Test
  void whereThePhoneDied_theWatchFinishes() {
    WriterTrack phone = track(0, run().north(400, 3));
    WriterTrack watch = track(1, run().silence(300, 3, 0).north(300, 3));
    Combination all = Combination.of(List.of(phone, watch));
    assertThat(all.line().writer()).isZero();
    assertThat(all.distanceM()).isCloseTo(599 * 3, within(4.0));
    assertThat(all.timerS()).isCloseTo(600, within(2.0));
    assertThat(all.points()).hasSize(600);
  }

  @Test
  void betweenTwoLinesFarApartInTime_nothingIsCounted() {
    WriterTrack phone = track(0, run().north(300, 3));
    WriterTrack watch = track(1, run().silence(500, 10, 0).north(100, 3));
    Combination all = Combination.of(List.of(phone, watch));
    assertThat(all.distanceM()).isCloseTo(299 * 3 + 99 * 3, within(2.0));
    assertThat(all.points().get(300).flags() & TrackPoint.BREAK).isNotZero();
  }

  @Test
  void aPauseIsNotFilled() {
    WriterTrack phone =
        track(0, run().north(300, 3).pause().silence(200, 0, 0).resume().north(100, 3));
    WriterTrack watch = track(1, run().silence(310, 3, 0).north(150, 3));
    Combination all = Combination.of(List.of(phone, watch));
    assertThat(all.distanceM()).isCloseTo(phone.figures().distanceM(), within(1.0));
  }

  @Test
  void eachSensor_isTheWritersThatHeardItMost() {
    WriterTrack phone = track(0, run().steps(2.5).north(100, 3));
    WriterTrack strap = track(2, Recording.of("run").heartRate(150).blindHeart(100));
    WriterTrack meter = track(1, run().power(250).blind(100, 3));
    List<WriterTrack> writers = Arrays.asList(phone, strap, meter);
    Combination all = Combination.of(writers);
    assertThat(all.line().writer()).isZero();
    assertThat(all.heartRate().figures().averageHeartRateBpm()).isEqualTo(150);
    assertThat(all.power().writer()).isEqualTo(1);
    assertThat(all.motion().writer()).isZero();
    Collections.reverse(writers);
    Combination again = Combination.of(writers);
    assertThat(again.distanceM()).isEqualTo(all.distanceM());
    assertThat(again.heartRate()).isSameAs(all.heartRate());
  }

  @Test
  void nobody_orOneTwice_isRefused() {
    WriterTrack phone = track(0, run().north(10, 3));
    assertThatThrownBy(() -> Combination.of(List.of())).hasMessageContaining("no writer");
    assertThatThrownBy(() -> Combination.of(List.of(phone, phone))).hasMessageContaining("twice");
  }

  @Test
  void writersWithoutAFix_haveNoLine() {
    Combination all = Combination.of(List.of(track(0, Recording.of("indoor").blindHeart(60))));
    assertThat(all.points()).isEmpty();
    assertThat(all.distanceM()).isZero();
    assertThat(all.timerS()).isEqualTo(60);
  }
}
