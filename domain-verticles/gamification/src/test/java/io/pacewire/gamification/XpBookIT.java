package io.pacewire.gamification;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.TrainingDeleted;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRejected;
import io.pacewire.events.TrainingRestored;
import io.pacewire.events.TrainingRevised;
import io.pacewire.gamification.LeaderboardStore.Place;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What facts are worth, on a real PostgreSQL and a real Redis: each may come twice, and late. */
@ExtendWith(RealServers.class)
class XpBookIT {
  private static final AtomicInteger WEEKS = new AtomicInteger(1);
  private static Vertx vertx;
  private static TestSchema schema;
  private static Pool pool;
  private static RedisCommands redis;

  private final XpLedger ledger = new XpLedger(pool);
  private final LeaderboardStore boards = new LeaderboardStore(redis);
  private final XpBook book = new XpBook(ledger, boards, InstantSource.system());

  /** A week that no other test writes to. */
  private final Instant monday =
      Instant.parse("2026-01-05T08:00:00Z").plusSeconds(WEEKS.getAndIncrement() * 604_800L);

  private final String week = XpRules.week(monday.toEpochMilli(), "UTC");

  @BeforeAll
  static void open() throws Exception {
    schema = TestSchema.open("gamification");
    vertx = schema.vertx();
    pool = schema.pool();
    redis = RealServers.redis().client(vertx);
  }

  @AfterAll
  static void close() throws Exception {
    Await.get(redis.close());
    schema.close();
  }

  @Test
  void theBest_standFirst_andOnlyTheBest_whereThereAreMany() throws Exception {
    List<UUID> athletes = new ArrayList<>();
    for (int km = 1; km <= 12; km++) {
      UUID athlete = UUID.randomUUID();
      athletes.add(0, athlete);
      tell(new TrainingFinished(athlete, UUID.randomUUID(), 1, true, figures(km * 1_000)));
    }
    List<Place> top = Await.get(boards.top(week, 10));
    assertThat(top).extracting(Place::athleteId).containsExactlyElementsOf(athletes.subList(0, 10));
    assertThat(top.get(0).xp()).isEqualTo(120);
    assertThat(top.get(9).xp()).isEqualTo(30);
  }

  @RepeatedTest(10)
  void factsInAnyOrder_andTwice_giveWhatTheNewestSays() throws Exception {
    long seed = new Random().nextLong();
    UUID athlete = UUID.randomUUID();
    UUID training = UUID.randomUUID();
    UUID rejected = UUID.randomUUID();
    List<Record> facts = new ArrayList<>(List.of(
        new TrainingFinished(athlete, training, 1, false, figures(5_000)),
        new TrainingRevised(athlete, training, 2, true, figures(6_000)),
        new TrainingDeleted(athlete, training, 3, "by hand"),
        new TrainingRestored(athlete, training, 4, figures(7_000)),
        new TrainingFinished(athlete, rejected, 1, true, figures(90_000)),
        new TrainingRejected(athlete, rejected, 2, "a train")));
    facts.addAll(List.copyOf(facts));
    Collections.shuffle(facts, new Random(seed));
    for (Record fact : facts) {
      tell(fact);
    }
    assertThat(Await.get(ledger.total(athlete))).as("seed %d", seed).isEqualTo(70);
    assertThat(Await.get(boards.top(week, 100)))
        .as("seed %d", seed)
        .contains(new Place(athlete, 70));
  }

  /** What training tells of a merge, a split of what came of it, and of both undone: in this order. */
  private List<Record> edits(UUID athlete) {
    UUID into = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    UUID rest = UUID.randomUUID();
    List<Record> facts = new ArrayList<>(List.of(
        new TrainingFinished(athlete, into, 1, true, figures(5_000)),
        new TrainingFinished(athlete, other, 1, true, figures(3_000)),
        new TrainingRevised(athlete, into, 2, true, figures(8_000)), // merged
        new TrainingDeleted(athlete, other, 2, "merged into " + into),
        new TrainingRevised(athlete, into, 3, true, figures(6_000)), // split
        new TrainingFinished(athlete, rest, 1, true, figures(2_000)),
        new TrainingRejected(athlete, rest, 2, "a train"),
        new TrainingRestored(athlete, rest, 3, figures(2_000)),
        new TrainingRevised(athlete, into, 4, true, figures(8_000)), // the split undone
        new TrainingDeleted(athlete, rest, 4, "split undone"),
        new TrainingRevised(athlete, into, 5, true, figures(5_000)), // the merge undone
        new TrainingRestored(athlete, other, 3, figures(3_000))));
    return facts;
  }

  @RepeatedTest(5)
  void mergesAndSplits_andTheirUndoing_countEachKilometreOnce() throws Exception {
    long seed = new Random().nextLong();
    UUID athlete = UUID.randomUUID();
    List<Record> facts = edits(athlete);
    List<Long> afterEach = List.of(50L, 80L, 110L, 80L, 60L, 80L, 60L, 80L, 100L, 80L, 50L, 80L);
    for (int i = 0; i < facts.size(); i++) {
      tell(facts.get(i));
      tell(facts.get(i));
      assertThat(Await.get(ledger.total(athlete))).as("after %d", i).isEqualTo(afterEach.get(i));
      assertThat(Await.get(boards.top(week, 100))).contains(new Place(athlete, afterEach.get(i)));
    }
    UUID anyOrder = UUID.randomUUID();
    List<Record> shuffled = edits(anyOrder);
    Collections.shuffle(shuffled, new Random(seed));
    for (Record fact : shuffled) {
      tell(fact);
    }
    assertThat(Await.get(ledger.total(anyOrder))).as("seed %d", seed).isEqualTo(80);
    assertThat(Await.get(boards.top(week, 100))).contains(new Place(anyOrder, 80));
  }

  @Test
  void whoHasNothingLeft_isOffTheBoard() throws Exception {
    UUID athlete = UUID.randomUUID();
    UUID training = UUID.randomUUID();
    tell(new TrainingFinished(athlete, training, 1, true, figures(5_000)));
    assertThat(Await.get(boards.top(week, 10))).containsExactly(new Place(athlete, 50));
    tell(new TrainingDeleted(athlete, training, 2, "by hand"));
    assertThat(Await.get(boards.top(week, 10))).isEmpty();
  }

  @Test
  void anOlderScore_thatIsWrittenLate_changesNothing() throws Exception {
    UUID athlete = UUID.randomUUID();
    Await.get(boards.put(new XpLedger.Score(athlete, week, 200, 2)));
    Await.get(boards.put(new XpLedger.Score(athlete, week, 100, 1)));
    assertThat(Await.get(boards.top(week, 10))).containsExactly(new Place(athlete, 200));
  }

  @Test
  void namesComeFromTheirFacts() throws Exception {
    UUID athlete = UUID.randomUUID();
    tell(new AccountRegistered(athlete, "Maria", "Europe/Berlin", "en", 1));
    tell(new TrainingFinished(athlete, UUID.randomUUID(), 1, true, figures(5_000)));
    assertThat(Await.get(ledger.details(List.of(athlete), week)).get(athlete).displayName())
        .isEqualTo("Maria");
  }

  private void tell(Record fact) throws Exception {
    Await.get(book.handle(fact));
  }

  private TrainingFigures figures(double distanceM) {
    long startMs = monday.toEpochMilli();
    return new TrainingFigures(
        "run",
        startMs,
        startMs + 3_600_000,
        "UTC",
        distanceM,
        3_600,
        3_600,
        3_600,
        0,
        0,
        null,
        null,
        1);
  }
}
