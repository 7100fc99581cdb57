package io.pacewire.launcher.accuracy;

import io.pacewire.activity.ActivityReader;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.DeviceLap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Speeds and laps as the device has them: what figures are compared with, never computed from. */
final class DeviceSays implements ActivitySink {
  /** A lap that the device ended by itself. */
  private static final String BY_DISTANCE = "distance";

  private final List<Speed> speeds = new ArrayList<>();
  private final List<DeviceLap> laps = new ArrayList<>();

  record Speed(long atEpochMs, double mps) {}

  private DeviceSays() {}

  /** @throws IOException where the file cannot be read */
  static DeviceSays of(Path file) throws IOException {
    DeviceSays says = new DeviceSays();
    try (InputStream in = Files.newInputStream(file)) {
      ActivityReader.read(in, says);
    }
    return says;
  }

  @Override
  public void sample(ActivitySample sample) {
    if (sample.hasPosition() && !Double.isNaN(sample.speedMps())) {
      speeds.add(new Speed(sample.atEpochMs(), sample.speedMps()));
    }
  }

  @Override
  public void deviceLap(DeviceLap lap) {
    laps.add(lap);
  }

  /** In the order of the file. */
  List<Speed> speeds() {
    return speeds;
  }

  /** How long the device took each lap to be that it ended at a set distance, by when it ended. */
  List<DeviceLap> autoLaps() {
    return laps.stream().filter(lap -> lap.trigger().equals(BY_DISTANCE)).toList();
  }
}
