package io.pacewire.activity;

import static io.pacewire.activity.FitShape.ENUM;
import static io.pacewire.activity.FitShape.UINT16;
import static io.pacewire.activity.FitShape.UINT32;
import static io.pacewire.activity.FitShape.UINT8;
import static io.pacewire.activity.FitShape.field;

import java.util.List;

/** The lap, session and activity messages of a file that is written (FIT profile, "Summary"). */
final class FitSummaries {
  private static final int STOP = 1;
  private static final int EVENT_SESSION = 8;
  private static final int EVENT_LAP = 9;
  private static final int EVENT_ACTIVITY = 26;
  private static final int MESSAGE_INDEX = 254;
  private static final int LOCAL = 9;

  /** Behind the fields that laps and sessions number alike: 253, 254, 0, 1, 2, 7, 8, 9, 11. */
  private static final FitShape LAP = new FitShape(FitProfile.LAP, new int[][] {
    field(FitProfile.TIMESTAMP, UINT32),
    field(MESSAGE_INDEX, UINT16),
    field(0, ENUM),
    field(1, ENUM),
    field(2, UINT32),
    field(7, UINT32),
    field(8, UINT32),
    field(9, UINT32),
    field(11, UINT16),
    field(15, UINT8),
    field(16, UINT8),
    field(19, UINT16),
    field(21, UINT16),
    field(22, UINT16),
    field(52, UINT32),
    field(110, UINT32),
    field(111, UINT32),
    field(25, ENUM),
    field(39, ENUM),
    field(24, ENUM)
  });

  private static final FitShape SESSION = new FitShape(FitProfile.SESSION, new int[][] {
    field(FitProfile.TIMESTAMP, UINT32),
    field(MESSAGE_INDEX, UINT16),
    field(0, ENUM),
    field(1, ENUM),
    field(2, UINT32),
    field(7, UINT32),
    field(8, UINT32),
    field(9, UINT32),
    field(11, UINT16),
    field(16, UINT8),
    field(17, UINT8),
    field(20, UINT16),
    field(22, UINT16),
    field(23, UINT16),
    field(59, UINT32),
    field(124, UINT32),
    field(125, UINT32),
    field(5, ENUM),
    field(6, ENUM),
    field(28, ENUM),
    field(25, UINT16),
    field(26, UINT16)
  });

  private static final FitShape ACTIVITY = new FitShape(FitProfile.ACTIVITY, new int[][] {
    field(FitProfile.TIMESTAMP, UINT32),
    field(0, UINT32),
    field(1, UINT16),
    field(2, ENUM),
    field(3, ENUM),
    field(4, ENUM),
    field(5, UINT32)
  });

  private final FitOutput out;
  private final ActivityOutline outline;
  private final List<ActivityLap> laps;
  private final int[] sport;
  private int lap;

  FitSummaries(FitOutput out, ActivityOutline outline) {
    this.out = out;
    this.outline = outline;
    this.laps = outline.lapsOrAll();
    this.sport = Sports.fitNumbers(outline.sport());
  }

  ActivityOutline outline() {
    return outline;
  }

  /** Those that a sample of this time is behind. */
  void lapsUntil(long atEpochMs) {
    while (lap + 1 < laps.size() && atEpochMs >= laps.get(lap + 1).startAtEpochMs()) {
      lap();
    }
  }

  void end() {
    while (lap < laps.size()) {
      lap();
    }
    double[] session = figures(
        0, EVENT_SESSION, outline.startAtEpochMs(), outline.endAtEpochMs(), outline.figures());
    out.write(LOCAL, SESSION, "", with(session, sport[0], sport[1], 0, 0, laps.size()));
    double end = FitClock.nearest(outline.endAtEpochMs());
    double local = outline.hasUtcOffset() ? end + outline.utcOffsetS() : Double.NaN;
    double timerS = timerS(outline.figures(), outline.elapsedMs());
    out.write(
        LOCAL,
        ACTIVITY,
        "",
        end,
        timerS * FitProfile.DURATION_SCALE,
        1,
        0,
        EVENT_ACTIVITY,
        STOP,
        local);
  }

  private void lap() {
    ActivityLap of = laps.get(lap);
    double[] figures =
        figures(lap, EVENT_LAP, of.startAtEpochMs(), of.endAtEpochMs(), of.figures());
    int trigger = Sports.fitTriggerNumber(of.trigger());
    out.write(LOCAL, LAP, "", with(figures, sport[0], sport[1], trigger));
    lap++;
  }

  private static double[] figures(
      int index, int event, long startMs, long endMs, ActivityFigures of) {
    double ms = FitProfile.DURATION_SCALE;
    return new double[] {
      FitClock.nearest(endMs),
      index,
      event,
      STOP,
      FitClock.nearest(startMs),
      endMs - startMs,
      timerS(of, endMs - startMs) * ms,
      of.distanceM() * FitProfile.DISTANCE_SCALE,
      of.energyKcal(),
      of.averageHeartRateBpm(),
      of.maxHeartRateBpm(),
      of.averagePowerW(),
      of.ascentM(),
      of.descentM(),
      of.movingS() * ms,
      of.averageSpeedMps() * FitProfile.SPEED_SCALE,
      of.maxSpeedMps() * FitProfile.SPEED_SCALE
    };
  }

  /** Without a figure as long as it lasted: readers divide by it. */
  private static double timerS(ActivityFigures figures, long elapsedMs) {
    return figures.timerS() >= 0 ? figures.timerS() : elapsedMs / 1_000.0;
  }

  private static double[] with(double[] figures, double... more) {
    double[] all = java.util.Arrays.copyOf(figures, figures.length + more.length);
    System.arraycopy(more, 0, all, figures.length, more.length);
    return all;
  }
}
