package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads bytes in tests. */
final class Reading {
  private Reading() {}

  static List<RecordedActivity> all(byte[] content) {
    try {
      return RecordedActivity.readAll(
          new ByteArrayInputStream(content), RecordedActivity.MAX_SAMPLES);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream of bytes has no failures of its own", e);
    }
  }

  /** The only activity there is. */
  static RecordedActivity one(byte[] content) {
    List<RecordedActivity> all = all(content);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " activities");
    }
    return all.get(0);
  }

  static RecordedActivity one(String content) {
    return one(content.getBytes(StandardCharsets.UTF_8));
  }

  /** In the order in which they were told. */
  static List<SpeedSensor> speedSensors(byte[] content) {
    List<SpeedSensor> told = new ArrayList<>();
    ActivitySink sink = new ActivitySink() {
      @Override
      public void sample(ActivitySample sample) {}

      @Override
      public void speedSensor(SpeedSensor sensor) {
        told.add(sensor);
      }
    };
    try {
      ActivityReader.read(new ByteArrayInputStream(content), sink);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream of bytes has no failures of its own", e);
    }
    return told;
  }

  static List<Kind> warnings(RecordedActivity activity) {
    return activity.warnings().stream().map(ActivityWarning::kind).toList();
  }
}
