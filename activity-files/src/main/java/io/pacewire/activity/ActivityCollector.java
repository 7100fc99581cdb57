package io.pacewire.activity;

import io.pacewire.activity.RecordedActivity.Beats;
import io.pacewire.activity.RecordedActivity.TimerAction;
import io.pacewire.activity.RecordedActivity.TimerEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a file holds, up to a bound. */
final class ActivityCollector implements ActivitySink {
  private final int maxItems;
  private final List<RecordedActivity> activities = new ArrayList<>();
  private int items;
  private ActivityFormat format = ActivityFormat.GPX;
  private String sport = "";
  private String device = "";
  private int offsetS = RecordedActivity.UNKNOWN_OFFSET;
  private List<ActivitySample> samples = new ArrayList<>();
  private List<TimerEvent> timer = new ArrayList<>();
  private List<Beats> beats = new ArrayList<>();
  private List<DeviceLap> laps = new ArrayList<>();
  private List<ActivityLeg> legs = new ArrayList<>();
  private List<ActivityWarning> warnings = new ArrayList<>();

  ActivityCollector(int maxItems) {
    this.maxItems = maxItems;
  }

  List<RecordedActivity> activities() {
    return List.copyOf(activities);
  }

  @Override
  public void begin(ActivityFormat of) {
    count(1);
    format = of;
    sport = "";
    device = "";
    offsetS = RecordedActivity.UNKNOWN_OFFSET;
    samples = new ArrayList<>();
    timer = new ArrayList<>();
    beats = new ArrayList<>();
    laps = new ArrayList<>();
    legs = new ArrayList<>();
    warnings = new ArrayList<>();
  }

  @Override
  public void sport(String name) {
    sport = sport.isEmpty() ? name : sport;
  }

  @Override
  public void device(String name) {
    device = name;
  }

  @Override
  public void utcOffset(int seconds) {
    offsetS = seconds;
  }

  @Override
  public void start(long atEpochMs) {
    timer(TimerAction.START, atEpochMs);
  }

  @Override
  public void sample(ActivitySample sample) {
    count(1);
    samples.add(sample);
  }

  @Override
  public void beats(long atEpochMs, int[] rrMs) {
    count(1 + rrMs.length / 8);
    beats.add(new Beats(atEpochMs, Arrays.stream(rrMs).boxed().toList()));
  }

  @Override
  public void pause(long atEpochMs) {
    timer(TimerAction.PAUSE, atEpochMs);
  }

  @Override
  public void resume(long atEpochMs) {
    timer(TimerAction.RESUME, atEpochMs);
  }

  @Override
  public void deviceLap(DeviceLap lap) {
    count(1);
    laps.add(lap);
  }

  @Override
  public void leg(ActivityLeg leg) {
    count(1);
    legs.add(leg);
  }

  @Override
  public void warning(ActivityWarning warning) {
    warnings.add(warning);
  }

  @Override
  public void end() {
    activities.add(new RecordedActivity(
        format,
        sport.isEmpty() ? "other" : sport,
        device,
        offsetS,
        samples,
        timer,
        beats,
        laps,
        legs,
        warnings));
  }

  private void timer(TimerAction action, long atEpochMs) {
    count(1);
    timer.add(new TimerEvent(action, atEpochMs));
  }

  private void count(int more) {
    items += more;
    if (items > maxItems) {
      throw new MalformedActivityException("the file holds more than " + maxItems + " samples");
    }
  }
}
