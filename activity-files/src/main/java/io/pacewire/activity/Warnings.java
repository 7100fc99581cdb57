package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.util.EnumMap;
import java.util.Map;

/** Counts faults by kind, so that a file full of them costs no more than a file with one. */
final class Warnings {
  private final Map<Kind, ActivityWarning> found = new EnumMap<>(Kind.class);

  void add(Kind kind, long at, String text) {
    ActivityWarning known = found.get(kind);
    found.put(
        kind,
        known == null
            ? new ActivityWarning(kind, 1, at, text)
            : new ActivityWarning(kind, known.count() + 1, known.firstAt(), known.text()));
  }

  void tell(ActivitySink sink) {
    found.values().forEach(sink::warning);
    found.clear();
  }
}
