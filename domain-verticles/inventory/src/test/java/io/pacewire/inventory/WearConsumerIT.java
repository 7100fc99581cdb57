package io.pacewire.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.TrainingDeleted;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRestored;
import io.pacewire.events.TrainingRevised;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
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
  private static Vertx vertx;
  private static Pool pool;

  private final GearRepository gear = new GearRepository(pool);
  private final WearConsumer consumer =
      new WearConsumer(new WearBook(pool, gear, InstantSource.system()));
  private final UUID athlete = UUID.randomUUID();

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("inventory");
    Await.get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
  }

  @AfterAll
  static void close() throws Exception {
    Await.get(pool.close());
    Await.get(vertx.close());
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
