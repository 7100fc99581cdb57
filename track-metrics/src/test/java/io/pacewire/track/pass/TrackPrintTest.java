package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.FoldedRun;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.TrackPoints;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is a copy of another track, and what only went the same way. */
class TrackPrintTest {
  private static final long DAY_MS = 86_400_123;
  private static final List<double[]> RUN = Routes.seen(Routes.winding(3_000, 3, 1), 3, 2);
  private static final TrackPrint PRINT = print("run", 0, RUN);

  private static TrackPrint print(String sport, long laterMs, List<double[]> fixes) {
    return TrackPrint.of(FoldedRun.points(sport, laterMs, fixes));
  }

  private static Optional<Suspicion> copy(long laterMs, List<double[]> fixes) {
    return print("run", laterMs, fixes).resembles(PRINT.hashes());
  }

  @Test
  void theSameTrackOnAnotherDay_isACopy() {
    assertThat(PRINT.hashes().length).isBetween(150, TrackPrint.KEPT);
    assertThat(PRINT.hashes()).isSorted().doesNotHaveDuplicates();
    Suspicion found = copy(DAY_MS, RUN).orElseThrow();
    assertThat(found.reason()).isEqualTo(Reason.REPLAYED_TRACK);
    assertThat(found.value()).isEqualTo(1);
    assertThat(found.limit()).isEqualTo(0.1);
    assertThat(found.unit()).isEqualTo("share");
    int hashes = PRINT.hashes().length;
    assertThat(found.confidence()).isEqualTo(1 - 0.5 * Math.pow(0.9, hashes), within(1e-12));
    assertThat(found.toEpochMs() - found.fromEpochMs()).isBetween(2_900_000L, 3_000_000L);
  }

  @Test
  void aFifthOfATrack_isACopy_eitherWay() {
    TrackPrint part = print("run", DAY_MS, RUN.subList(1_200, 1_800));
    Suspicion inWhole = part.resembles(PRINT.hashes()).orElseThrow();
    assertThat(inWhole.value()).isGreaterThan(0.95);
    assertThat(inWhole.confidence()).isBetween(0.9, 0.999);
    Suspicion ofWhole = PRINT.resembles(part.hashes()).orElseThrow();
    assertThat(ofWhole.value()).isEqualTo(inWhole.value());
    long begin = PRINT.resembles(PRINT.hashes()).orElseThrow().fromEpochMs() / 1_000;
    assertThat(ofWhole.fromEpochMs() / 1_000 - begin).isBetween(1_150L, 1_350L);
    assertThat(ofWhole.toEpochMs() / 1_000 - begin).isBetween(1_650L, 1_800L);
  }

  @Test
  void aFifthWithinAnHonestTrack_isACopy() {
    List<double[]> pasted = new ArrayList<>(Routes.seen(Routes.winding(2_400, 2.9, 7), 3, 8));
    for (double[] fix : RUN.subList(1_200, 1_800)) {
      pasted.add(new double[] {fix[0] + 1_260, fix[1], fix[2]});
    }
    Suspicion found = copy(DAY_MS, pasted).orElseThrow();
    assertThat(found.value()).isBetween(0.15, 0.25);
    assertThat(found.toEpochMs() - found.fromEpochMs()).isBetween(500_000L, 600_000L);
  }

  @Test
  void halfOfThePoints_orPlacesToAMetre_areACopy() {
    assertThat(copy(DAY_MS, Routes.every(2, RUN))).isPresent();
    assertThat(copy(DAY_MS, Routes.every(2, RUN.subList(501, 2_700)))).isPresent();
    List<double[]> rounded = new ArrayList<>();
    RUN.forEach(fix -> rounded.add(
        new double[] {fix[0], Math.rint(fix[1] * 1e5) / 1e5, Math.rint(fix[2] * 1e5) / 1e5}));
    assertThat(copy(DAY_MS, rounded)).isPresent();
  }

  @Test
  void longTracks_keepAPrintOfTheSameSize_inWhichAPartIsFound() {
    List<double[]> ride = Routes.seen(Routes.winding(9_000, 8, 3), 3, 4);
    TrackPrint whole = print("ride", 0, ride);
    assertThat(whole.hashes()).hasSize(TrackPrint.KEPT);
    TrackPrint part = print("ride", DAY_MS, ride.subList(4_000, 5_800));
    assertThat(part.hashes()).hasSize(TrackPrint.KEPT);
    assertThat(part.resembles(whole.hashes()).orElseThrow().value()).isGreaterThan(0.9);
    assertThat(whole.resembles(part.hashes()).orElseThrow().value()).isGreaterThan(0.9);
  }

  @Test
  void theSameWayOnAnotherDay_isNoCopy() {
    for (long day = 10; day < 14; day++) {
      assertThat(copy(0, Routes.seen(Routes.winding(3_000, 3, day), 3, day + 50)))
          .isEmpty();
    }
  }

  @Test
  void twoFriendsSideBySide_areNoCopies() {
    List<double[]> way = Routes.winding(3_000, 3, 1);
    assertThat(copy(0, Routes.seen(way, 3, 99))).isEmpty();
    for (long sky = 20; sky < 24; sky++) { // half of their error is the same
      TrackPrint one = print("run", 0, Routes.seen(way, 1.5, 31, 2.5, sky));
      TrackPrint other = print("run", 0, Routes.seen(way, 1.5, 32, 2.5, sky));
      assertThat(one.resembles(other.hashes())).isEmpty();
    }
  }

  @Test
  void roundsOfOneTrack_areNoCopies_unlessTheyAre() {
    TrackPrint monday = print("run", 0, Routes.seen(Routes.laps(3_000, 3.5, 1), 1, 2));
    assertThat(monday.hashes().length).isGreaterThan(100);
    for (long day = 3; day < 7; day++) {
      TrackPrint other = print("run", DAY_MS, Routes.seen(Routes.laps(3_000, 3.5, day), 1, day));
      assertThat(other.resembles(monday.hashes())).isEmpty();
    }
    List<double[]> again = Routes.seen(Routes.laps(3_000, 3.5, 1), 1, 2).subList(500, 2_500);
    assertThat(
            print("run", DAY_MS, again).resembles(monday.hashes()).orElseThrow().value())
        .isGreaterThan(0.9);
  }

  @Test
  void whoStands_orWhosePhoneRepeatsAPlace_hasNoPrint() {
    assertThat(print("indoor", 0, network(1)).hashes()).isEmpty();
    assertThat(print("run", 0, network(1)).hashes()).isEmpty();
    assertThat(print("indoor", 0, network(2)).hashes()).isEmpty();
    assertThat(print("ride", 0, network(3)).hashes()).isEmpty();
    List<double[]> still = new ArrayList<>();
    for (int i = 0; i < 1_800; i++) {
      still.add(new double[] {i, 0, 0});
    }
    TrackPrint monday = print("run", 0, Routes.seen(still, 3, 1));
    TrackPrint tuesday = print("run", DAY_MS, Routes.seen(still, 3, 2));
    assertThat(monday.resembles(tuesday.hashes())).isEmpty();
    assertThat(TrackPrint.of(List.of()).hashes()).isEmpty();
  }

  /** A place of the network, or several by turns, for half a minute each. */
  private static List<double[]> network(int places) {
    List<double[]> fixes = new ArrayList<>();
    for (int i = 0; i < 1_800; i++) {
      double off = i / 30 % places * 0.0013;
      fixes.add(new double[] {i, 50.1234567 + off, 10.7654321 + off * off * 500});
    }
    return fixes;
  }

  @Test
  void toAndFro_whereverItIs_isNoPrint() {
    assertThat(TrackPrint.of(jumping(0.0027, 0)).hashes())
        .as("across many lines")
        .isEmpty();
    assertThat(TrackPrint.of(jumping(0.0027, TrackPoint.BREAK)).hashes()).isEmpty();
  }

  private static List<TrackPoint> jumping(double farDeg, int flags) {
    List<TrackPoint> points = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double off = i % 2 * farDeg;
      points.add(TrackPoints.any(20_000L * i, 50 + off, 10 + off / 3, 0, i, 0, 5, flags));
    }
    return points;
  }

  @Test
  void fewHashesInCommon_areChance() {
    long[] most = PRINT.hashes();
    assertThat(PRINT.resembles(Arrays.copyOf(most, 4))).isEmpty();
    Suspicion five = PRINT.resembles(Arrays.copyOf(most, 5)).orElseThrow();
    assertThat(five.value()).isEqualTo(1);
    assertThat(five.confidence()).isEqualTo(1 - 0.5 * Math.pow(0.9, 5), within(1e-12));
    assertThat(PRINT.resembles(new long[0])).isEmpty();
  }

  @Test
  void lessThanATenth_isChance() {
    long[] half = Arrays.copyOf(PRINT.hashes(), 100);
    for (int i = 0; i < 100; i++) {
      half[i] += i < 91 ? 1 : 0;
    }
    Arrays.sort(half);
    assertThat(PRINT.resembles(half)).isEmpty();
    for (int i = 0; i < 100; i++) {
      if (Arrays.binarySearch(PRINT.hashes(), half[i]) < 0) {
        half[i] -= 1;
        break;
      }
    }
    assertThat(PRINT.resembles(half).orElseThrow().value()).isEqualTo(0.1);
    assertThat(PRINT.resembles(half).orElseThrow().confidence())
        .isEqualTo(1 - 0.95 * Math.pow(0.9, 10), within(1e-12));
  }
}
