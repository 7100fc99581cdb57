package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ways whose length is known, by a phone that states 5 m of accuracy: without any error, and with the noise
 * that {@link ReceiverNoise} makes. A fix a second.
 */
class BendsTest {
  private static final int WHOLE = 1_000_000;
  private static final int STATED_CM = 500;

  /** A running track, 84.39 m straights and a radius of 36.5 m, eight times. */
  @ParameterizedTest
  @CsvSource({"2.5", "4", "5.5"})
  void aRunningTrack_isAsLongAsItIs(double speedMps) {
    List<double[]> way = new ArrayList<>();
    for (int lap = 0; lap < 8; lap++) {
      arc(way, 84.39 / 2, 0, 36.5, 0, Math.PI);
      arc(way, -84.39 / 2, 0, 36.5, Math.PI, Math.PI);
    }
    assertThat(errorPercent("run", steps(way, speedMps))).isCloseTo(0, within(0.3));
  }

  @ParameterizedTest
  @CsvSource({"ride, 30, 6", "ride, 15, 4", "walk, 10, 1.2"})
  void aCircle_isNoWiderThanItIs(String sport, double radiusM, double speedMps) {
    List<double[]> way = new ArrayList<>();
    arc(way, 0, 0, radiusM, 0, 12 * Math.PI);
    assertThat(errorPercent(sport, steps(way, speedMps))).isCloseTo(0, within(0.8));
  }

  @ParameterizedTest
  @CsvSource({"walk, 1.4", "run, 3"})
  void corners_areNotCut(String sport, double speedMps) {
    List<double[]> way = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int blocksNorth = i / 2;
      way.add(new double[] {80.0 * blocksNorth, 80.0 * (i - blocksNorth)});
    }
    assertThat(errorPercent(sport, steps(way, speedMps))).isCloseTo(0, within(0.6));
  }

  @ParameterizedTest
  @CsvSource({"hike, 1.0, 40", "hike, 0.7, 20", "walk, 1.3, 60", "swim, 1.0, 100"})
  void switchbacks_areNotCut(String sport, double speedMps, double lengthM) {
    assertThat(errorPercent(sport, steps(switchbacks(lengthM), speedMps)))
        .isCloseTo(0, within(1.6));
  }

  /** Slow ways, of which an error is a large part. */
  @ParameterizedTest
  @CsvSource({"walk, 1.4", "walk, 1.0", "hike, 0.8", "trail-run, 2.2", "mtb, 4"})
  void slowAndWindingWays_withNoise_areRightInTheMean(String sport, double speedMps) {
    List<double[]> way = new ArrayList<>();
    double heading = 0;
    double north = 0;
    double east = 0;
    for (int i = 0; i < 1_200; i++) {
      heading += 0.06 * Math.sin(i / 17.0) + 0.04 * Math.sin(i / 5.0);
      north += speedMps * Math.cos(heading);
      east += speedMps * Math.sin(heading);
      way.add(new double[] {north, east});
    }
    double sum = 0;
    for (int seed = 1; seed <= 6; seed++) {
      double error = 100 * (fold(recording(sport, way, STATED_CM, seed)) / lengthM(way) - 1);
      assertThat(error).as("seed %d", seed).isCloseTo(0, within(4.0));
      sum += error;
    }
    assertThat(sum / 6).isCloseTo(0, within(1.8));
  }

  /** An error that is another one with each fix is smoothed; one that drifts is not taken for it. */
  @Test
  void anErrorOfEachFix_isSmoothed() {
    FixJitter white = new FixJitter();
    FixJitter drifting = new FixJitter();
    double stated = FixJitter.statedM2(3.3, 1);
    for (int i = 0; i < 400; i++) {
      double jump = i % 2 == 0 ? 4 : -4;
      white.went(3 + jump, jump, 1, 3.3, stated);
      drifting.went(3 + jump / 10, jump / 10, 1, 3.3, stated);
    }
    assertThat(white.followed(stated)).isLessThan(0.1);
    assertThat(drifting.followed(stated)).isEqualTo(1);
    assertThat(drifting.driftM2(3.3, stated)).isBetween(0.5, 4.0);
    assertThat(white.driftM2(3.3, stated)).isCloseTo(3.3 * 3.3, within(1e-9));
  }

  private static List<double[]> switchbacks(double lengthM) {
    List<double[]> way = new ArrayList<>();
    double radius = 3;
    for (int i = 0; i < 30; i++) {
      double end = i % 2 == 0 ? lengthM : 0;
      way.add(new double[] {2 * radius * i, lengthM - end});
      way.add(new double[] {2 * radius * i, end});
      for (int k = 1; k < 12; k++) {
        double turned = Math.PI * k / 12;
        way.add(new double[] {
          2 * radius * i + radius - radius * Math.cos(turned),
          end + (i % 2 == 0 ? 1 : -1) * radius * Math.sin(turned)
        });
      }
    }
    return way;
  }

  private static void arc(
      List<double[]> way, double north, double east, double radiusM, double from, double turned) {
    int steps = (int) Math.ceil(40 * turned / Math.PI);
    for (int i = 0; i <= steps; i++) {
      double angle = from + turned * i / steps;
      way.add(new double[] {north + radiusM * Math.sin(angle), east + radiusM * Math.cos(angle)});
    }
  }

  /** Places along a way, so far apart. */
  private static List<double[]> steps(List<double[]> way, double stepM) {
    List<double[]> steps = new ArrayList<>(List.of(way.get(0)));
    double[] at = way.get(0);
    double left = stepM;
    for (int next = 1; next < way.size(); ) {
      double north = way.get(next)[0] - at[0];
      double east = way.get(next)[1] - at[1];
      double metres = Math.hypot(north, east);
      if (metres <= left) {
        at = way.get(next++);
        left -= metres;
      } else {
        at = new double[] {at[0] + north / metres * left, at[1] + east / metres * left};
        left = stepM;
        steps.add(at);
      }
    }
    return steps;
  }

  private static double lengthM(List<double[]> way) {
    double length = 0;
    for (int i = 1; i < way.size(); i++) {
      length += Math.hypot(way.get(i)[0] - way.get(i - 1)[0], way.get(i)[1] - way.get(i - 1)[1]);
    }
    return length;
  }

  private static double errorPercent(String sport, List<double[]> steps) {
    return 100 * (fold(recording(sport, steps, STATED_CM, 0)) / lengthM(steps) - 1);
  }

  /** @param seed 0 for no noise */
  private static Recording recording(String sport, List<double[]> places, int cm, long seed) {
    Recording recording = Recording.of(sport).accuracyCm(cm);
    ReceiverNoise noise = seed == 0 ? null : new ReceiverNoise(seed);
    for (double[] place : places) {
      if (noise == null) {
        recording.lying(place[0], place[1]);
      } else if (noise.next(1)) {
        recording.lying(place[0] + noise.offNorthM, place[1] + noise.offEastM);
      } else {
        recording.silence(1, 0, 0);
      }
    }
    return recording;
  }

  private static double fold(Recording recording) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch batch : recording.batches(new int[] {WHOLE})) {
      TrackFold.step(state, batch, FoldSink.NONE);
    }
    return state.figures().distanceM();
  }
}
