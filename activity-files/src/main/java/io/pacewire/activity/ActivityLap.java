package io.pacewire.activity;

/**
 * A lap to be written.
 *
 * @param trigger what ended it, by the words that readers give: {@code manual}, {@code distance},
 *     {@code time}; empty where unknown
 */
public record ActivityLap(
    long startAtEpochMs, long endAtEpochMs, String trigger, ActivityFigures figures) {
  public ActivityLap {
    if (endAtEpochMs < startAtEpochMs) {
      throw new IllegalArgumentException(
          "endAtEpochMs " + endAtEpochMs + " before startAtEpochMs " + startAtEpochMs);
    }
  }
}
