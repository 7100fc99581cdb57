package io.pacewire.launcher.accuracy;

import io.pacewire.activity.ActivityFormat;
import io.pacewire.activity.ActivityLeg;
import io.pacewire.activity.ActivityReader;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ActivityWarning;
import io.pacewire.activity.ActivityWarning.Kind;
import io.pacewire.activity.DeviceLap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Speeds and laps as the device has them: what figures are compared with, never computed from. */
final class DeviceSays implements ActivitySink {
  /** A lap that the device ended by itself. */
  private static final String BY_DISTANCE = "distance";

  private final List<Speed> speeds = new ArrayList<>();
  private final List<DeviceLap> laps = new ArrayList<>();
  private boolean swims;
  private boolean fit;
  private boolean started;
  private @Nullable String fault;

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
  public void begin(ActivityFormat format) {
    fit = format == ActivityFormat.FIT;
  }

  @Override
  public void sport(String sport) {
    swims |= sport.equals("swim");
  }

  @Override
  public void leg(ActivityLeg leg) {
    swims |= leg.sport().equals("swim");
  }

  @Override
  public void start(long atEpochMs) {
    started = true;
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

  @Override
  public void warning(ActivityWarning warning) {
    if (warning.kind() == Kind.BROKEN_OFF || warning.kind() == Kind.DAMAGED) {
      fault = warning.text();
    }
  }

  /** Why what could be read is not all that the device's figures are of; null where it is. */
  @Nullable
  String fault() {
    return fault;
  }

  boolean swims() {
    return swims;
  }

  /** A FIT file whose timer says when it ran. */
  boolean hasTimerEvents() {
    return fit && started;
  }

  /** In the order of the file. */
  List<Speed> speeds() {
    return speeds;
  }

  /**
   * How long the device took each lap to be that it ended by itself at a set distance: the lap that
   * the athlete or the end of the recording cut short is none. By when they ended; where several
   * ended at once, nobody knows which way was whose, so they are left out.
   */
  Map<Long, DeviceLap> autoLaps() {
    Map<Long, DeviceLap> found = new HashMap<>();
    Set<Long> endings = new HashSet<>();
    for (DeviceLap lap : laps) {
      if (!endings.add(lap.endAtEpochMs())) {
        found.remove(lap.endAtEpochMs());
      } else if (lap.trigger().equals(BY_DISTANCE)) {
        found.put(lap.endAtEpochMs(), lap);
      }
    }
    return found;
  }
}
