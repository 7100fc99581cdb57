package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import io.pacewire.wire.WireLimits;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When what others lend is put into the line's batches, and how the joined session ends. */
class JoinedFoldTest {
  private static final long START = Recording.START;
  private static final int[] WHOLE = {1_000_000};

  private final List<SampleBatch> overheard = new ArrayList<>();
  private final List<List<Integer>> beside = List.of(
      new ArrayList<>(), new ArrayList<>(), new ArrayList<>()); // beats, temperatures, altitudes
  private final Outputs out = new Outputs();

  /** Writer 0 draws the line; the others are heard before. */
  private FoldState join(List<SampleBatch> line, Recording... others) {
    return join(line, Stream.of(others).map(other -> other.batches(WHOLE)).toList());
  }

  private FoldState join(List<SampleBatch> line, List<List<SampleBatch>> others) {
    List<WriterTrack> tracks = new ArrayList<>();
    tracks.add(JoinedRun.track(0, line));
    others.forEach(batches -> tracks.add(JoinedRun.track(tracks.size(), batches)));
    Combination who = Combination.of(tracks);
    assertThat(who.line().writer()).isZero();
    JoinedFold fold = new JoinedFold(who, AthleteParameters.defaults(), this::overhear);
    for (int writer = 1; writer <= others.size(); writer++) {
      for (SampleBatch batch : others.get(writer - 1)) {
        fold.hear(writer, batch);
      }
    }
    line.forEach(batch -> fold.step(batch, out));
    fold.end(out);
    return fold.state();
  }

  private void overhear(SampleBatch batch) {
    overheard.add(Batches.eastwards(batch, 0));
    values(batch.rrIntervals(), beside.get(0));
    values(batch.temperatures(), beside.get(1));
    values(batch.altitudes(), beside.get(2));
  }

  private static void values(ScalarColumn from, List<Integer> into) {
    for (int i = 0; i < from.size(); i++) {
      into.add(from.value(i));
    }
  }

  private static Recording run() {
    return Recording.of("run").accuracyCm(SampleBatch.ABSENT).heartRate(0);
  }

  /** As if one writer had recorded it: folded again, it gives the same. */
  @Test
  void whatIsOverheard_isTheWholeSession() {
    Recording strap = Recording.sensor().heartRate(150).blindHeart(200);
    FoldState state = join(run().north(200, 3).batches(new int[] {90}), strap);
    assertThat(overheard.stream().mapToInt(batch -> batch.fixes().size()).sum()).isEqualTo(200);
    FoldState again = FoldState.start(AthleteParameters.defaults());
    overheard.forEach(batch -> TrackFold.step(again, batch, FoldSink.NONE));
    TrackFold.end(again, FoldSink.NONE);
    assertThat(again.finished()).isTrue();
    assertThat(JoinedRun.text(again.figures())).isEqualTo(JoinedRun.text(state.figures()));
    assertThat(state.figures().averageHeartRateBpm()).isEqualTo(150);
  }

  /** Temperatures and altitudes of the line, and beats of whose heart rate counts. */
  @ParameterizedTest
  @CsvSource({"0, true", "150, false"})
  void whatNoFigureIsMadeOf_isOverheardToo(int bpmOfTheLine, boolean strapCounts) {
    List<SampleBatch> phone = run().heartRate(bpmOfTheLine).north(200, 3).batches(new int[] {90});
    List<SampleBatch> strap = strapCounts
        ? Recording.sensor().heartRate(150).blindHeart(200).batches(new int[] {40})
        : Recording.sensor().heartRate(150).blindHeart(100).batches(new int[] {40});
    String without = JoinedRun.text(join(phone, List.of(strap)).figures());
    overheard.clear();
    int own = addBeside(phone, 1_000);
    int lent = addBeside(strap, 2_000);
    FoldState state = join(phone, List.of(strap));
    assertThat(beside.get(0)).isEqualTo(strapCounts ? numbers(2_000, lent) : numbers(1_000, own));
    assertThat(beside.get(1)).isEqualTo(numbers(1_000, own));
    assertThat(beside.get(2)).isEqualTo(numbers(1_000, own));
    assertThat(JoinedRun.text(state.figures())).isEqualTo(without);
  }

  /** One of each at each fix, or else heart rate. How many there are. */
  private static int addBeside(List<SampleBatch> batches, int firstValue) {
    int value = firstValue;
    for (SampleBatch batch : batches) {
      var fixes = batch.fixes();
      int size = fixes.size() > 0 ? fixes.size() : batch.heartRates().size();
      for (int i = 0; i < size; i++, value++) {
        long at = fixes.size() > 0 ? fixes.atEpochMs(i) : batch.heartRates().atEpochMs(i);
        batch.rrIntervals().add(at, 0, value);
        batch.temperatures().add(at, 0, value);
        batch.altitudes().add(at, 0, value);
      }
    }
    return value - firstValue;
  }

  private static List<Integer> numbers(int from, int count) {
    return IntStream.range(from, from + count).boxed().toList();
  }

  /** A session that nobody started begins with what is folded. */
  @Test
  void nothingBegins_withWhatNoFigureIsMadeOf() {
    SampleBatch cold = new SampleBatch();
    cold.temperatures().add(START + 500, 0, 1_500);
    Recording line = Recording.sensor().accuracyCm(SampleBatch.ABSENT).north(100, 3);
    List<SampleBatch> batches = new ArrayList<>(List.of(cold));
    batches.addAll(line.batches(WHOLE));
    join(batches, Recording.sensor().heartRate(150).blindHeart(100));
    assertThat(overheard.get(0).isEmpty()).isTrue();
    assertThat(beside.get(1)).isEmpty();
  }

  /**
   * The line's receiver is off in its second batch, and one of its sensors goes on. As far as that has
   * got, what another lends belongs into that batch, and what came later into the next.
   */
  @ParameterizedTest
  @ValueSource(strings = {"heart", "speed", "cadence", "pressure", "accelerometer", "fix"})
  void whatIsLent_goesWithTheBatchThatGotThere(String sensor) {
    SampleBatch second = new SampleBatch();
    for (int at = 101; at <= 120; at++) {
      speak(second, sensor, START + at * 1_000L);
    }
    SampleBatch first = new SampleBatch();
    SampleBatch third = new SampleBatch();
    first.addMark(Mark.start(START, 0, "run", "UTC", 0, "Phone", "1", 1));
    for (int at = 1; at <= 100; at++) {
      speak(first, "fix", START + at * 1_000L);
    }
    for (int at = 121; at <= 200; at++) {
      speak(third, "fix", START + at * 1_000L);
    }
    third.addMark(Mark.finish(START + 200_000, 0, 3));
    Recording meter = Recording.sensor().power(200).blind(200, 0);
    join(List.of(first, second, third), meter);
    assertThat(overheard).extracting(batch -> batch.powers().size()).startsWith(100, 20, 80);
  }

  private static void speak(SampleBatch batch, String sensor, long at) {
    switch (sensor) {
      case "heart" -> batch.heartRates().add(at, 0, 150, SampleBatch.ABSENT);
      case "speed" -> batch.speeds().add(at, 0, 300);
      case "cadence" -> batch.cadences().add(at, 0, 85);
      case "pressure" -> batch.pressures().add(at, 0, 99_000);
      case "fix" -> {
        int north = 557_500_000 + (int) (at - START) * 27 / 100;
        batch.fixes().add(at, 0, north, 376_000_000, 15_000, -1, -1, -1, -1);
      }
      default -> batch.accels().add(at, 0, 0, 0, 1_000);
    }
  }

  /** Nothing of the line has got there after its last fix, but its finish is the training's. */
  @Test
  void theLinesFinish_isPrecededByAllThatWasLent() {
    Recording strap = Recording.sensor().heartRate(150).blindHeart(360);
    FoldState state = join(run().north(300, 3).silence(60, 0, 0).batches(WHOLE), strap);
    assertThat(state.figures().heartRateCount()).isEqualTo(360);
    assertThat(state.figures().elapsedS()).isEqualTo(360);
    assertThat(state.finishBatchCount()).isEqualTo(Recording.FINISH_BATCH_COUNT);
  }

  /** The watch says no more after 300 s than that it was finished at 400 s. */
  @Test
  void whoWasFinishedLast_endsTheTraining() {
    Recording watch = run().sparse(30, 10, 3).silence(100, 0, 0);
    FoldState state = join(run().north(350, 3).batches(WHOLE), watch);
    assertThat(state.figures().elapsedS()).isEqualTo(400);
    assertThat(state.figures().timerS()).isEqualTo(400);
    assertThat(state.finishBatchCount()).isZero();
  }

  @Test
  void whoIsAlone_endsAsHeSays() {
    FoldState state = join(run().north(100, 3).silence(20, 0, 0).batches(WHOLE));
    assertThat(state.finishBatchCount()).isEqualTo(Recording.FINISH_BATCH_COUNT);
    assertThat(state.figures().elapsedS()).isEqualTo(120);
  }

  /** Its battery is empty; the watch, which only says when, was stopped. */
  @Test
  void aLineThatBreaksOff_isFinishedByTheOther() {
    SampleBatch cut = Batches.withoutFinish(run().north(100, 3).batches(WHOLE).get(0));
    FoldState state = join(List.of(cut), run().silence(130, 0, 0));
    assertThat(state.finishBatchCount()).isZero();
    assertThat(state.figures().elapsedS()).isEqualTo(130);
  }

  @Test
  void whereNobodyFinished_theLastSampleIsTheEnd() {
    SampleBatch cut = Batches.withoutFinish(run().north(100, 3).batches(WHOLE).get(0));
    FoldState state = join(List.of(cut), Recording.sensor().heartRate(150).blindHeart(130));
    assertThat(state.finishBatchCount()).isEqualTo(-1);
    assertThat(state.figures().elapsedS()).isEqualTo(100);
  }

  /** The watch was started 100 s before the phone, whose other marks count all the same. */
  @Test
  void anEarlierStart_takesOnlyTheLinesOwnStartAway() {
    Recording phone = Recording.late("run", 100).accuracyCm(SampleBatch.ABSENT).heartRate(0);
    phone
        .silence(100, 3, 0)
        .north(100, 3)
        .lap()
        .pause()
        .silence(50, 0, 0)
        .resume()
        .north(250, 3);
    FoldState state = join(phone.batches(WHOLE), run().north(150, 3));
    assertThat(state.figures().startAtEpochMs()).isEqualTo(START);
    assertThat(state.figures().timerS()).isEqualTo(450);
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(200.0, 250.0);
    assertThat(overheard.stream().flatMap(batch -> batch.marks().stream()).map(Mark::kind))
        .containsExactly(
            Mark.Kind.START, Mark.Kind.LAP, Mark.Kind.PAUSE, Mark.Kind.RESUME, Mark.Kind.FINISH);
  }

  /** Fixes of the other stand in time's order amid those of the line, in the batch that gets there. */
  @ParameterizedTest
  @CsvSource({"50", "101", "1000"})
  void lentFixes_standWhereTheirTimeIs(int aBatch) {
    Recording phone = run().north(100, 3).silence(100, 3, 0).north(100, 3);
    Recording watch = run().silence(60, 3, 0).north(150, 3);
    join(phone.batches(new int[] {aBatch}), watch);
    List<Long> times = new ArrayList<>();
    for (SampleBatch batch : overheard) {
      for (int i = 0; i < batch.fixes().size(); i++) {
        times.add(batch.fixes().atEpochMs(i));
      }
    }
    assertThat(times).isSorted().doesNotHaveDuplicates().hasSize(300);
    assertThat(out.verdicts).isEmpty();
  }

  /** While the line's receiver is off, another sensor of its writer says how far it has got. */
  @Test
  void lentFixes_goWithTheBatchThatGotThere_thoughItHasNoFix() {
    SampleBatch first = Batches.withoutFinish(run().north(100, 3).batches(WHOLE).get(0));
    SampleBatch second = new SampleBatch();
    for (int at = 101; at <= 150; at++) {
      speak(second, "heart", START + at * 1_000L);
    }
    SampleBatch third =
        Recording.sensor().silence(200, 3, 0).north(100, 3).batches(WHOLE).get(0);
    Recording watch = run().silence(60, 3, 0).north(150, 3);
    join(List.of(first, second, third), watch);
    assertThat(overheard).extracting(batch -> batch.fixes().size()).startsWith(100, 50, 150);
  }

  /** Who stops the watch draws no line: his laps are more than a batch may have. */
  @Test
  void moreMarksThanABatchHas_areAllLent() {
    Recording watch = run().sparse(2, 100, 3);
    int laps = 2 * WireLimits.MAX_MARKS + 100;
    List<SampleBatch> clicks =
        new ArrayList<>(List.of(Batches.withoutFinish(watch.batches(WHOLE).get(0))));
    SampleBatch batch = new SampleBatch();
    for (int lap = 1; lap <= laps; lap++) {
      if (batch.marks().size() == 200) {
        clicks.add(batch);
        batch = new SampleBatch();
      }
      batch.addMark(Mark.lap(START + 500L * lap, 0));
    }
    clicks.add(batch);
    Recording phone = run().north(400, 3);
    JoinedRun all = JoinedRun.of(List.of(clicks, phone.batches(WHOLE)));
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.who.stopwatch().writer()).isZero();
    assertThat(all.out.laps).hasSize(laps + 1);
    assertThat(all.out.laps.stream().mapToDouble(Lap::timerS).sum()).isCloseTo(400, within(1e-6));
  }

  /** The clock of who stops the watch was ahead for one lap, though no later than the end. */
  @Test
  void aLentMarkFromWhichTheNextFallsBack_isLeftOut() {
    Recording watch = run().sparse(10, 10, 3);
    watch.markAt(Mark.lap(START + 250_000, 0)).sparse(5, 10, 3).lap().sparse(25, 10, 3);
    Recording phone = run().north(400, 3);
    JoinedRun all = JoinedRun.of(List.of(watch.batches(WHOLE), phone.batches(new int[] {60})));
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.out.laps).extracting(Lap::timerS).containsExactly(150.0, 250.0);
    assertThat(all.out.laps.get(0).distanceM()).isCloseTo(149 * 3, within(2.0));
  }

  /** It goes with the next, of which there is none; meanwhile another goes on for a minute. */
  @Test
  void aTimeAheadAtTheLinesEnd_isToldAllTheSame() {
    Recording phone = run().north(300, 3);
    phone.fixAt(START + 86_400_000L, phone.latitudeDeg(), phone.longitudeDeg());
    JoinedRun all = JoinedRun.of(phone, run().silence(240, 3, 0).north(120, 3));
    assertThat(all.verdictsOf(0)).containsExactly(Verdict.Reason.AHEAD_OF_TIME);
    assertThat(all.distanceM()).isCloseTo(359 * 3, within(3.0));
    assertThat(all.figures.elapsedS()).isEqualTo(360);
  }

  /** A merge keeps it of one part while the next is folded. */
  @Test
  void whoSaysWhoseAFixIs_holdsNoPointsOfTheWriters() {
    List<WeakReference<WriterTrack>> tracks = new ArrayList<>();
    ToIntFunction<Verdict> writers = joined(tracks);
    for (int i = 0; i < 100 && tracks.stream().anyMatch(one -> one.get() != null); i++) {
      System.gc();
    }
    assertThat(tracks).hasSize(2).allMatch(one -> one.get() == null);
    assertThat(writers).isNotNull();
  }

  private static ToIntFunction<Verdict> joined(List<WeakReference<WriterTrack>> tracks) {
    List<WriterTrack> own = List.of(
        JoinedRun.track(0, run().north(100, 3)), JoinedRun.track(1, run().north(90, 3)));
    own.forEach(track -> tracks.add(new WeakReference<>(track)));
    return new JoinedFold(Combination.of(own), AthleteParameters.defaults()).writers();
  }

  /** Each for a thing of its own; the last for nothing. */
  @Test
  void whoSaysSomethingThatCounts_isListenedTo_andNobodyElse() {
    Recording[] writers = {
      run().north(100, 3).silence(100, 3, 0).north(100, 3),
      Recording.sensor().heartRate(150).blindHeart(300),
      Recording.sensor().power(200).blind(300, 0),
      Recording.sensor().cadence(80).blind(300, 0),
      Recording.sensor().sensorSpeed(300).blind(300, 3),
      Recording.sensor().accuracyCm(SampleBatch.ABSENT).silence(100, 3, 0).north(99, 3),
      Recording.sensor().heartRate(90).blindHeart(30)
    };
    List<WriterTrack> tracks = new ArrayList<>();
    for (Recording writer : writers) {
      tracks.add(JoinedRun.track(tracks.size(), writer));
    }
    JoinedFold fold = new JoinedFold(Combination.of(tracks), AthleteParameters.defaults());
    assertThat(fold.listensTo(0)).isFalse(); // it draws the line
    assertThat(List.of(1, 2, 3, 4, 5)).allMatch(fold::listensTo);
    assertThat(fold.listensTo(6)).isFalse();
  }
}
