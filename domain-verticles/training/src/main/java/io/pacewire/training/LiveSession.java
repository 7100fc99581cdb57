package io.pacewire.training;

import io.pacewire.track.FoldSink;
import io.pacewire.track.Lap;
import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.training.Gaps.Gap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of a watched session's fold since viewers were last told. */
final class LiveSession implements FoldSink {
  /** Where a backlog brings more at once, the line is drawn of fewer a minute, to its end. */
  static final int MOST_POINTS = 2_000;

  private static final int MAX_PENDING = 1_000;

  private static final int MAX_BACKFILLED = 50;

  private KeptPoints points = new KeptPoints(MOST_POINTS);
  private final List<Split> splits = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Gap> backfilled = new ArrayList<>();
  private List<Gap> missing = List.of();
  private @Nullable WriterKey drawnBy;
  private @Nullable Tip tip;
  private @Nullable TailFold tail;
  private long tailBegunAtMs;
  private long publishedAtMs;
  private boolean publishing;

  @Override
  public void point(TrackPoint point) {
    points.add(point);
  }

  @Override
  public void split(Split split) {
    if (splits.size() < MAX_PENDING) {
      splits.add(split);
    }
  }

  @Override
  public void verdict(Verdict verdict) {
    if (verdicts.size() < MAX_PENDING) {
      verdicts.add(verdict);
    }
  }

  @Override
  public void lap(Lap lap) {}

  /** What waits of another writer, whose line it was until now, is no part of this one's. */
  void drawnBy(WriterKey line) {
    if (!line.equals(drawnBy)) {
      told();
      drawnBy = line;
    }
  }

  void tip(Tip newer) {
    tip = tip == null ? newer : tip.merge(newer);
  }

  @Nullable
  Tip tip() {
    return tip;
  }

  /** What is beyond a gap, as far as it is known; null where there is none. */
  @Nullable
  TailFold tail() {
    return tail;
  }

  void tail(@Nullable TailFold begun) {
    tail = begun;
  }

  long tailBegunAtMs() {
    return tailBegunAtMs;
  }

  void tailBegun(long atMs) {
    tailBegunAtMs = atMs;
  }

  /** What was missing and no longer is came late: it is drawn apart as backfilled. */
  void missing(List<Gap> now) {
    for (Gap before : missing) {
      boolean closed = now.stream()
          .noneMatch(gap -> gap.fromSeq() <= before.toSeq() && before.fromSeq() <= gap.toSeq());
      if (closed && backfilled.size() < MAX_BACKFILLED) {
        backfilled.add(before);
      }
    }
    missing = List.copyOf(now);
  }

  boolean hadGap() {
    return !missing.isEmpty();
  }

  List<Gap> missing() {
    return missing;
  }

  List<Gap> backfilled() {
    return backfilled;
  }

  List<TrackPoint> points() {
    return points.points();
  }

  List<Split> splits() {
    return splits;
  }

  List<Verdict> verdicts() {
    return verdicts;
  }

  boolean isPublishing() {
    return publishing;
  }

  void publishing() {
    publishing = true;
  }

  long publishedAtMs() {
    return publishedAtMs;
  }

  /** The next may be; what could not be told now waits for it. */
  void published(long atMs) {
    publishing = false;
    publishedAtMs = atMs;
  }

  /** Viewers got it. */
  void told() {
    points = new KeptPoints(MOST_POINTS);
    splits.clear();
    verdicts.clear();
  }
}
