package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pacewire.track.pass.Suspicions;
import io.pacewire.track.pass.TrackPrint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Agreement with real devices, on recordings that are not part of the project. */
class RecordedTracksTest {
  @Test
  void figures_agreeWithTheDevices() throws IOException {
    List<Double> distance = new ArrayList<>();
    List<Double> withSensor = new ArrayList<>();
    List<Double> ascent = new ArrayList<>();
    for (RecordedTrack track : tracks()) {
      Figures figures = track.fold();
      double error = percent(figures.distanceM(), track.distanceM);
      (track.hasSpeedSensor ? withSensor : distance).add(Math.abs(error));
      if (track.ascentM >= 30) {
        ascent.add(Math.abs(percent(figures.ascentM(), track.ascentM)));
      }
      System.out.printf(
          Locale.ROOT,
          "%-66.66s %-6s %8.0f m of %8.0f, %+5.2f %%, estimated %4.0f, set aside %3d of %5d,"
              + " ascent %5.0f of %5.0f, timer %6.0f of %6.0f, moving %6.0f%n",
          track.name,
          figures.sport(),
          figures.distanceM(),
          track.distanceM,
          error,
          figures.estimatedM(),
          figures.rejectedFixCount(),
          figures.fixCount(),
          figures.ascentM(),
          track.ascentM,
          figures.timerS(),
          track.timerS,
          figures.movingS());
    }
    report("distance from positions", distance);
    report("distance, devices with a wheel or foot sensor", withSensor);
    report("ascent", ascent);
    assertThat(quantile(distance, 0.5)).isLessThanOrEqualTo(0.35);
    assertThat(quantile(distance, 0.9)).isLessThanOrEqualTo(1.6);
    assertThat(quantile(ascent, 0.9)).isLessThanOrEqualTo(20);
  }

  @Test
  void injectedNoise_changesLittle() throws IOException {
    List<Double> errors = new ArrayList<>();
    for (RecordedTrack track : tracks()) {
      double truth = track.fold().distanceM();
      for (long seed = 1; seed <= 3; seed++) {
        errors.add(Math.abs(percent(track.foldNoisy(seed).distanceM(), truth)));
      }
    }
    report("distance under injected noise", errors);
    assertThat(quantile(errors, 0.5)).isLessThanOrEqualTo(0.7);
    assertThat(quantile(errors, 0.9)).isLessThanOrEqualTo(1.4);
    assertThat(quantile(errors, 1)).isLessThanOrEqualTo(3);
  }

  @Test
  void honestRecordings_areNotSuspected_norCopiesOfEachOther() throws IOException {
    List<long[]> prints = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    for (RecordedTrack track : tracks()) {
      Outputs out = new Outputs();
      Figures figures = track.fold(out);
      assertThat(Suspicions.of(figures, out.points, out.verdicts))
          .as(track.name)
          .allSatisfy(suspicion -> assertThat(suspicion.confidence())
              .as("%s", suspicion.reason())
              .isLessThanOrEqualTo(0.5));
      TrackPrint print = TrackPrint.of(out.points);
      for (int i = 0; i < prints.size(); i++) {
        boolean sameRun = runs.get(i).equals(run(track.name));
        assertThat(print.resembles(prints.get(i)).isPresent())
            .as("%s and %s", runs.get(i), track.name)
            .isEqualTo(sameRun);
      }
      prints.add(print.hashes());
      runs.add(run(track.name));
    }
  }

  /** The same run may be there in several formats. */
  private static String run(String name) {
    return name.replaceAll("\\.(gpx|tcx|fit)\\b.*", "");
  }

  private static List<RecordedTrack> tracks() throws IOException {
    String named = System.getenv("PACEWIRE_DATA");
    Path data = Path.of(named == null ? "../../shared/data" : named);
    assumeTrue(
        Files.isDirectory(data.resolve("tracks")),
        "SKIPPED: no recordings at " + data.toAbsolutePath() + " (set PACEWIRE_DATA)");
    return RecordedTrack.listOnLand(data);
  }

  private static double percent(double value, double reference) {
    return (value - reference) / reference * 100;
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(sorted.size() * share) - 1);
  }

  private static void report(String figure, List<Double> errors) {
    System.out.printf(
        Locale.ROOT,
        "%s: n %d, p50 %.2f %%, p90 %.2f %%, max %.2f %%%n",
        figure,
        errors.size(),
        quantile(errors, 0.5),
        quantile(errors, 0.9),
        quantile(errors, 1));
  }
}
