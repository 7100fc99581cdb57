package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for any writers of one run. */
class CombinationPropertyTest {
  /** By the filters' doing, at every change from one receiver to another. */
  private static final double CHANGE_M = 8;

  /** One way, of which each writer sees other parts, with other sensors and rhythms. */
  private static List<Recording> writers(Random random, int count) {
    int legs = 2 + random.nextInt(5);
    int[] seconds = random.ints(legs, 20, 400).toArray();
    double[] north = random.doubles(legs, -4, 4).toArray();
    double[] east = random.doubles(legs, -4, 4).toArray();
    List<Recording> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean sensor = i > 0 && random.nextInt(4) == 0;
      Recording writer = sensor ? Recording.sensor() : Recording.of("run");
      writer.accuracyCm(SampleBatch.ABSENT).heartRate(random.nextBoolean() ? 0 : 120 + 10 * i);
      for (int leg = 0; leg < legs; leg++) {
        int see = random.nextInt(3);
        if (sensor || see == 0) {
          writer.silence(seconds[leg], north[leg], east[leg]);
          writer.heart();
        } else if (see == 1) {
          writer.silence(seconds[leg], north[leg], east[leg]).fix();
        } else {
          writer.move(seconds[leg], 1, north[leg], east[leg], 0);
        }
      }
      writers.add(writer);
    }
    return writers;
  }

  private static boolean isDoubtedOnly(JoinedRun run) {
    List<Verdict.Reason> told =
        run.out.verdicts.stream().map(Verdict::reason).collect(Collectors.toList());
    return told.contains(Verdict.Reason.OFF_TRACK) && !told.contains(Verdict.Reason.TRACK_MOVED);
  }

  @Property(tries = 150)
  void oneMoreCorrectWriter_takesNoWay(@ForAll long seed) {
    Random random = new Random(seed);
    List<Recording> writers = writers(random, 2 + random.nextInt(3));
    List<Recording> fewer = writers.subList(0, writers.size() - 1);
    JoinedRun all = JoinedRun.of(writers.toArray(Recording[]::new));
    JoinedRun before = JoinedRun.of(fewer.toArray(Recording[]::new));
    // One last fix alone may be doubted, as of any receiver: what it would have added is not
    // missed.
    long untilMs =
        all.out.points.stream().mapToLong(TrackPoint::atEpochMs).max().orElse(0);
    double beforeM = before.out.points.stream()
        .filter(point -> point.atEpochMs() <= untilMs)
        .mapToDouble(TrackPoint::distanceM)
        .max()
        .orElse(0);
    // Who comes back to where he was seen long before is said to have rested, and rests count no
    // way.
    double restedM = all.out.verdicts.stream()
        .filter(verdict -> verdict.reason() == Verdict.Reason.PAUSE_DETECTED)
        .mapToDouble(verdict -> 20 + 0.125 * verdict.value())
        .sum();
    // A fix beside the track before it is silent again is doubted, and says so; nothing follows
    // that could
    // tell whether one turned there.
    Assume.that(!isDoubtedOnly(all));
    assertThat(all.distanceM())
        .isGreaterThanOrEqualTo(beforeM - restedM - CHANGE_M * writers.size());
    assertThat(all.figures.elapsedS()).isGreaterThanOrEqualTo(before.figures.elapsedS());
  }

  @Property(tries = 100)
  void writersInAnyOrder_cutInAnyWay_giveEqualBits(@ForAll long seed) {
    Random random = new Random(seed);
    Recording[] writers = writers(random, 2 + random.nextInt(3)).toArray(Recording[]::new);
    JoinedRun one = JoinedRun.of(writers);
    JoinedRun other = JoinedRun.cut(random, writers);
    assertThat(other.out.firstDifference(one.out)).isNull();
    assertThat(other.figuresText()).isEqualTo(one.figuresText());
  }

  @Property(tries = 100)
  void figuresAreFinite_andSplitsSumToTheDistance(@ForAll long seed) {
    Random random = new Random(seed);
    JoinedRun all = JoinedRun.of(writers(random, 1 + random.nextInt(4)).toArray(Recording[]::new));
    assertThat(all.distanceM()).isFinite().isNotNegative();
    assertThat(all.figures.timerS()).isFinite().isNotNegative();
    assertThat(all.figures.movingS()).isBetween(0.0, all.figures.timerS());
    assertThat(all.figures.estimatedM()).isBetween(0.0, all.distanceM());
    long um = all.out.splits.stream()
        .mapToLong(split -> Math.round(split.distanceM() * 1e6))
        .sum();
    assertThat(um / 1e6).isEqualTo(all.distanceM());
    assertThat(all.out.points).extracting(TrackPoint::distanceM).isSorted();
  }
}
