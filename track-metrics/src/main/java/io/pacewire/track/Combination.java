package io.pacewire.track;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Who of a session's writers says what: a phone and a watch that both have a receiver, a hub that
 * knows the heart rate. Pure: the writers in any order give the same. {@link JoinedFold} folds what
 * is chosen here.
 *
 * <p>The writer with most fixes that were used draws the line; two receivers are never averaged, as
 * their errors differ by metres and the line would jump. Where it has none for more than {@link
 * TrackFold#GAP_S} s another one that has goes on ({@link GapFills}). Heart rate, power and cadence are
 * those of the writer whose sensor was heard most, speed of the one that measured the longest way. The accelerometer, the barometer and with
 * them climbing, standing still and moving time are those of the line.
 *
 * <p>The stopwatch is that of the writer with the lowest number that has a start mark: its pauses
 * and laps count, others' do not (a watch that somebody left paused must not end a run). A training
 * lasts from the first start to the last sample of any writer that was started; what one that was
 * not, such as a hub, says before and after is no part of it. Times are compared as devices state
 * them.
 */
public final class Combination {
  private final List<WriterTrack> writers;
  private final WriterTrack line;
  private final WriterTrack stopwatch;
  private final WriterTrack heart;
  private final WriterTrack power;
  private final WriterTrack cadence;
  private final WriterTrack speed;
  private final long startAtMs;
  private final long endAtMs;
  private final boolean finished;
  private final List<GapFills.Fill> fills;
  private final Set<Integer> fillers;

  private Combination(List<WriterTrack> tracks) {
    writers = new ArrayList<>(tracks);
    writers.sort(Comparator.comparingInt(WriterTrack::writer));
    List<WriterTrack> lasting = lasting();
    WriterTrack drawing = most(WriterTrack::usedFixes);
    line = drawing.usedFixes() > 0 ? drawing : lasting.get(0);
    stopwatch = lasting.get(0).isStarted() ? lasting.get(0) : line;
    heart = most(track -> track.figures().heartRateCount());
    power = most(track -> track.figures().power().measuredS());
    cadence = most(track -> track.figures().motion().turningS());
    speed = most(track -> known(track.figures().motion().sensorDistanceM()));
    startAtMs = lasting.stream()
        .mapToLong(track -> track.figures().startAtEpochMs())
        .filter(at -> at > 0)
        .min()
        .orElse(0);
    endAtMs = lasting.stream()
        .mapToLong(track -> track.figures().lastAtEpochMs())
        .max()
        .orElse(0);
    finished = lasting.stream().anyMatch(WriterTrack::isFinished);
    fills = GapFills.of(this);
    fillers = fills.stream().map(GapFills.Fill::writer).collect(Collectors.toSet());
  }

  /**
   * Looks at what there is.
   *
   * @throws IllegalArgumentException without any, or where two have the same number
   */
  public static Combination of(List<WriterTrack> tracks) {
    if (tracks.isEmpty()) {
      throw new IllegalArgumentException("no writer");
    }
    if (tracks.stream().mapToInt(WriterTrack::writer).distinct().count() < tracks.size()) {
      throw new IllegalArgumentException("a writer that is there twice");
    }
    return new Combination(tracks);
  }

  /** Those that say how long the training lasts. */
  private List<WriterTrack> lasting() {
    List<WriterTrack> started = new ArrayList<>(writers);
    started.removeIf(track -> !track.isStarted());
    return started.isEmpty() ? writers : started;
  }

  /** Of the lowest number where several are alike. */
  private WriterTrack most(ToDoubleFunction<WriterTrack> measure) {
    WriterTrack best = writers.get(0);
    for (WriterTrack track : writers) {
      if (measure.applyAsDouble(track) > measure.applyAsDouble(best)) {
        best = track;
      }
    }
    return best;
  }

  private static double known(double metres) {
    return Double.isNaN(metres) ? -1 : metres;
  }

  /** Whose receiver draws the line. */
  public WriterTrack line() {
    return line;
  }

  /** Whose start, pauses and laps count. */
  public WriterTrack stopwatch() {
    return stopwatch;
  }

  /** Whose heart rate counts. */
  public WriterTrack heartRate() {
    return heart;
  }

  /** Whose power counts. */
  public WriterTrack power() {
    return power;
  }

  /** By ascending number. */
  public List<WriterTrack> writers() {
    return Collections.unmodifiableList(writers);
  }

  WriterTrack track(int writer) {
    return writers.stream()
        .filter(track -> track.writer() == writer)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no writer " + writer));
  }

  WriterTrack cadence() {
    return cadence;
  }

  WriterTrack speed() {
    return speed;
  }

  long startAtMs() {
    return startAtMs;
  }

  long endAtMs() {
    return endAtMs;
  }

  /** Whether somebody who was started was also finished. */
  boolean isFinished() {
    return finished;
  }

  /** Where others go on; by ascending time. */
  List<GapFills.Fill> fills() {
    return fills;
  }

  /** Who goes on somewhere. */
  public Set<Integer> fillers() {
    return Collections.unmodifiableSet(fillers);
  }

  /** Whether that writer says anything that counts. */
  boolean needs(int writer) {
    return writer == line.writer()
        || writer == stopwatch.writer()
        || writer == heart.writer()
        || writer == power.writer()
        || writer == cadence.writer()
        || writer == speed.writer()
        || fillers.contains(writer);
  }
}
