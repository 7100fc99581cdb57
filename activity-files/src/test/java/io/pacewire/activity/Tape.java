package io.pacewire.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a sink was told of one activity, in order, to be told again. */
final class Tape implements ActivitySink {
  final List<ActivitySample> samples = new ArrayList<>();
  final List<Long> pauses = new ArrayList<>();
  final List<Long> resumes = new ArrayList<>();
  final List<Integer> rrMs = new ArrayList<>();
  final List<DeviceLap> laps = new ArrayList<>();
  private final List<Consumer<ActivitySink>> told = new ArrayList<>();

  @Override
  public void sample(ActivitySample sample) {
    samples.add(sample);
    told.add(sink -> sink.sample(sample));
  }

  @Override
  public void pause(long atEpochMs) {
    pauses.add(atEpochMs);
    told.add(sink -> sink.pause(atEpochMs));
  }

  @Override
  public void resume(long atEpochMs) {
    resumes.add(atEpochMs);
    told.add(sink -> sink.resume(atEpochMs));
  }

  @Override
  public void beats(long atEpochMs, int[] rr) {
    for (int one : rr) {
      rrMs.add(one);
    }
    told.add(sink -> sink.beats(atEpochMs, rr));
  }

  @Override
  public void deviceLap(DeviceLap lap) {
    laps.add(lap);
  }

  void tell(ActivitySink sink) {
    told.forEach(one -> one.accept(sink));
  }

  long firstMs() {
    return samples.stream().mapToLong(ActivitySample::atEpochMs).min().orElse(0);
  }

  long lastMs() {
    return samples.stream().mapToLong(ActivitySample::atEpochMs).max().orElse(0);
  }
}
