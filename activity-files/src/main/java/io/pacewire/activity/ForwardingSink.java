package io.pacewire.activity;

/** Passes everything on; who adds to one of them says so there. */
abstract class ForwardingSink implements ActivitySink {
  private final ActivitySink sink;

  ForwardingSink(ActivitySink sink) {
    this.sink = sink;
  }

  @Override
  public void begin(ActivityFormat format) {
    sink.begin(format);
  }

  @Override
  public void sport(String sport) {
    sink.sport(sport);
  }

  @Override
  public void device(String name) {
    sink.device(name);
  }

  @Override
  public void speedSensor(SpeedSensor sensor) {
    sink.speedSensor(sensor);
  }

  @Override
  public void utcOffset(int offsetS) {
    sink.utcOffset(offsetS);
  }

  @Override
  public void start(long atEpochMs) {
    sink.start(atEpochMs);
  }

  @Override
  public void sample(ActivitySample sample) {
    sink.sample(sample);
  }

  @Override
  public void beats(long atEpochMs, int[] rrMs) {
    sink.beats(atEpochMs, rrMs);
  }

  @Override
  public void pause(long atEpochMs) {
    sink.pause(atEpochMs);
  }

  @Override
  public void resume(long atEpochMs) {
    sink.resume(atEpochMs);
  }

  @Override
  public void lap(long atEpochMs) {
    sink.lap(atEpochMs);
  }

  @Override
  public void deviceLap(DeviceLap lap) {
    sink.deviceLap(lap);
  }

  @Override
  public void leg(ActivityLeg leg) {
    sink.leg(leg);
  }

  @Override
  public void warning(ActivityWarning warning) {
    sink.warning(warning);
  }

  @Override
  public void end() {
    sink.end();
  }
}
