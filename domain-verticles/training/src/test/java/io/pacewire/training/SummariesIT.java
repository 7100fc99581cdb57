package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.training.ListQuery.Sort;
import io.pacewire.training.TotalsRules.SportDay;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is derived of trainings follows them at once, on a real PostgreSQL. */
class SummariesIT extends TrainingDatabase {
  private static final LocalDate DAY = LocalDate.of(2026, 5, 28);
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final RollupRepository rollups = new RollupRepository(pool);
  private final RecordRepository records = new RecordRepository(pool);
  private final TrainingListRepository lists = new TrainingListRepository(pool);

  private List<SportDay> days(UUID athlete) throws Exception {
    return Await.get(rollups.listDays(
        athlete, new RollupRepository.Span(DAY.minusYears(1), DAY.plusYears(1), null)));
  }

  @Test
  void aFinishedTraining_isInItsDayAndInTheRecords_andRejectedInNeither() throws Exception {
    RecordedRun run = RecordedRun.of(120); // 20 minutes, 3.6 km
    core.apply(run.all());
    Training training = core.written(run);
    assertThat(days(run.athlete)).singleElement().satisfies(day -> {
      assertThat(day.day()).isEqualTo(DAY);
      assertThat(day.sport()).isEqualTo("run");
      assertThat(day.sums()).isEqualTo(TrainingSummary.of(training).sums());
      assertThat(day.sums().impulse()).isPositive();
    });
    assertThat(Await.get(records.listEfforts(run.athlete, null)))
        .extracting(RecordRepository.Effort::lengthM)
        .startsWith(400.0)
        .contains(1_000.0, 1_609.344);
    assertThat(Await.get(records.listMost(run.athlete, null)))
        .filteredOn(most -> most.kind().equals("longestDistance"))
        .singleElement()
        .satisfies(most -> assertThat(most.trainingId()).isEqualTo(run.session));

    Await.get(core.lifecycle.reject(run.athlete, run.session, null, "a train"));
    assertThat(days(run.athlete)).isEmpty();
    assertThat(Await.get(records.listEfforts(run.athlete, null))).isEmpty();
    assertThat(Await.get(records.listMost(run.athlete, null))).isEmpty();
    assertThat(core.listed(run)).extracting(TrainingSummary::status).containsExactly("rejected");

    Await.get(core.lifecycle.restore(run.athlete, run.session, null));
    assertThat(days(run.athlete)).hasSize(1);
    assertThat(Await.get(records.listEfforts(run.athlete, null))).isNotEmpty();
  }

  @Test
  void aTrainingThatIsAnotherSportOnAnotherDay_leavesNothingWhereItWas() throws Exception {
    UUID athlete = UUID.randomUUID();
    Training first = training(UUID.randomUUID(), 1, "run", DAY, 5_000);
    Training other = training(UUID.randomUUID(), 1, "run", DAY, 700);
    write(athlete, first);
    write(athlete, other);
    write(athlete, training(first.trainingId(), 2, "ride", DAY.plusDays(3), 5_000));
    assertThat(days(athlete))
        .extracting(day -> day.day() + " " + day.sport() + " " + day.sums().distanceM())
        .containsExactly(DAY.plusDays(3) + " ride 5000.0", DAY + " run 700.0");
    assertThat(Await.get(records.listEfforts(athlete, null)))
        .extracting(RecordRepository.Effort::sport)
        .containsExactly("ride", "run");
  }

  @Test
  void ofEqualEfforts_theFirstHoldsTheRecord_andTheFasterTakesIt() throws Exception {
    UUID athlete = UUID.randomUUID();
    Training late = training(UUID.randomUUID(), 1, "run", DAY.plusDays(1), 5_000);
    Training early = training(UUID.randomUUID(), 1, "run", DAY, 5_000);
    write(athlete, late);
    write(athlete, early);
    assertThat(Await.get(records.listEfforts(athlete, List.of("run"))))
        .extracting(RecordRepository.Effort::trainingId)
        .containsExactly(early.trainingId());
    Training fast = training(UUID.randomUUID(), 1, "run", DAY.plusDays(2), 5_001);
    write(athlete, fast);
    assertThat(Await.get(records.listEfforts(athlete, List.of("run"))))
        .extracting(RecordRepository.Effort::trainingId)
        .containsExactly(fast.trainingId());
    assertThat(Await.get(records.listEfforts(athlete, List.of("ride")))).isEmpty();
  }

  /** A millisecond before and after midnights and changed clocks; Samoa had no 30 December in 2011. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-28T23:00:00Z",
    "Europe/Berlin, 2026-03-29T01:00:00Z",
    "Europe/Berlin, 2026-10-25T23:00:00Z",
    "America/St_Johns, 2026-11-01T02:30:00Z",
    "Asia/Kathmandu, 2026-05-28T18:15:00Z",
    "Pacific/Apia, 2011-12-30T10:00:00Z",
    "Pacific/Apia, 2026-05-28T11:00:00Z",
    "Etc/GMT+12, 2026-05-28T12:00:00Z",
    "Pacific/Kiritimati, 2026-05-28T10:00:00Z"
  })
  void daysInAZone_areThoseOfItsClocks(String name, Instant at) throws Exception {
    UUID athlete = UUID.randomUUID();
    ZoneId zone = ZoneId.of(name);
    Map<LocalDate, Integer> expected = new TreeMap<>(Comparator.reverseOrder());
    for (long startAtMs : List.of(at.toEpochMilli() - 1, at.toEpochMilli())) {
      UUID id = UUID.randomUUID();
      write(athlete, training(id, 1, "run", LocalDate.ofInstant(at, ZoneOffset.UTC), 1_000));
      Await.get(
          pool.preparedQuery("UPDATE training_summary SET start_at_ms = $2 WHERE training_id = $1")
              .execute(Tuple.of(id, startAtMs)));
      expected.merge(TotalsRules.day(startAtMs, name), 1, Integer::sum);
    }
    LocalDate first = LocalDate.of(1970, 1, 1);
    LocalDate last = LocalDate.of(2199, 12, 31);
    assertThat(found(athlete, zone, first, last)).isEqualTo(expected);
    LocalDate one = expected.keySet().iterator().next();
    assertThat(found(athlete, zone, one, one)).isEqualTo(Map.of(one, expected.get(one)));
    assertThat(found(athlete, zone, one.plusDays(1), one.plusDays(3))).isEmpty();
  }

  private Map<LocalDate, Integer> found(UUID athlete, ZoneId zone, LocalDate from, LocalDate to)
      throws Exception {
    Map<LocalDate, Integer> found = new TreeMap<>(Comparator.reverseOrder());
    RollupRepository.Span span = new RollupRepository.Span(from, to, List.of("run"));
    for (SportDay day : Await.get(rollups.listDays(athlete, span, zone))) {
      assertThat(day.sums().distanceM()).isEqualTo(1_000 * day.sums().trainings());
      found.put(day.day(), day.sums().trainings());
    }
    return found;
  }

  /** Transactions that do not see each other's training would each write a day without the other's. */
  @Test
  void trainingsOfOneDay_writtenAtOnce_areAllInIt() throws Exception {
    UUID athlete = UUID.randomUUID();
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      writing.add(insert(athlete, training(UUID.randomUUID(), 1, "run", DAY, 1_000)));
    }
    Await.get(Future.all(writing));
    assertThat(days(athlete)).singleElement().satisfies(day -> {
      assertThat(day.sums().trainings()).isEqualTo(12);
      assertThat(day.sums().distanceM()).isEqualTo(12_000);
    });
  }

  /** An edit writes several revisions at once: each of their trainings is in step with its own. */
  @Test
  void whatIsSplitAndMerged_isListedAsItIs_andSummedUpOnce() throws Exception {
    RecordedRun run = RecordedRun.of(120);
    core.apply(run.all());
    Target target = new Target(run.athlete, run.session, null);
    Training whole = core.written(run);
    long cutMs = RecordedRun.START_MS + 500_000;
    Training first = Await.get(core.edits.split(target, cutMs));
    UUID otherId = RecipeRules.splitOff(run.session, cutMs);
    Training other = Await.get(core.trainings.find(run.athlete, otherId)).orElseThrow();
    assertListed(run, other, first);
    Await.get(core.edits.merge(target, List.of(otherId)));
    assertListed(run, core.written(run));
    assertThat(days(run.athlete).get(0).sums().distanceM())
        .isCloseTo(whole.figures().getDouble("distanceM"), within(5.0));
    assertThat(Await.get(records.listEfforts(run.athlete, null)))
        .extracting(RecordRepository.Effort::trainingId)
        .containsOnly(run.session);
    Await.get(core.lifecycle.undo(target));
    assertListed(
        run, Await.get(core.trainings.find(run.athlete, otherId)).orElseThrow(), core.written(run));
    Await.get(core.edits.changeSport(target, "walk"));
    assertThat(days(run.athlete)).extracting(SportDay::sport).containsExactly("run", "walk");
  }

  /** These and no others, newest first; and their day is their sum. */
  private void assertListed(RecordedRun run, Training... expected) throws Exception {
    List<TrainingSummary> listed = core.listed(run);
    assertThat(listed)
        .containsExactly(
            Arrays.stream(expected).map(TrainingSummary::of).toArray(TrainingSummary[]::new));
    assertThat(days(run.athlete)).singleElement().satisfies(day -> {
      assertThat(day.sums().trainings()).isEqualTo(expected.length);
      assertThat(day.sums().distanceM())
          .isCloseTo(
              listed.stream().mapToDouble(one -> one.sums().distanceM()).sum(), within(1e-6));
    });
  }

  @Test
  void theSameRevisionTwice_isOnce() throws Exception {
    UUID athlete = UUID.randomUUID();
    Training training = training(UUID.randomUUID(), 1, "run", DAY, 1_000);
    write(athlete, training);
    write(athlete, training);
    assertThat(days(athlete))
        .singleElement()
        .satisfies(day -> assertThat(day.sums().trainings()).isEqualTo(1));
  }

  @Test
  void whatAnOlderVersionWrote_isMadeUpFor() throws Exception {
    RecordedRun run = RecordedRun.of(60);
    core.apply(run.all());
    TrainingSummary before = core.listed(run).get(0);
    List<SportDay> dayBefore = days(run.athlete);
    for (String table : List.of("training_summary", "training_day", "training_effort")) {
      Await.get(pool.preparedQuery("DELETE FROM " + table + " WHERE athlete_id = $1")
          .execute(Tuple.of(run.athlete)));
    }
    SummaryRepairRepository repair = new SummaryRepairRepository(pool, core.trainings);
    assertThat(Await.get(repair.run())).isPositive();
    assertThat(core.listed(run)).containsExactly(before);
    assertThat(days(run.athlete)).isEqualTo(dayBefore);
    assertThat(Await.get(repair.run())).isZero();
  }

  /** Pages of every sort hold every training once, also those of the same distance. */
  @Test
  void pages_whileTrainingsComeIn_showNoneTwiceAndHideNone() throws Exception {
    UUID athlete = UUID.randomUUID();
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      Training one = training(UUID.randomUUID(), 1, "run", DAY.plusDays(i % 5), 1_000 * (i % 4));
      all.add(one.trainingId());
      write(athlete, one);
    }
    for (Sort sort : Sort.values()) {
      for (boolean ascending : new boolean[] {false, true}) {
        ListQuery query = ListQueries.sorted(sort, ascending);
        List<UUID> seen = new ArrayList<>();
        ListCursor cursor = null;
        List<TrainingSummary> page;
        do {
          page = Await.get(lists.list(athlete, query, cursor, 5));
          page.forEach(one -> seen.add(one.trainingId()));
          if (!page.isEmpty()) {
            TrainingSummary last = page.get(page.size() - 1);
            String text = new ListCursor(sort.value(last), last.trainingId()).encode(query);
            cursor = ListCursor.decode(text, query);
          }
          write(athlete, training(UUID.randomUUID(), 1, "hike", DAY, 500));
        } while (!page.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsAll(all);
      }
    }
  }

  private void write(UUID athlete, Training training) throws Exception {
    Await.get(insert(athlete, training));
  }

  private Future<Boolean> insert(UUID athlete, Training training) {
    return core.trainings.insertRevision(
        athlete,
        new TrainingRepository.Told(
            training, TrainingFacts.takenBack(athlete, training, "test"), null));
  }

  /** With a best effort over 1,000 m that is the faster the longer it is. */
  static Training training(UUID id, int revision, String sport, LocalDate day, double distanceM) {
    long startAtMs = day.atTime(7, 0).toInstant(java.time.ZoneOffset.UTC).toEpochMilli();
    return new Training(
        id,
        id,
        revision,
        Training.FINISHED,
        true,
        sport,
        startAtMs,
        startAtMs + 1_800_000,
        "Europe/Berlin",
        5,
        new JsonObject()
            .put("distanceM", distanceM)
            .put("timerS", 1_800.0)
            .put("movingS", 1_700.0)
            .put("elapsedS", 1_800.0)
            .put("ascentM", 12.0)
            .put("descentM", 11.0),
        new JsonArray(),
        new JsonArray(),
        new JsonObject()
            .put(
                "bestEfforts",
                new JsonArray()
                    .add(new JsonObject()
                        .put("lengthM", 1_000.0)
                        .put("elapsedS", 400 - distanceM / 1_000)
                        .put("fromAtMs", startAtMs)
                        .put("estimated", false))),
        Origin.of(Recipe.whole(id)));
  }
}
