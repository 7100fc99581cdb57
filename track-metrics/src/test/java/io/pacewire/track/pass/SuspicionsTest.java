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
  void jumpsThatTheTrackStaysAt_areTeleports() {
    List<Suspicion> one =
        of(FoldedRun.trembling("run", 400, 3, 140).jump(40_000).then(300, 3));
    assertThat(one).extracting(Suspicion::reason).containsExactly(Reason.TELEPORT);
    assertThat(one.get(0).value()).isEqualTo(1);
    assertThat(one.get(0).limit()).isZero();
    assertThat(one.get(0).confidence()).isEqualTo(0.4, within(1e-12));
    List<Suspicion> two = of(FoldedRun.trembling("run", 400, 3, 140)
        .jump(40_000)
        .then(300, 3)
        .jump(40_000)
        .then(300, 3));
    assertThat(two.get(0).value()).isEqualTo(2);
    assertThat(two.get(0).confidence()).isEqualTo(0.64, within(1e-12));
  }

  @Test
  void aLineWithoutATremble_isDrawn() {
    FoldedRun drawn = FoldedRun.drawn("run", 1_200, 3);
    List<Suspicion> found = of(drawn);
    assertThat(found).extracting(Suspicion::reason).containsExactly(Reason.CONSTANT_ACCURACY);
    assertThat(found.get(0).value()).isBetween(0.0, 0.0079);
    assertThat(found.get(0).limit()).isEqualTo(0.008);
    int alike = drawn.points.size() - 3;
    assertThat(found.get(0).confidence()).isEqualTo(0.9 * (1 - 0.5 * 600 / alike), within(1e-12));
    assertThat(found.get(0).fromEpochMs()).isEqualTo(drawn.points.get(0).atEpochMs());
    assertThat(found.get(0).toEpochMs()).isEqualTo(drawn.points.get(alike + 2).atEpochMs());
    assertThat(of(FoldedRun.drawn("run", 300, 3))).as("too short to tell").isEmpty();
  }

  @Test
  void aLineIsDrawn_thoughAFewFixesStateAnotherAccuracy_orAllNearlyTheSame() {
    FoldedRun few = FoldedRun.drawn("run", 5, 3).accuracyCm(1_200).then(5, 3);
    few.accuracyCm(0).then(5, 3); // says none
    assertThat(of(few.accuracyCm(400).then(1_200, 3)))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.CONSTANT_ACCURACY);
    FoldedRun nearly = FoldedRun.drawn("run", 1, 3);
    for (int i = 0; i < 1_200; i += 30) {
      nearly.accuracyCm(400 + i / 30 % 2).then(30, 3);
    }
    assertThat(of(nearly)).extracting(Suspicion::reason).containsExactly(Reason.CONSTANT_ACCURACY);
    FoldedRun many = FoldedRun.drawn("run", 600, 3).accuracyCm(1_200).then(600, 3);
    assertThat(of(many)).as("its accuracy goes up and down").isEmpty();
  }

  @Test
  void aRoundWithoutATremble_isDrawnAsWell() {
    assertThat(of(FoldedRun.drawnRound("run", 1_200, 3, 50)))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.CONSTANT_ACCURACY);
    assertThat(of(FoldedRun.drawnRound("ride", 1_200, 9, 300)))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.CONSTANT_ACCURACY);
  }

  @Test
  void aHeartThatWorksHardInOnePlace_isNotRunning() {
    FoldedRun run = FoldedRun.trembling("run", 300, 3, 170).then(400, 0).then(300, 3);
    List<Suspicion> found = of(run);
    assertThat(found)
        .extracting(Suspicion::reason)
        .containsExactly(Reason.HEART_RATE_WITHOUT_MOTION);
    assertThat(found.get(0).value()).isEqualTo(170);
    assertThat(found.get(0).limit()).isEqualTo(133); // 0.7 of 190
    assertThat(found.get(0).confidence()).isEqualTo(0.4, within(1e-12));
    assertThat(found.get(0).toEpochMs() - found.get(0).fromEpochMs()).isBetween(295_000L, 300_000L);
    List<Suspicion> longer = of(FoldedRun.trembling("run", 300, 3, 170, 2).then(1_000, 0));
    assertThat(longer.get(0).confidence()).as("three windows").isEqualTo(0.616, within(1e-12));
    assertThat(of(FoldedRun.trembling("run", 300, 3, 110).then(400, 0).then(300, 3)))
        .isEmpty();
    assertThat(of(FoldedRun.trembling("indoor", 900, 0, 170))).isEmpty();
  }

  @Test
  void aHeartAfterASilence_hadBeenElsewhere() {
    assertThat(of(
            FoldedRun.trembling("run", 300, 3, 170).silence(400).then(60, 0.1).then(300, 3)))
        .isEmpty();
  }

  @Test
  void aHeartThatWorksWhereNoStepIsFelt_isSurerToBeAnothers() {
    FoldedRun lying = FoldedRun.trembling("run", 0, 0, 170).feel(0).then(500, 0);
    assertThat(of(lying).get(0).reason()).isEqualTo(Reason.HEART_RATE_WITHOUT_MOTION);
    assertThat(of(lying).get(0).confidence()).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void onFootWithoutAStep_oneIsCarried() {
    assertThat(of(FoldedRun.trembling("run", 900, 6, 90).steps(0)))
        .extracting(Suspicion::reason)
        .containsExactly(Reason.MOTION_WITHOUT_STEPS);
    assertThat(of(FoldedRun.trembling("run", 900, 6, 90).steps(3))).isEmpty();
    assertThat(of(FoldedRun.trembling("ride", 900, 8, 140).steps(0))).isEmpty();
  }

  @Test
  void nothing_isNotSuspected() {
    assertThat(of(FoldedRun.trembling("run", 0, 3, 0))).isEmpty();
  }
}
