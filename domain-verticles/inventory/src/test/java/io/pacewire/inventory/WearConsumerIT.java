package io.pacewire.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.TrainingDeleted;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRejected;
import io.pacewire.events.TrainingRestored;
import io.pacewire.events.TrainingRevised;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What facts do to gear, on a real PostgreSQL: each may come twice, and late. */
@ExtendWith(RealServers.class)
class WearConsumerIT {
  private static TestSchema schema;
  private static Pool pool;

  private final GearRepository gear = new GearRepository(pool);
  private final WearConsumer consumer =
      new WearConsumer(new WearBook(pool, gear, InstantSource.system()));
  private final UUID athlete = UUID.randomUUID();

  @BeforeAll
  static void open() throws Exception {
    schema = TestSchema.open("inventory");
    pool = schema.pool();
  }

  @AfterAll
  static void close() throws Exception {
    schema.close();
  }

  @Test
  void aNewAthlete_hasOnePairOfShoes_howeverOftenItIsTold() throws Exception {
    tell(new AccountRegistered(athlete, "Maria", "Europe/Berlin", "en", 1));
    tell(new AccountRegistered(athlete, "Maria", "Europe/Berlin", "en", 1));
    assertThat(worn()).isEqualTo(Map.of(GearKind.SHOES, 0.0));
  }

  @RepeatedTest(10)
  void factsInAnyOrder_andTwice_wearWhatTheNewestSays() throws Exception {
    long seed = new Random().nextLong();
    UUID run = UUID.randomUUID();
    UUID deleted = UUID.randomUUID();
    List<Record> facts = new ArrayList<>(List.of(
        new TrainingFinished(athlete, run, 1, false, figures("run", 5_000)),
        new TrainingRevised(athlete, run, 2, true, figures("run", 6_000)),
        new TrainingDeleted(athlete, run, 3, "by hand"),
        new TrainingRestored(athlete, run, 4, figures("run", 7_000)),
        new TrainingFinished(athlete, deleted, 1, true, figures("run", 9_000)),
        new TrainingDeleted(athlete, deleted, 2, "by hand")));
    facts.addAll(List.copyOf(facts));
    Collections.shuffle(facts, new Random(seed));
    for (Record fact : facts) {
      tell(fact);
    }
    assertThat(worn()).as("seed %d", seed).isEqualTo(Map.of(GearKind.SHOES, 7_000.0));
  }

  /** What training tells of a merge, a split of what came of it, and of both undone: in this order. */
  private static List<Record> edits(UUID athlete) {
    UUID into = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    UUID rest = UUID.randomUUID();
    List<Record> facts = new ArrayList<>(List.of(
        new TrainingFinished(athlete, into, 1, true, figures("run", 5_000)),
        new TrainingFinished(athlete, other, 1, true, figures("run", 3_000)),
        new TrainingRevised(athlete, into, 2, true, figures("run", 8_000)), // merged
        new TrainingDeleted(athlete, other, 2, "merged into " + into),
        new TrainingRevised(athlete, into, 3, true, figures("run", 6_000)), // split
        new TrainingFinished(athlete, rest, 1, true, figures("run", 2_000)),
        new TrainingRejected(athlete, rest, 2, "a train"),
        new TrainingRestored(athlete, rest, 3, figures("run", 2_000)),
        new TrainingRevised(athlete, into, 4, true, figures("run", 8_000)), // the split undone
        new TrainingDeleted(athlete, rest, 4, "split undone"),
        new TrainingRevised(athlete, into, 5, true, figures("run", 5_000)), // the merge undone
        new TrainingRestored(athlete, other, 3, figures("run", 3_000))));
    return facts;
  }

  @RepeatedTest(5)
  void mergesAndSplits_andTheirUndoing_wearEachKilometreOnce() throws Exception {
    long seed = new Random().nextLong();
    List<Record> facts = edits(athlete);
    List<Double> afterEach = List.of(
        5_000.0, 8_000.0, 11_000.0, 8_000.0, 6_000.0, 8_000.0, 6_000.0, 8_000.0, 10_000.0, 8_000.0,
        5_000.0, 8_000.0);
    for (int i = 0; i < facts.size(); i++) {
      tell(facts.get(i));
      tell(facts.get(i));
      assertThat(worn()).as("after %d", i).isEqualTo(Map.of(GearKind.SHOES, afterEach.get(i)));
    }
    List<Record> again = new ArrayList<>(facts);
    Collections.shuffle(again, new Random(seed));
    for (Record fact : again) {
      tell(fact);
    }
    assertThat(worn()).as("seed %d", seed).isEqualTo(Map.of(GearKind.SHOES, 8_000.0));
  }

  @RepeatedTest(5)
  void theSame_inAnyOrder_leavesNothingBehind() throws Exception {
    long seed = new Random().nextLong();
    List<Record> facts = edits(athlete);
    Collections.shuffle(facts, new Random(seed));
    for (Record fact : facts) {
      tell(fact);
    }
    assertThat(worn()).as("seed %d", seed).isEqualTo(Map.of(GearKind.SHOES, 8_000.0));
  }

  @Test
  void aTrainingWhoseSportWasWrong_wearsOtherGear() throws Exception {
    UUID training = UUID.randomUUID();
    tell(new TrainingFinished(athlete, training, 1, true, figures("run", 20_000)));
    tell(new TrainingRevised(athlete, training, 2, true, figures("ride", 20_000)));
    assertThat(worn()).isEqualTo(Map.of(GearKind.SHOES, 0.0, GearKind.BIKE, 20_000.0));
    tell(new TrainingRevised(athlete, training, 3, true, figures("swim", 20_000)));
    assertThat(worn()).isEqualTo(Map.of(GearKind.SHOES, 0.0, GearKind.BIKE, 0.0));
  }

  private void tell(Record fact) throws Exception {
    Await.get(consumer.handle(fact));
  }

  private Map<GearKind, Double> worn() throws Exception {
    Map<GearKind, Double> worn = new TreeMap<>();
    for (Gear one : Await.get(gear.list(athlete))) {
      assertThat(worn.put(one.kind(), one.distanceM())).as("one of each kind").isNull();
    }
    return worn;
  }

  private static TrainingFigures figures(String sport, double distanceM) {
    long startMs = 1_780_000_000_000L;
    return new TrainingFigures(
        sport,
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
