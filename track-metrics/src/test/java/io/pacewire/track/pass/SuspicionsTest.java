package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.FoldedRun;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no honest training shows, and what honest ones do show. */
class SuspicionsTest {
  private static List<Suspicion> of(FoldedRun run) {
    return Suspicions.of(run.figures, run.points, run.verdicts);
  }

  @Test
  void anHonestRun_isNotSuspected() {
    assertThat(of(FoldedRun.trembling("run", 1_800, 3.2, 150))).isEmpty();
    assertThat(of(FoldedRun.trembling("ride", 1_800, 9, 140))).isEmpty();
  }

  @Test
  void aRunByCar_isTooFastForMinutes() {
    List<Suspicion> found = of(FoldedRun.trembling("run", 900, 9.5, 90));
    assertThat(found).extracting(Suspicion::reason).containsExactly(Reason.VEHICLE_SPEED);
    assertThat(found.get(0).value()).isCloseTo(9.5, within(0.3));
    assertThat(found.get(0).limit()).isEqualTo(7.2);
    assertThat(found.get(0).confidence()).isBetween(0.7, 0.95);
    assertThat(found.get(0).unit()).isEqualTo("m/s");
    assertThat(found.get(0).toEpochMs() - found.get(0).fromEpochMs()).isEqualTo(300_000);
  }

  @Test
  void aSprintOfAMinute_isNoCar() {
    assertThat(of(FoldedRun.trembling("run", 300, 3, 150).then(60, 9).then(300, 3)))
        .isEmpty();
  }

  @Test
  void jumpsThatTheTrackStaysAt_areTeleports() {
    List<Suspicion> one =
        of(FoldedRun.trembling("run", 400, 3, 140).jump(40_000).then(300, 3));
    assertThat(one).extracting(Suspicion::reason).containsExactly(Reason.TELEPORT);
    assertThat(one.get(0).value()).isEqualTo(1);
    List<Suspicion> two = of(FoldedRun.trembling("run", 400, 3, 140)
        .jump(40_000)
        .then(300, 3)
        .jump(40_000)
        .then(300, 3));
    assertThat(two.get(0).confidence()).isGreaterThan(one.get(0).confidence());
  }

  @Test
  void aLineWithoutATremble_isDrawn() {
    assertThat(of(FoldedRun.drawn("run", 1_200, 3)))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.CONSTANT_ACCURACY);
    assertThat(of(FoldedRun.drawn("run", 300, 3))).as("too short to tell").isEmpty();
  }

  @Test
  void aHeartThatWorksHardInOnePlace_isNotRunning() {
    FoldedRun run = FoldedRun.trembling("run", 300, 3, 170).then(400, 0).then(300, 3);
    assertThat(of(run))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.HEART_RATE_WITHOUT_MOTION);
    assertThat(of(FoldedRun.trembling("run", 300, 3, 110).then(400, 0).then(300, 3)))
        .isEmpty();
    assertThat(of(FoldedRun.trembling("indoor", 900, 0, 170))).isEmpty();
  }

  @Test
  void onFootWithoutAStep_oneIsCarried() {
    assertThat(of(FoldedRun.trembling("run", 900, 6, 90).steps(0)))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.MOTION_WITHOUT_STEPS);
    assertThat(of(FoldedRun.trembling("run", 900, 6, 90).steps(2.7))).isEmpty();
    assertThat(of(FoldedRun.trembling("ride", 900, 8, 140).steps(0))).isEmpty();
  }

  @Test
  void nothing_isNotSuspected() {
    assertThat(of(FoldedRun.trembling("run", 0, 3, 0))).isEmpty();
  }

  @Test
  void aCopy_isKnown_shiftedAndCut() {
    FoldedRun run = FoldedRun.trembling("run", 1_800, 3, 150);
    TrackPrint print = TrackPrint.of(run.points);
    assertThat(print.hashes()).hasSize(TrackPrint.KEPT).isSorted();
    assertThat(print.resembles(print.hashes())).hasValueSatisfying(copy -> {
      assertThat(copy.reason()).isEqualTo(Reason.REPLAYED_TRACK);
      assertThat(copy.value()).isEqualTo(1);
      assertThat(copy.confidence()).isEqualTo(1);
    });
    TrackPrint part = TrackPrint.of(run.points.subList(300, 1_500));
    assertThat(part.resembles(print.hashes())).isPresent();
  }

  @Test
  void theSameRoad_isNoCopy() {
    TrackPrint one = TrackPrint.of(FoldedRun.trembling("run", 1_800, 3, 150, 1).points);
    TrackPrint other = TrackPrint.of(FoldedRun.trembling("run", 1_800, 3, 150, 2).points);
    assertThat(one.resembles(other.hashes())).isEmpty();
    assertThat(TrackPrint.of(List.of()).resembles(one.hashes())).isEmpty();
  }
}
