package io.pacewire.launcher.replay;

import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.launcher.client.PlatformException;
import io.pacewire.sdk.UploadState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the platform made of a recording, gathered over its public API. */
public final class TrainingResult {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MS = 200;

  private final JsonObject training;
  private final JsonArray xpEntries;
  private final JsonArray wear;
  private final UploadState upload;

  private TrainingResult(
      JsonObject training, JsonArray xpEntries, JsonArray wear, UploadState upload) {
    this.training = training;
    this.xpEntries = xpEntries;
    this.wear = wear;
    this.upload = upload;
  }

  /** Waits for the training and for what follows from it, a minute each at the most. */
  public static TrainingResult await(
      PlatformClient client, DemoAccount account, UUID trainingId, UploadState upload) {
    JsonObject training =
        until(() -> client.get("/v1/trainings/" + trainingId, account.token()), "the training");
    JsonArray xp = until(
            () -> nonEmpty(
                client.get("/v1/xp/entries?trainingId=" + trainingId, account.token()), "entries"),
            "its experience")
        .getJsonArray("entries");
    JsonArray wear = new JsonArray();
    if (wears(training.getString("sport"))) {
      wear = until(
              () -> nonEmpty(
                  client.get("/v1/gear/wear?trainingId=" + trainingId, account.token()), "wear"),
              "its gear wear")
          .getJsonArray("wear");
    }
    return new TrainingResult(training, xp, wear, upload);
  }

  /** One document, units in the names. */
  public JsonObject json() {
    JsonObject figures = training.getJsonObject("figures");
    return new JsonObject()
        .put("trainingId", training.getString("trainingId"))
        .put("revision", training.getInteger("revision"))
        .put("complete", training.getBoolean("complete"))
        .put("sport", training.getString("sport"))
        .put("startAtMs", training.getLong("startAtMs"))
        .put("distanceM", figures.getDouble("distanceM"))
        .put("timerS", figures.getDouble("timerS"))
        .put("movingS", figures.getDouble("movingS"))
        .put("elapsedS", figures.getDouble("elapsedS"))
        .put("paceSPerKm", figures.getDouble("averagePaceSPerKm"))
        .put("ascentM", figures.getDouble("ascentM"))
        .put("averageHeartRateBpm", figures.getInteger("averageHeartRateBpm"))
        .put("splits", training.getJsonArray("splits"))
        .put("xp", xp())
        .put("gearWear", wear)
        .put("batchesSent", upload.batchesSent())
        .put("batchesAcked", upload.batchesAcked())
        .put("batchesStored", upload.batchesStored())
        .put("batchesRefused", upload.batchesRefused());
  }

  /** The same for people. */
  public String text() {
    JsonObject figures = training.getJsonObject("figures");
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Distance",
        String.format(Locale.ROOT, "%.2f km", figures.getDouble("distanceM") / 1_000));
    line(text, "Timer time", time(figures.getDouble("timerS")));
    line(text, "Moving time", time(figures.getDouble("movingS")));
    line(text, "Average pace", pace(figures.getDouble("averagePaceSPerKm")));
    line(text, "Ascent", String.format(Locale.ROOT, "%.0f m", figures.getDouble("ascentM")));
    line(text, "Experience", xp() + " XP");
    for (int i = 0; i < wear.size(); i++) {
      JsonObject one = wear.getJsonObject(i);
      line(
          text,
          "Gear wear",
          String.format(
              Locale.ROOT,
              "%s, %.2f km",
              one.getString("name"),
              one.getDouble("distanceM") / 1_000));
    }
    line(
        text,
        "Batches",
        String.format(
            Locale.ROOT,
            "%d sent, %d acknowledged, %d stored, %d refused",
            upload.batchesSent(),
            upload.batchesAcked(),
            upload.batchesStored(),
            upload.batchesRefused()));
    text.append(String.format(Locale.ROOT, "%n  %-6s %10s %10s%n", "km", "time", "pace"));
    JsonArray splits = training.getJsonArray("splits");
    for (int i = 0; i < splits.size(); i++) {
      JsonObject split = splits.getJsonObject(i);
      String km = split.getBoolean("partial")
          ? String.format(Locale.ROOT, "+%.2f", split.getDouble("distanceM") / 1_000)
          : String.valueOf(split.getInteger("index"));
      text.append(String.format(
          Locale.ROOT,
          "  %-6s %10s %10s%n",
          km,
          time(split.getDouble("timerS")),
          pace(split.getDouble("paceSPerKm"))));
    }
    return text.toString();
  }

  private int xp() {
    int sum = 0;
    for (int i = 0; i < xpEntries.size(); i++) {
      sum += xpEntries.getJsonObject(i).getInteger("xp");
    }
    return sum;
  }

  private static boolean wears(String sport) {
    return switch (sport) {
      case "run", "trail-run", "walk", "hike", "ride", "mtb" -> true;
      default -> false;
    };
  }

  /** Not there yet is answered with 404, which here means to ask again. */
  private static JsonObject nonEmpty(JsonObject answer, String list) {
    if (answer.getJsonArray(list, new JsonArray()).isEmpty()) {
      throw new PlatformException(list + " not there yet", 404);
    }
    return answer;
  }

  private static JsonObject until(Supplier<JsonObject> ask, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return ask.get();
      } catch (PlatformException e) {
        boolean later = e.isPassing() || e.status() == 404;
        if (!later || System.nanoTime() > deadline) {
          throw new PlatformException(what + " did not come: " + e.getMessage(), e.status());
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MS));
      }
    }
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-14s %s%n", name, value));
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
  }

  private static String pace(@Nullable Double secondsPerKm) {
    if (secondsPerKm == null) {
      return "-";
    }
    long whole = Math.round(secondsPerKm);
    return String.format(Locale.ROOT, "%d:%02d /km", whole / 60, whole % 60);
  }
}
