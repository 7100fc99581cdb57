package io.pacewire.launcher.accuracy;

import io.pacewire.launcher.report.Goals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Every recording of a folder through readers, codec and fold, against its device. Whatever is wrong
 * with one is told with its name and costs the others nothing.
 */
public final class AccuracyReport {
  private static final String MANIFEST = "activities/manifest.csv";

  private final Path recordings;
  private final PrintStream progress;
  private final Scores scores = new Scores();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<ScoredActivity> activities = new ArrayList<>();
  private final List<StepRecording.Counted> steps = new ArrayList<>();
  private double worstGeodesyPpm;
  private double driftM;

  private AccuracyReport(Path recordings, PrintStream progress) {
    this.recordings = recordings;
    this.progress = progress;
  }

  /**
   * @param recordings with {@code activities/manifest.csv}, the files it names, and {@code steps}; any
   *     of it may be absent
   * @param progress where each recording is told, as it goes
   */
  public static AccuracyReport of(Path recordings, PrintStream progress) {
    AccuracyReport report = new AccuracyReport(recordings, progress);
    report.activities();
    report.steps();
    report.worstGeodesyPpm = GeodesyCheck.worstPpm();
    report.driftM = TableDrift.worstM();
    return report;
  }

  /** Whether there was anything to compare. */
  public boolean measuredAnything() {
    return scores.areAny();
  }

  public Goals goals() {
    return scores.goals(worstGeodesyPpm, driftM);
  }

  /** Errors, goals, and what was left out. */
  public String text() {
    StringBuilder text = new StringBuilder(scores.table()).append(System.lineSeparator());
    text.append(goals().table()).append(System.lineSeparator());
    return text.append(leftOutText()).toString();
  }

  /** What was not measured, and why; empty where that is nothing. */
  public String leftOutText() {
    StringBuilder text = new StringBuilder();
    if (!leftOut.isEmpty()) {
      text.append(System.lineSeparator()).append("left out: ").append(leftOut.size());
      leftOut.forEach(one -> text.append(System.lineSeparator()).append(one.line()));
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  /** The same for programs, and each recording. */
  public JsonObject json() {
    JsonArray activitiesJson = new JsonArray();
    activities.forEach(activity -> activitiesJson.add(activity.json()));
    JsonArray stepsJson = new JsonArray();
    steps.forEach(one -> stepsJson.add(new JsonObject()
        .put("recording", one.name())
        .put("steps", one.steps())
        .put("counted", one.truth())));
    JsonArray leftOutJson = new JsonArray();
    leftOut.forEach(one -> leftOutJson.add(one.json()));
    return new JsonObject()
        .put("goals", goals().json())
        .put("figures", scores.json())
        .put("quantile", Scores.QUANTILE)
        .put("leftOut", leftOutJson)
        .put("activities", activitiesJson)
        .put("steps", stepsJson);
  }

  private void activities() {
    Path manifest = recordings.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      leftOut.add(LeftOut.entirely(MANIFEST, "there is no such file"));
      return;
    }
    attempt(MANIFEST, () -> CsvTable.read(manifest), rows -> {
      if (!rows.isEmpty() && !rows.get(0).containsKey("file")) {
        leftOut.add(LeftOut.entirely(MANIFEST, "it has no column 'file'"));
        return;
      }
      progress.println(ScoredActivity.head());
      rows.forEach(this::activity);
    });
  }

  private void activity(Map<String, String> row) {
    Reference reference = Reference.of(row);
    if (reference.file().isEmpty()) {
      leftOut.add(LeftOut.entirely("", "the manifest names no file"));
      return;
    }
    Path folder = recordings.resolve(MANIFEST).resolveSibling("");
    attempt(
        reference.file(), () -> ActivityScore.take(reference, folder, scores, leftOut), scored -> {
          activities.add(scored);
          progress.println(scored.line());
        });
  }

  private void steps() {
    Path folder = recordings.resolve("steps");
    if (!Files.isDirectory(folder)) {
      leftOut.add(LeftOut.entirely("steps", "there is no such folder"));
      return;
    }
    attempt("steps", () -> new StepFolder(folder), found -> {
      attempt(
          "steps",
          found::recordings,
          files -> files.forEach(file -> {
            attempt(
                "steps/" + found.name(file),
                () -> StepRecording.count(found.name(file), file, found.truth(file)),
                this::counted);
          }));
    });
  }

  private void counted(StepRecording.Counted one) {
    scores.steps.add(one.steps(), one.truth());
    steps.add(one);
    progress.println(String.format(
        Locale.ROOT,
        "%-58.58s %-9s %10d %+7.2f%%",
        one.name(),
        "steps",
        one.steps(),
        one.errorPercent()));
  }

  /** What fails is left out, whatever it is: the recordings are of strangers. */
  private <T> void attempt(String recording, Callable<T> work, Consumer<T> next) {
    T done;
    try {
      done = work.call();
    } catch (IOException | RuntimeException e) {
      leave(recording, e);
      return;
    } catch (OutOfMemoryError e) { // what it held is garbage by now
      leave(recording, new IOException("it is too large for the memory there is", e));
      return;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    next.accept(done);
  }

  private void leave(String recording, Exception failure) {
    LeftOut left = LeftOut.entirely(recording, LeftOut.reason(failure));
    leftOut.add(left);
    progress.println(left.line().strip());
  }
}
