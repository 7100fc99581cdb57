package io.pacewire.launcher.accuracy;

import io.vertx.core.json.JsonObject;

/**
 * A recording that could not be measured, or not for one of the figures.
 *
 * @param figure what was not measured
 */
record LeftOut(String recording, String figure, String reason) {
  static final String EVERYTHING = "everything";

  static LeftOut entirely(String recording, String reason) {
    return new LeftOut(recording, EVERYTHING, reason);
  }

  /** One line, whatever the reason holds. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message;
    return text.replaceAll("\\s+", " ").strip();
  }

  String line() {
    String what = figure.equals(EVERYTHING) ? "" : ", " + figure;
    return "  " + (recording.isEmpty() ? "(no name)" : recording) + what + ": " + reason;
  }

  JsonObject json() {
    return new JsonObject().put("recording", recording).put("figure", figure).put("reason", reason);
  }
}
