package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.training.SessionHead.State;
import io.pacewire.training.StoredLedger.Range;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A phone, a watch and a hub record one session, on a real PostgreSQL. */
class SeveralWritersIT extends TrainingDatabase {
  private static final long GRACE_MS = TrainingCore.MISSING.toMillis() + 10_000;
  private static final int ROUNDS = Boolean.getBoolean("pacewire.full") ? 200 : 5;

  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void aHubThatOnlyHearsTheHeart_givesZones_andThePhoneTheWay() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 50, 50);
    RecordedRun hub = phone.hub(1);
    for (int seq = 0; seq < 40; seq++) {
      core.apply(hub.record(seq));
      core.apply(phone.record(seq));
    }
    assertThat(core.training(phone)).isEmpty(); // the hub may still say something
    core.consumedUntil(phone.record(39).receivedAtMs() + GRACE_MS);
    Training training = core.written(phone);
    assertThat(training.complete()).isTrue();
    assertThat(training.sport()).isEqualTo("run");
    assertThat(training.figures().getDouble("distanceM")).isCloseTo(399 * 3.0, within(6.0));
    assertThat(training.figures().getDouble("timerS")).isEqualTo(399.0);
    assertThat(training.figures().getInteger("averageHeartRateBpm")).isBetween(148, 151);
    JsonArray zones = training.figures().getJsonObject("zones").getJsonArray("seconds");
    assertThat(zones.stream().mapToDouble(one -> ((Number) one).doubleValue()).sum())
        .isCloseTo(399, within(1.0));
    assertThat(training.figures().getJsonObject("effort").getDouble("trainingImpulse"))
        .isPositive();
    assertThat(training.splits().getJsonObject(0).getInteger("averageHeartRateBpm"))
        .isBetween(148, 151);
    assertThat(training.figures().getJsonObject("writers"))
        .isEqualTo(new JsonObject()
            .put("line", 0)
            .put("stopwatch", 0)
            .put("heartRate", 1)
            .put("power", 0)
            .put("fillers", new JsonArray()));
    assertThat(core.facts(phone.athlete, "training.started"))
        .singleElement()
        .satisfies(fact -> assertThat(fact.getString("sport")).isEqualTo("run"));
    assertThat(core.facts(phone.athlete, "training.finished")).hasSize(1);
    assertThat(core.ledger(phone).stored()).containsExactly(new Range(0, 39));
    assertThat(core.ledger(phone, 1).stored()).containsExactly(new Range(0, 39));
  }

  @Test
  void aHubThatGoesOnAfterTheFinish_holdsNothingUp_andAddsNothing() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(20, 50, 50);
    RecordedRun hub = phone.hub(1);
    long finishedMs = phone.record(19).receivedAtMs();
    for (int seq = 0; seq < 20; seq++) {
      core.apply(hub.record(seq));
      core.apply(phone.record(seq));
    }
    RecordedRun longer = RecordedRun.ofPhone(20, 50, 50).hub(1);
    assertThat(longer.batches()).isEqualTo(20);
    core.apply(hub.record(19, finishedMs + GRACE_MS)); // said again, so late
    core.consumedUntil(finishedMs + GRACE_MS);
    Training training = core.written(phone);
    assertThat(training.complete()).isTrue();
    core.apply(hub.record(18, finishedMs + GRACE_MS + 1_000));
    core.consumedUntil(finishedMs + 3_600_000);
    assertThat(core.written(phone).revision()).isEqualTo(1);
  }

  /** What came of it a moment ago is not in the session's row yet. */
  @Test
  void aHubThatGoesOnEverySecond_holdsNothingUpEither() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(20, 50, 50);
    RecordedRun hub = phone.hub(1);
    long graceMs = phone.record(19).receivedAtMs() + GRACE_MS;
    for (int seq = 0; seq < 20; seq++) {
      core.apply(hub.record(seq));
      core.apply(phone.record(seq));
    }
    core.apply(hub.record(18, graceMs));
    core.apply(hub.record(19, graceMs + 1_000));
    core.consumedUntil(graceMs + 1_000);
    assertThat(core.written(phone).complete()).isTrue();
  }

  /** More than are looked at at once: those that are heard of move to the end of the line each time. */
  @Test
  void manyHubsThatGoOn_holdNothingUp() throws Exception {
    List<RecordedRun> phones = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      phones.add(RecordedRun.ofPhone(3, 50, 50));
    }
    long graceMs = phones.get(0).record(2).receivedAtMs() + GRACE_MS;
    for (RecordedRun phone : phones) {
      core.apply(phone.hub(1).all());
      core.apply(phone.all());
    }
    for (long secondMs = 0; secondMs <= 1_000; secondMs += 1_000) {
      for (RecordedRun phone : phones) {
        core.apply(phone.hub(1).record(2, graceMs + secondMs));
      }
    }
    for (int poll = 0; poll < phones.size(); poll++) { // each goes on where time was over
      core.consumedUntil(graceMs + 1_000 + poll);
    }
    for (RecordedRun phone : phones) {
      assertThat(core.training(phone)).isPresent();
    }
  }

  @Test
  void whatAHubHearsOfPedals_standsAtThePhonesPoints() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 50, 50);
    core.apply(phone.hub(1).all());
    core.apply(phone.pedals(2).all());
    core.apply(phone.all());
    CollectedTrack track = Await.get(core.folds.run(core.head(phone))).track();
    assertThat(track.points()).hasSizeGreaterThan(390).allSatisfy(point -> {
      int tenth = (int) ((point.atEpochMs() - RecordedRun.START_MS) / 1_000 % 10);
      assertThat(track.sensors().cadenceRpm(point.atEpochMs())).isEqualTo(80 + tenth);
      assertThat(track.sensors().powerW(point.atEpochMs())).isEqualTo(280 + tenth);
    });
  }

  @Test
  void aWatchThatSawWhatThePhoneDidNot_fillsTheGap() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 10, 29);
    RecordedRun watch = phone.watch(1);
    core.apply(phone.all());
    assertThat(core.training(phone)).isPresent(); // nobody else was there
    assertThat(core.written(phone).figures().getDouble("estimatedM"))
        .isCloseTo(201 * 3.0, within(6.0));
    core.apply(watch.all());
    long lastMs = watch.record(39).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.REVISION.toMillis() + 10_000);
    Training revised = core.written(phone);
    assertThat(revised.revision()).isEqualTo(2);
    assertThat(revised.complete()).isTrue();
    assertThat(revised.figures().getDouble("estimatedM")).isZero();
    assertThat(revised.figures().getDouble("distanceM")).isCloseTo(399 * 3.0, within(8.0));
    assertThat(core.facts(phone.athlete, "training.revised")).hasSize(1);
  }

  @Test
  void whenAllThatWereStartedAreFinished_thereIsATrainingAtOnce() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 10, 29);
    RecordedRun watch = phone.watch(3);
    core.apply(watch.records(0, 20));
    core.apply(phone.all());
    assertThat(core.training(phone)).isEmpty();
    core.apply(watch.records(21, 39));
    assertThat(core.written(phone).complete()).isTrue();
    assertThat(core.head(phone).state()).isEqualTo(State.FINISHED);
    assertThat(core.written(phone).figures().getDouble("estimatedM")).isZero();
  }

  @Test
  void aWatchThatDied_isWaitedForAndThenGivenUp_andRevisesWhenItComes() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 10, 29);
    RecordedRun watch = phone.watch(1);
    core.apply(watch.records(0, 14));
    core.apply(phone.all());
    core.consumedUntil(phone.record(39).receivedAtMs() + GRACE_MS);
    Training first = core.written(phone);
    assertThat(first.complete()).isFalse();
    assertThat(first.figures().getDouble("distanceM")).isCloseTo(399 * 3.0, within(8.0));
    long lateMs = phone.record(39).receivedAtMs() + 3_600_000;
    for (int seq = 15; seq < 40; seq++) {
      core.apply(watch.record(seq, lateMs));
    }
    core.consumedUntil(lateMs + TrainingCore.REVISION.toMillis() + 10_000);
    assertThat(core.written(phone).revision()).isEqualTo(2);
    assertThat(core.written(phone).complete()).isTrue();
  }

  @Test
  void shuffledAndRepeatedAcrossWriters_itIsTheSameTraining() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      RecordedRun phone = RecordedRun.ofPhone(40, 10, 29);
      List<TelemetryRecord> batches = new ArrayList<>(phone.all());
      batches.addAll(phone.watch(1).all());
      batches.addAll(phone.hub(2).all());
      batches.addAll(new ArrayList<>(batches.subList(30, 60)));
      Collections.shuffle(batches, random);
      TrainingCore other = new TrainingCore(vertx, pool);
      for (int from = 0; from < batches.size(); ) {
        int to = Math.min(batches.size(), from + 1 + random.nextInt(15));
        (random.nextBoolean() ? core : other).apply(batches.subList(from, to));
        from = to;
      }
      core.consumedUntil(RecordedRun.START_MS + 86_400_000L * (round + 1));
      Training expected = inOrder();
      Training actual = core.written(phone);
      assertThat(actual.figures()).as("seed %d", seed).isEqualTo(expected.figures());
      assertThat(actual.splits()).as("seed %d", seed).isEqualTo(expected.splits());
      assertThat(actual.verdicts()).as("seed %d", seed).isEqualTo(expected.verdicts());
      assertThat(actual.complete()).as("seed %d", seed).isTrue();
      assertThat(core.facts(phone.athlete, "training.finished")).hasSize(1);
    }
  }

  private Training inOrder() throws Exception {
    TrainingCore undisturbed = new TrainingCore(vertx, pool);
    RecordedRun phone = RecordedRun.ofPhone(40, 10, 29);
    undisturbed.apply(phone.all().subList(0, 39));
    undisturbed.apply(phone.watch(1).all());
    undisturbed.apply(phone.hub(2).all());
    undisturbed.apply(phone.record(39));
    undisturbed.consumedUntil(RecordedRun.START_MS + 86_400_000L);
    return undisturbed.written(phone);
  }

  @Test
  void whileItRuns_thePhonesLineIsShown_withTheHubsHeartRate() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 50, 50);
    RecordedRun hub = phone.hub(1);
    core.apply(hub.records(0, 19));
    core.apply(phone.records(0, 19));
    JsonObject snapshot = Await.get(core.snapshots.take(core.head(phone)));
    JsonObject figures = snapshot.getJsonObject("figures");
    assertThat(figures.getDouble("distanceM")).isCloseTo(197 * 3.0, within(8.0));
    assertThat(figures.getInteger("heartRateBpm")).isBetween(140, 159);
    assertThat(snapshot.getJsonObject("session").getString("sport")).isEqualTo("run");
    assertThat(snapshot.getString("type")).isEqualTo("snapshot");
  }
}
