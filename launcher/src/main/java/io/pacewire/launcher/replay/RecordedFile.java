package io.pacewire.launcher.replay;

import io.pacewire.activity.ActivityReader;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.MalformedActivityException;
import io.pacewire.launcher.replay.Timeline.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A recorded activity as a timeline: what sensors measured, without the file's own totals. */
public final class RecordedFile {
  private static final int MAX_EVENTS = 5_000_000;
  private static final Set<String> ON_FOOT = Set.of("run", "trail-run", "walk", "hike");

  private RecordedFile() {}

  /**
   * @throws MalformedActivityException where the file is no activity
   * @throws IOException where it cannot be read
   */
  public static Timeline read(Path file) throws IOException {
    Events events = new Events();
    try (InputStream in = Files.newInputStream(file)) {
      ActivityReader.read(in, events);
    }
    if (events.list.isEmpty()) {
      throw new MalformedActivityException(file.getFileName() + " has no samples");
    }
    if (ON_FOOT.contains(events.sport)) {
      events.list.replaceAll(RecordedFile::inSteps);
    }
    return new Timeline(events.sport, events.device, events.list);
  }

  /** Files count cycles: on foot a stride, of two steps; the wire counts steps. */
  private static Event inSteps(Event event) {
    return event instanceof Timeline.Cadence cadence
        ? new Timeline.Cadence(cadence.atEpochMs(), 2 * cadence.perMinute())
        : event;
  }

  private static final class Events implements ActivitySink {
    private final List<Event> list = new ArrayList<>();
    private String sport = "other";
    private String device = "Recorded file";
    private boolean hasSport;

    @Override
    public void sport(String name) {
      // A file of several sports is one recording, whose limits must be those of none of them.
      sport = hasSport && !sport.equals(name) ? "other" : name;
      hasSport = true;
    }

    @Override
    public void device(String name) {
      device = name;
    }

    @Override
    public void pause(long atEpochMs) {
      list.add(new Timeline.Pause(atEpochMs));
    }

    @Override
    public void resume(long atEpochMs) {
      list.add(new Timeline.Resume(atEpochMs));
    }

    @Override
    public void lap(long atEpochMs) {
      list.add(new Timeline.Lap(atEpochMs));
    }

    @Override
    public void sample(ActivitySample sample) {
      if (list.size() > MAX_EVENTS) {
        throw new MalformedActivityException("more than " + MAX_EVENTS + " samples");
      }
      long at = sample.atEpochMs();
      if (sample.hasPosition()) {
        list.add(new Timeline.Fix(
            at,
            sample.latitudeDeg(),
            sample.longitudeDeg(),
            sample.altitudeM(),
            sample.accuracyM()));
      }
      if (sample.heartRateBpm() > 0) {
        list.add(new Timeline.HeartRate(at, sample.heartRateBpm()));
      }
      if (sample.cadencePerMin() >= 0) {
        list.add(new Timeline.Cadence(at, sample.cadencePerMin()));
      }
      if (sample.powerW() >= 0) {
        list.add(new Timeline.Power(at, sample.powerW()));
      }
      if (!Double.isNaN(sample.temperatureC())) {
        list.add(new Timeline.Temperature(at, sample.temperatureC()));
      }
    }
  }
}
