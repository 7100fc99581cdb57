package io.pacewire.launcher.replay;

import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.DemoDevice;
import io.pacewire.sdk.Fix;
import io.pacewire.sdk.PacewireClient;
import io.pacewire.sdk.RecordingSession;
import io.pacewire.sdk.SessionOptions;
import io.pacewire.sdk.UploadState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Plays a timeline through the real SDK, as if the sensors were there. */
public final class Replay implements AutoCloseable {
  static final String DEVICE = "Replay";
  private static final String APP_VERSION = "0.1.0";
  private static final long STORED_LOOK_MS = 500;

  private final Timeline timeline;
  private final PacewireClient client;
  private final RecordingSession session;
  private final Clock clock;
  private final double speed;
  private final Shift shift;
  private final DeviceStore store;
  private volatile long playedUntilMs;
  private volatile boolean stopped;

  private Replay(
      Timeline timeline,
      DeviceStore store,
      PacewireClient client,
      RecordingSession session,
      Clock clock,
      double speed,
      Shift shift) {
    this.timeline = timeline;
    this.store = store;
    this.client = client;
    this.playedUntilMs = timeline.firstAtEpochMs();
    this.session = session;
    this.clock = clock;
    this.speed = speed;
    this.shift = shift;
  }

  /**
   * @param samplesMs from the recording's time to that of what is sent
   * @param paceMs from the recording's time to that of the clock that paces
   */
  private record Shift(long samplesMs, long paceMs) {}

  /** Told as it goes. */
  public interface Progress {
    Progress NONE = (share, state) -> {};

    /** @param share of the recording that was played, 0 to 1 */
    void played(double share, UploadState state);
  }

  /** Registers the device if need be and begins the recording. */
  public static Replay start(Timeline timeline, DemoAccount account, ReplayOptions options)
      throws IOException {
    DemoDevice device = account.device(DEVICE);
    Files.createDirectories(options.store());
    Clock real = Clock.systemUTC();
    ScaledClock scaled = new ScaledClock(real, options.speed(), timeline.durationMs());
    // With the dates kept, the clock of the device is the real one: what is sent is old, and says
    // so.
    long paceMs = scaled.millis() - timeline.firstAtEpochMs();
    long shiftMs = options.originalTime() ? 0 : paceMs;
    DeviceStore store = DeviceStore.fresh(options.store());
    PacewireClient client = store
        .client(device, options)
        .clock(options.originalTime() ? real : scaled)
        .uploadInterval(interval(options.speed()))
        .build();
    RecordingSession session = client.start(SessionOptions.builder()
        .sport(timeline.sport())
        .timeZone(ZoneId.systemDefault())
        .deviceName(timeline.deviceName())
        .appVersion(APP_VERSION)
        .startedAtEpochMs(timeline.firstAtEpochMs() + shiftMs)
        .build());
    return new Replay(
        timeline, store, client, session, scaled, options.speed(), new Shift(shiftMs, paceMs));
  }

  public UUID sessionId() {
    return session.sessionId();
  }

  public UploadState uploadState() {
    return session.uploadState();
  }

  /**
   * Plays to the end and finishes the recording; returns at once after the last sample, or soon after
   * {@link #close}.
   */
  public void play(Progress progress) {
    long firstMs = timeline.firstAtEpochMs();
    long last = -1;
    for (Timeline.Event event : timeline.events()) {
      long dueMs = event.atEpochMs() + shift.paceMs();
      while (clock.millis() < dueMs && !stopped) {
        long waitMs = Math.max(1, Math.round((dueMs - clock.millis()) / speed));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(waitMs, 200)));
      }
      if (stopped) {
        return;
      }
      add(event);
      playedUntilMs = event.atEpochMs();
      long percent = (event.atEpochMs() - firstMs) * 100 / Math.max(1, timeline.durationMs());
      if (percent != last) {
        last = percent;
        progress.played(percent / 100.0, session.uploadState());
      }
    }
    session.finish(timeline.lastAtEpochMs() + shift.samplesMs());
    progress.played(1, session.uploadState());
  }

  /** True once the platform has stored everything. */
  public boolean awaitStored(Duration timeout) throws InterruptedException {
    return session.awaitStored(timeout);
  }

  /** As above, for as long as it takes, telling how it goes. */
  public void awaitStored(Progress progress) throws InterruptedException {
    while (!session.awaitStored(Duration.ofMillis(STORED_LOOK_MS))) {
      progress.played(1, session.uploadState());
    }
  }

  /**
   * Ends the recording where it is. What the platform has not stored yet stays on this device, and
   * goes out with {@link DeviceStore#sendLeftovers}.
   */
  @Override
  public synchronized void close() {
    if (stopped) {
      return;
    }
    stopped = true;
    session.finish(playedUntilMs + shift.samplesMs()); // the first finish counts
    boolean done = client.uploadState().complete();
    client.close();
    if (done) {
      store.delete();
    }
  }

  /** A batch a second of the recording, but no more than twenty a second of life. */
  private static Duration interval(double speed) {
    return Duration.ofMillis(Math.max(50, Math.round(1_000 / speed)));
  }

  private void add(Timeline.Event event) {
    long at = event.atEpochMs() + shift.samplesMs();
    if (event instanceof Timeline.Fix fix) {
      session.addFix(
          at,
          Fix.at(fix.latitudeDeg(), fix.longitudeDeg())
              .withAltitudeM(fix.altitudeM())
              .withAccuracyM(fix.accuracyM()));
    } else if (event instanceof Timeline.HeartRate rate) {
      session.addHeartRate(at, rate.bpm());
    } else if (event instanceof Timeline.Cadence cadence) {
      session.addCadence(at, cadence.perMinute());
    } else if (event instanceof Timeline.Power power) {
      session.addPower(at, power.watt());
    } else if (event instanceof Timeline.SensorSpeed sensor) {
      session.addSpeed(at, sensor.speedMps());
    } else if (event instanceof Timeline.Pressure pressure) {
      session.addPressure(at, pressure.pressurePa());
    } else if (event instanceof Timeline.Temperature temperature) {
      session.addTemperature(at, temperature.celsius());
    } else if (event instanceof Timeline.Pause) {
      session.pause(at);
    } else if (event instanceof Timeline.Resume) {
      session.resume(at);
    } else if (event instanceof Timeline.Lap) {
      session.lap(at);
    }
  }
}
