package io.pacewire.launcher.accuracy;

import io.pacewire.activity.MalformedActivityException;
import io.pacewire.launcher.replay.RecordedFile;
import io.pacewire.launcher.replay.Timeline;
import io.pacewire.launcher.report.Goals;
import io.pacewire.launcher.report.Goals.Bound;
import io.pacewire.track.Figures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Every activity of a folder of recordings through readers, codec and fold, against its device. */
public final class AccuracyReport {
  private static final int SEEDS = 3;
  private static final double LEAST_ASCENT_M = 30;

  private final Errors positions = new Errors("distance from positions");
  private final Errors sensors = new Errors("distance, device with a wheel or foot sensor");
  private final Errors wet = new Errors("distance, swims and triathlons");
  private final Errors noise = new Errors("distance under injected noise");
  private final Errors ascent = new Errors("ascent, activities of 30 m and more");
  private final Errors timerOfFit = new Errors("timer time, FIT files with events");
  private final Errors timerOfOthers = new Errors("timer time, positions alone");
  private final PrintStream say;

  private AccuracyReport(PrintStream say) {
    this.say = say;
  }

  /**
   * @param recordings with {@code activities/manifest.csv} and the files it names
   * @param say where each activity is told, as it goes
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
    return report;
  }

  /** Number of cases, median, 90th percentile and the worst, of each figure. */
  public String errors() {
    StringBuilder text = new StringBuilder(Errors.head()).append(System.lineSeparator());
    for (Errors one : List.of(positions, sensors, wet, noise, ascent, timerOfFit, timerOfOthers)) {
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
    goal(goals, ascent, 0.5, 5);
    goal(goals, ascent, 0.9, 20);
    goal(goals, timerOfFit, 0.9, 0.5);
    goal(goals, timerOfOthers, 0.9, 4);
    return goals;
  }

  private static void goal(Goals goals, Errors errors, double share, double percent) {
    String name = share == 1 ? "max" : "p" + Math.round(share * 100);
    var unused = goals.add(
        errors.figure() + ", " + name, Bound.AT_MOST, percent, errors.quantile(share), "%");
  }

  private void take(Reference reference, Path file) throws IOException {
    Timeline timeline;
    try {
      timeline = RecordedFile.read(file);
    } catch (MalformedActivityException e) {
      say.println(reference.file() + ": " + e.getMessage());
      return;
    }
    Figures figures = TimelineFold.figures(timeline);
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
    for (int seed = 1; seed <= SEEDS; seed++) {
      Timeline noisy = ReceiverNoise.upon(timeline, seed);
      noise.add(TimelineFold.figures(noisy).distanceM(), figures.distanceM());
    }
  }
}
