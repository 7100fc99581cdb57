package io.pacewire.launcher.accuracy;

import io.pacewire.activity.DeviceLap;
import io.pacewire.activity.MalformedActivityException;
import io.pacewire.launcher.replay.RecordedFile;
import io.pacewire.launcher.replay.Timeline;
import io.pacewire.launcher.report.Goals;
import io.pacewire.launcher.report.Goals.Bound;
import io.pacewire.track.Figures;
import io.pacewire.track.Lap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Every activity of a folder of recordings through readers, codec and fold, against its device. */
public final class AccuracyReport {
  private static final int SEEDS = 3;
  private static final double LEAST_ASCENT_M = 30;

  /** Slower than that a device shows standing as often as walking. */
  private static final double LEAST_SPEED_MPS = 1;

  private final Errors positions = new Errors("distance from positions");
  private final Errors sensors = new Errors("distance, device with a wheel or foot sensor");
  private final Errors wet = new Errors("distance, swims and triathlons");
  private final Errors noise = new Errors("distance under injected noise");
  private final Errors ascent = new Errors("ascent, activities of 30 m and more");
  private final Errors timerOfFit = new Errors("timer time, FIT files with events");
  private final Errors timerOfOthers = new Errors("timer time, files without events");
  private final Errors timerOfFixes = new Errors("timer time, positions alone");
  private final Errors laps = new Errors("auto-lap splits");
  private final Errors speed = new Errors("instant speed against the device's");
  private final Errors steps = new Errors("steps");
  private double driftM;
  private final PrintStream say;

  private AccuracyReport(PrintStream say) {
    this.say = say;
  }

  /**
   * @param recordings with {@code activities/manifest.csv}, the files it names, and {@code steps}
   * @param say where each recording is told, as it goes
   * @throws IOException where the recordings are not there
   */
  public static AccuracyReport of(Path recordings, PrintStream say) throws IOException {
    Path folder = recordings.resolve("activities");
    List<Reference> references = Reference.list(folder.resolve("manifest.csv"));
    AccuracyReport report = new AccuracyReport(say);
    say.printf(
        Locale.ROOT,
        "%-58s %-9s %10s %10s %8s %9s %9s%n",
        "activity",
        "sport",
        "ours, m",
        "device, m",
        "error",
        "ascent, m",
        "timer, s");
    for (Reference reference : references) {
      report.take(reference, folder.resolve(reference.file()));
    }
    report.steps(recordings.resolve("steps"));
    report.drift();
    return report;
  }

  /** Number of cases, median, 90th percentile and the worst, of each figure. */
  public String errors() {
    List<Errors> all = List.of(
        positions,
        sensors,
        wet,
        noise,
        ascent,
        timerOfFit,
        timerOfOthers,
        timerOfFixes,
        laps,
        speed,
        steps);
    StringBuilder text = new StringBuilder(Errors.head()).append(System.lineSeparator());
    for (Errors one : all) {
      text.append(one.row()).append(System.lineSeparator());
    }
    return text.toString();
  }

  public Goals goals() {
    Goals goals = new Goals();
    goal(goals, positions, 0.5, 0.35);
    goal(goals, positions, 0.9, 1.6);
    goal(goals, noise, 0.5, 0.7);
    goal(goals, noise, 0.9, 1.4);
    goal(goals, noise, 1, 3);
    goals.add(
        "geodesy up to 1 km against Karney, worst",
        Bound.AT_MOST,
        0.1,
        GeodesyCheck.worstPpm(),
        "ppm");
    goal(goals, ascent, 0.5, 5);
    goal(goals, ascent, 0.9, 20);
    goal(goals, timerOfFit, 0.9, 0.5);
    goal(goals, timerOfFixes, 0.9, 4);
    goal(goals, laps, 0.5, 0.5);
    goal(goals, laps, 0.9, 2);
    goal(goals, speed, 0.5, 3.5);
    goals.add("steps, mean", Bound.AT_MOST, 4, steps.mean(), "%");
    goals.add("drift on a table, ten minutes", Bound.AT_MOST, 0, driftM, "m");
    return goals;
  }

  private static void goal(Goals goals, Errors errors, double share, double percent) {
    String name = share == 1 ? "max" : "p" + Math.round(share * 100);
    goals.add(errors.figure() + ", " + name, Bound.AT_MOST, percent, errors.quantile(share), "%");
  }

  private void take(Reference reference, Path file) throws IOException {
    Timeline timeline;
    DeviceSays device;
    try {
      timeline = RecordedFile.read(file);
      device = DeviceSays.of(file);
    } catch (MalformedActivityException e) {
      say.println(reference.file() + ": " + e.getMessage());
      return;
    }
    TimelineFold fold = TimelineFold.of(timeline);
    Figures figures = fold.figures();
    say.printf(
        Locale.ROOT,
        "%-58.58s %-9s %10.1f %10.1f %+7.2f%% %9.0f %9.0f%n",
        reference.file(),
        figures.sport(),
        figures.distanceM(),
        reference.distanceM(),
        (figures.distanceM() / reference.distanceM() - 1) * 100,
        figures.ascentM(),
        figures.timerS());
    (reference.wet() ? wet : reference.sensor() ? sensors : positions)
        .add(figures.distanceM(), reference.distanceM());
    if (reference.wet()) {
      return;
    }
    if (reference.ascentM() >= LEAST_ASCENT_M) {
      ascent.add(figures.ascentM(), reference.ascentM());
    }
    (reference.fit() ? timerOfFit : timerOfOthers).add(figures.timerS(), reference.timerS());
    timerOfFixes.add(TimelineFold.figures(positionsOf(timeline)).timerS(), reference.timerS());
    compare(fold, device);
    for (int seed = 1; seed <= SEEDS; seed++) {
      Timeline noisy = ReceiverNoise.upon(timeline, seed);
      noise.add(TimelineFold.figures(noisy).distanceM(), figures.distanceM());
    }
  }

  /** What a logger of positions would have: no buttons, no sensors. */
  private static Timeline positionsOf(Timeline timeline) {
    List<Timeline.Event> fixes =
        timeline.events().stream().filter(Timeline.Fix.class::isInstance).toList();
    return new Timeline(timeline.sport(), timeline.deviceName(), fixes);
  }

  private void compare(TimelineFold fold, DeviceSays device) {
    for (DeviceSays.Speed said : device.speeds()) {
      Double ours = fold.speedMps().get(said.atEpochMs());
      if (ours != null && !ours.isNaN() && said.mps() >= LEAST_SPEED_MPS) {
        speed.add(ours, said.mps());
      }
    }
    for (DeviceLap lap : device.autoLaps()) {
      Lap ours = fold.laps().get(lap.endAtEpochMs());
      if (ours != null) {
        laps.add(ours.distanceM(), lap.deviceTotals().distanceM());
      }
    }
  }

  private void steps(Path folder) throws IOException {
    for (StepRecordings.Counted one : StepRecordings.of(folder)) {
      say.printf(
          Locale.ROOT,
          "%-58.58s %-9s %10d %10d %+7.2f%%%n",
          one.name(),
          "steps",
          one.steps(),
          one.truth(),
          ((double) one.steps() / one.truth() - 1) * 100);
      steps.add(one.steps(), one.truth());
    }
  }

  private void drift() {
    for (String sport : List.of("run", "walk", "ride")) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        driftM = Math.max(driftM, TableDrift.metres(sport, seed));
      }
    }
  }
}
