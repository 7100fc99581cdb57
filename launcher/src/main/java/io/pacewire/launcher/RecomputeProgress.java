package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.training.OperatorRecompute;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Says how far it is, every few seconds, and keeps what changed. */
final class RecomputeProgress implements OperatorRecompute.Listener {
  private static final long SAID_EVERY_NS = 5_000_000_000L;
  private static final int MOST_FIELDS = 20;

  private final PrintStream out;
  private final Writer changes;
  private long doneBefore;
  private long ahead;
  private long begunNs;
  private long saidNs;

  RecomputeProgress(PrintStream out, Writer changes) {
    this.out = out;
    this.changes = changes;
  }

  static Writer append(Path file) throws IOException {
    return Files.newBufferedWriter(
        file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void begun(long before, long toDo) {
    doneBefore = before;
    ahead = toDo;
    begunNs = System.nanoTime();
    saidNs = begunNs;
    out.println("recompute: " + ahead + " trainings to look at"
        + (before == 0 ? "" : ", " + before + " were looked at by a run that was cut off"));
  }

  /** On the disk before the run counts it as done: who is cut off has its line. */
  @Override
  public void changed(JsonObject change) {
    try {
      changes.write(change.encode() + "\n");
      changes.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void lookedAt(long trainings) {
    long nowNs = System.nanoTime();
    if (nowNs - saidNs < SAID_EVERY_NS) {
      return;
    }
    saidNs = nowNs;
    long done = trainings - doneBefore;
    double perS = done / ((nowNs - begunNs) / 1e9);
    out.printf(
        Locale.ROOT,
        "recompute: %d of %d, %.1f a second, %.0f min left%n",
        done,
        ahead,
        perS,
        Math.max(0, ahead - done) / perS / 60);
  }

  /** The report for a person. */
  static String text(JsonObject report) {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT,
        "Version %d, %d trainings: %d %s, %d with other figures; %d kept without samples, %d failed",
        report.getInteger("algorithmVersion"),
        report.getLong("lookedAt"),
        report.getLong("revised"),
        report.getBoolean("dryRun") ? "would be revised" : "revised",
        report.getLong("figuresChanged"),
        report.getLong("recordingGone"),
        report.getLong("failed")));
    JsonArray fields = report.getJsonArray("fields");
    for (int i = 0; i < Math.min(MOST_FIELDS, fields.size()); i++) {
      JsonObject field = fields.getJsonObject(i);
      JsonObject most = field.getJsonObject("most");
      text.append(String.format(
          Locale.ROOT,
          "%n  %-32s in %d, most in %s: %s -> %s",
          field.getString("field"),
          field.getLong("trainings"),
          most.getString("trainingId"),
          most.getValue("before"),
          most.getValue("after")));
    }
    if (fields.size() > MOST_FIELDS) {
      text.append(String.format("%n  and %d fields more; see --json", fields.size() - MOST_FIELDS));
    }
    for (Object one : report.getJsonArray("failures")) {
      JsonObject failure = (JsonObject) one;
      text.append(String.format(
          "%n  failed: %s: %s", failure.getString("trainingId"), failure.getString("reason")));
    }
    return text.toString();
  }
}
