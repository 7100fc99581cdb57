package io.pacewire.sdk;

import io.pacewire.sdk.internal.LinkStatus;
import io.pacewire.sdk.internal.SampleRecorder;
import io.pacewire.sdk.internal.ScalarKind;
import io.pacewire.sdk.internal.SqliteSampleStore;
import io.pacewire.sdk.internal.StoredSession;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One recording in progress. Any thread may add readings, in any order of sensors; each goes to the
 * device's store first.
 *
 * <p>Every method comes twice: for a reading that is made now, and with the time of the event
 * (milliseconds since 1970 by the device's clock). Nothing here throws because of a sensor, the
 * disk or the network; what could not be recorded is told to the {@link SensorListener}. Adding
 * does not wait for the disk, unless thousands of readings already do.
 */
public final class RecordingSession {
  private final StoredSession session;
  private final SampleRecorder recorder;
  private final SqliteSampleStore store;
  private final LinkStatus link;

  RecordingSession(
      StoredSession session, SampleRecorder recorder, SqliteSampleStore store, LinkStatus link) {
    this.session = session;
    this.recorder = recorder;
    this.store = store;
    this.link = link;
  }

  public UUID sessionId() {
    return session.id();
  }

  public void addFix(Fix fix) {
    addFix(recorder.now(), fix);
  }

  public void addFix(long atEpochMs, Fix fix) {
    recorder.fix(atEpochMs, fix);
  }

  /** Acceleration with gravity along the device's axes, metres a second squared. */
  public void addAcceleration(double xMps2, double yMps2, double zMps2) {
    addAcceleration(recorder.now(), xMps2, yMps2, zMps2);
  }

  public void addAcceleration(long atEpochMs, double xMps2, double yMps2, double zMps2) {
    recorder.acceleration(atEpochMs, xMps2, yMps2, zMps2);
  }

  /** Heart rate in beats a minute; 0 says that the strap has no contact. */
  public void addHeartRate(int heartRateBpm) {
    addHeartRate(recorder.now(), heartRateBpm);
  }

  public void addHeartRate(long atEpochMs, int heartRateBpm) {
    recorder.heartRate(atEpochMs, heartRateBpm);
  }

  /** Time between two heart beats, milliseconds. */
  public void addRrInterval(double rrMs) {
    addRrInterval(recorder.now(), rrMs);
  }

  public void addRrInterval(long atEpochMs, double rrMs) {
    recorder.scalar(ScalarKind.RR, atEpochMs, rrMs, 1.024);
  }

  /** Revolutions or steps a minute. */
  public void addCadence(double cadenceRpm) {
    addCadence(recorder.now(), cadenceRpm);
  }

  public void addCadence(long atEpochMs, double cadenceRpm) {
    recorder.scalar(ScalarKind.CADENCE, atEpochMs, cadenceRpm, 1);
  }

  public void addPower(double powerW) {
    addPower(recorder.now(), powerW);
  }

  public void addPower(long atEpochMs, double powerW) {
    recorder.scalar(ScalarKind.POWER, atEpochMs, powerW, 1);
  }

  /**
   * Speed of a wheel or foot sensor, metres a second; what the position sensor says belongs to its
   * {@link Fix}.
   */
  public void addSpeed(double speedMps) {
    addSpeed(recorder.now(), speedMps);
  }

  public void addSpeed(long atEpochMs, double speedMps) {
    recorder.scalar(ScalarKind.SPEED, atEpochMs, speedMps, 100);
  }

  public void addTemperature(double temperatureC) {
    addTemperature(recorder.now(), temperatureC);
  }

  public void addTemperature(long atEpochMs, double temperatureC) {
    recorder.scalar(ScalarKind.TEMPERATURE, atEpochMs, temperatureC, 100);
  }

  /** Pressure of the air as a barometer measures it, pascal (an Android sensor's hectopascals by 100). */
  public void addPressure(double pressurePa) {
    addPressure(recorder.now(), pressurePa);
  }

  public void addPressure(long atEpochMs, double pressurePa) {
    recorder.scalar(ScalarKind.PRESSURE, atEpochMs, pressurePa, 1);
  }

  /** The athlete stopped the timer. Readings may go on. */
  public void pause() {
    pause(recorder.now());
  }

  public void pause(long atEpochMs) {
    recorder.pause(atEpochMs);
  }

  public void resume() {
    resume(recorder.now());
  }

  public void resume(long atEpochMs) {
    recorder.resume(atEpochMs);
  }

  public void lap() {
    lap(recorder.now());
  }

  public void lap(long atEpochMs) {
    recorder.lap(atEpochMs);
  }

  /**
   * Ends the recording; the upload goes on until all of it is stored. Once is enough, more does no
   * harm.
   */
  public void finish() {
    finish(recorder.now());
  }

  public void finish(long atEpochMs) {
    recorder.finish(atEpochMs);
  }

  public UploadState uploadState() {
    return UploadState.of(session.progress().snapshot(), link);
  }

  /**
   * Waits until everything added before this call is on the device's disk. False if that was not so
   * in time, or never will be. Not to be called from a listener.
   */
  public boolean flush(Duration timeout) throws InterruptedException {
    try {
      Object unused = store.flush().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException notOnDisk) {
      return false;
    }
  }

  /**
   * Waits until the session is finished and each of its batches is stored by the platform, or
   * refused. False if that was not so in time. {@link UploadListener#sessionStored} tells the same
   * without waiting. Not to be called from a listener.
   */
  public boolean awaitStored(Duration timeout) throws InterruptedException {
    return session.progress().awaitComplete(timeout.toMillis());
  }
}
