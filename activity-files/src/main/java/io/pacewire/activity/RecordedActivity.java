package io.pacewire.activity;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A whole activity in memory, for callers that need it twice or sorted. Everything stands in the
 * order of the file.
 *
 * @param sport of the first leg, by the wire's names; {@code other} where the file says nothing
 * @param utcOffsetS how far local time was ahead of UTC; {@link #UNKNOWN_OFFSET} where unknown
 */
public record RecordedActivity(
    ActivityFormat format,
    String sport,
    String deviceName,
    int utcOffsetS,
    List<ActivitySample> samples,
    List<TimerEvent> timerEvents,
    List<Beats> beats,
    List<DeviceLap> deviceLaps,
    List<ActivityLeg> legs,
    List<ActivityWarning> warnings) {
  public static final int UNKNOWN_OFFSET = Integer.MIN_VALUE;

  /** About 600 MB of samples; a day of seconds has 86,400. */
  public static final int MAX_SAMPLES = 5_000_000;

  /** What the timer did. */
  public enum TimerAction {
    START,
    PAUSE,
    RESUME
  }

  /** The timer's, by the event's own time. */
  public record TimerEvent(TimerAction action, long atEpochMs) {}

  /** Times between heartbeats up to about a moment. */
  public record Beats(long atEpochMs, List<Integer> rrMs) {}

  public RecordedActivity {
    samples = List.copyOf(samples);
    timerEvents = List.copyOf(timerEvents);
    beats = List.copyOf(beats);
    deviceLaps = List.copyOf(deviceLaps);
    legs = List.copyOf(legs);
    warnings = List.copyOf(warnings);
  }

  /**
   * All activities of a file.
   *
   * @param maxItems how many samples, laps, beats and events together are kept at most
   * @throws MalformedActivityException where it is no activity, or holds more
   * @throws IOException of the stream itself
   */
  public static List<RecordedActivity> readAll(InputStream in, int maxItems) throws IOException {
    ActivityCollector collector = new ActivityCollector(maxItems);
    ActivityReader.read(in, collector);
    return collector.activities();
  }

  /** What the device says of all legs together. For comparison only. */
  public DeviceTotals deviceTotals() {
    return legs.stream()
        .map(ActivityLeg::deviceTotals)
        .reduce(DeviceTotals.NONE, DeviceTotals::plus);
  }
}
