package io.pacewire.launcher.accuracy;

import io.pacewire.activity.DeviceLap;
import io.pacewire.launcher.replay.RecordedFile;
import io.pacewire.launcher.replay.Timeline;
import io.pacewire.track.Figures;
import io.pacewire.track.Lap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One activity against its device. What cannot be compared is told, and is never a failure. */
final class ActivityScore {
  private static final int SEEDS = 3;
  private static final double LEAST_ASCENT_M = 30;

  /** Slower than that a device shows standing as often as walking. */
  private static final double LEAST_SPEED_MPS = 1;

  /** What noise is put upon: a percentage of less says nothing. */
  private static final int LEAST_NOISY_FIXES = 60;

  private static final double LEAST_NOISY_M = 200;

  private final Reference reference;
  private final Scores scores;
  private final List<LeftOut> leftOut;

  private ActivityScore(Reference reference, Scores scores, List<LeftOut> leftOut) {
    this.reference = reference;
    this.scores = scores;
    this.leftOut = leftOut;
  }

  /**
   * @param folder against which the manifest names files
   * @throws IOException where the file cannot be read, or not to its end: the device's figures are of
   *     all of it
   * @throws RuntimeException where it is no activity
   */
  static ScoredActivity take(Reference reference, Path folder, Scores scores, List<LeftOut> leftOut)
      throws IOException {
    Path file = existing(folder.resolve(reference.file()));
    Timeline timeline = RecordedFile.read(file);
    DeviceSays device = DeviceSays.of(file);
    if (device.fault() != null) {
      throw new IOException(device.fault());
    }
    return new ActivityScore(reference, scores, leftOut).score(timeline, device);
  }

  /** A file that was packed since the manifest was written is the same file. */
  private static Path existing(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    if (Files.isRegularFile(file)) {
      return file;
    }
    if (Files.isRegularFile(packed)) {
      return packed;
    }
    throw new IOException("there is no such file");
  }

  private ScoredActivity score(Timeline timeline, DeviceSays device) {
    if (!reference.saysSomething()) {
      omit(LeftOut.EVERYTHING, "the manifest has no figure of its device");
    }
    TimelineFold whole = TimelineFold.of(timeline);
    Figures figures = whole.figures();
    boolean placed = isPlaced(timeline, figures.sport());
    if (reference.wet() || device.swims()) {
      scores.wet.add(placed ? figures.distanceM() : Double.NaN, reference.distanceM());
      return ScoredActivity.of(reference, figures, Double.NaN);
    }
    scores.timer(device.hasTimerEvents()).add(figures.timerS(), reference.timerS());
    boolean sensor = sensor(figures);
    if (!placed) {
      return ScoredActivity.of(reference, figures, Double.NaN);
    }
    Timeline places = timeline.without(Timeline.SensorSpeed.class);
    boolean same = places.events().size() == timeline.events().size();
    TimelineFold ofPlaces = same ? whole : TimelineFold.of(places);
    double placesM = ofPlaces.figures().distanceM();
    (sensor ? scores.besideSensors : scores.positions).add(placesM, reference.distanceM());
    scores.shown.add(figures.distanceM(), reference.distanceM());
    scorePlaces(places, ofPlaces);
    compare(ofPlaces, device);
    return ScoredActivity.of(reference, figures, placesM);
  }

  /** Whether positions can tell the distance. */
  private boolean isPlaced(Timeline timeline, String sport) {
    long fixes = timeline.only(Timeline.Fix.class).size();
    boolean indoors = sport.equals("indoor");
    if (fixes < 2 || indoors) {
      omit(
          "whatever needs positions",
          indoors ? "it was recorded indoors" : "positions in its file: " + fixes);
    }
    return fixes >= 2 && !indoors;
  }

  /** Whether the device had a wheel or foot sensor, as the manifest or the file says. */
  private boolean sensor(Figures figures) {
    double metres = figures.motion().sensorDistanceM();
    scores.sensors.add(metres, reference.distanceM());
    if (reference.sensor() && Double.isNaN(metres)) {
      omit(scores.sensors.figure(), "its file does not say which speeds are a sensor's");
    }
    return reference.sensor() || !Double.isNaN(metres);
  }

  private void scorePlaces(Timeline places, TimelineFold fold) {
    Figures figures = fold.figures();
    if (reference.ascentM() >= LEAST_ASCENT_M) {
      scores.ascent.add(figures.ascentM(), reference.ascentM());
    }
    List<Timeline.Event> fixes = places.only(Timeline.Fix.class);
    Timeline logger = new Timeline(places.sport(), places.deviceName(), fixes);
    scores.timerOfFixes.add(TimelineFold.of(logger).figures().timerS(), reference.timerS());
    if (fixes.size() < LEAST_NOISY_FIXES || figures.distanceM() < LEAST_NOISY_M) {
      omit(
          scores.noise.figure(),
          String.format(
              Locale.ROOT, "%d positions, %.0f m: too short", fixes.size(), figures.distanceM()));
      return;
    }
    for (int seed = 1; seed <= SEEDS; seed++) {
      TimelineFold noisy = TimelineFold.of(ReceiverNoise.upon(places, seed));
      scores.noise.add(noisy.figures().distanceM(), figures.distanceM());
    }
  }

  private void compare(TimelineFold fold, DeviceSays device) {
    for (DeviceSays.Speed said : device.speeds()) {
      Double ours = fold.speedMps().get(said.atEpochMs());
      if (ours != null && said.mps() >= LEAST_SPEED_MPS) {
        scores.pace.add(ours, said.mps());
      }
    }
    for (Map.Entry<Long, DeviceLap> lap : device.autoLaps().entrySet()) {
      Lap ours = fold.laps().get(lap.getKey());
      if (ours == null) {
        omit(scores.laps.figure(), "no lap of ours ends at " + Instant.ofEpochMilli(lap.getKey()));
      } else {
        scores.laps.add(ours.distanceM(), lap.getValue().deviceTotals().distanceM());
      }
    }
  }

  private void omit(String figure, String reason) {
    leftOut.add(new LeftOut(reference.file(), figure, reason));
  }
}
