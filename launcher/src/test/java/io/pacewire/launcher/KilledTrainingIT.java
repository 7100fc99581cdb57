package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import io.pacewire.launcher.TrainingNodes.Blow;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two training nodes that are killed and frozen under load: every batch is stored once and folded
 * once, every revision is told once, and figures are those of a run that nothing disturbed.
 */
class KilledTrainingIT {
  private static final boolean LONG = Boolean.getBoolean("pacewire.full");
  private static final int ROUNDS = LONG ? 50 : 4;
  private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 120 : 60);
  private static final long LONGER_THAN_MISSING_MS = 700_000;
  private static final long LONGER_THAN_SILENCE_MS = 3_700_000;
  private static final long LOOK_MS = 60_000;
  private static final Map<String, String> SETTINGS = Map.of(
      "training.pollRecords", "100",
      "training.missingGivenUpAfterS", "600",
      "training.revisionAfterS", "60",
      "training.silenceEndsAfterS", "3600",
      "training.sealAfterS", "604800");

  private final long seed = Long.getLong("pacewire.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir
  Path folder;

  @Test
  void killedAndFrozenUnderLoad_storesFoldsAndTellsEverythingOnce() throws Exception {
    System.out.println("KilledTrainingIT: -Dpacewire.seed=" + seed);
    try (TrainingServers servers = new TrainingServers(folder);
        TrainingGroup group = new TrainingGroup(servers.brokers(), PATIENCE);
        TrainingNodes nodes = new TrainingNodes(servers, group, SETTINGS, random.nextLong());
        StandInIngest ingest = new StandInIngest(servers.brokers());
        DisturbedDevices devices = new DisturbedDevices(ingest, random.nextLong())) {
      LedgerAsker asker = new LedgerAsker(servers, nodes, devices);
      devices.start();
      asker.start();
      List<Blow> blows = blows();
      for (int round = 0; round < ROUNDS; round++) {
        if (round == ROUNDS / 2) {
          ingest.advance(LONGER_THAN_MISSING_MS);
          devices.sendAfterwards();
        }
        strike(blows.get(round), group, nodes, devices);
      }
      try (Connection connection = servers.connectAgain(PATIENCE)) { // it may have been struck last
        StoredTruth stored = new StoredTruth(connection);
        settle(group, ingest, devices, stored);
        asker.stop();
        check(servers, devices, stored, asker);
      }
    }
  }

  /** Each kind of trouble that somebody notices always; in the long form more of it. */
  private List<Blow> blows() {
    List<Blow> blows =
        new ArrayList<>(List.of(Blow.KILL, Blow.ZOMBIE, Blow.KILL_BOTH, Blow.DATABASE));
    List<Blow> kinds = List.of(Blow.values());
    while (blows.size() < ROUNDS) {
      blows.add(kinds.get(random.nextInt(kinds.size())));
    }
    Collections.shuffle(blows, random);
    return blows;
  }

  private void strike(Blow blow, TrainingGroup group, TrainingNodes nodes, DisturbedDevices devices)
      throws Exception {
    if (random.nextInt(4) != 0) { // else in the middle of what the last blow brought about
      group.untilReadBy(TrainingNodes.NODES * TrainingNodes.CONSUMERS);
    }
    long enough = devices.sent() + random.nextInt(400);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> devices.sent() >= enough);
    System.out.println("KilledTrainingIT: " + blow + " after " + devices.sent() + " batches");
    nodes.strike(blow, devices);
  }

  private static void settle(
      TrainingGroup group, StandInIngest ingest, DisturbedDevices devices, StoredTruth stored)
      throws Exception {
    devices.end();
    await().atMost(PATIENCE).until(devices::isEveryoneDone);
    group.untilReadBy(TrainingNodes.NODES * TrainingNodes.CONSUMERS);
    group.untilConsumed();
    for (DisturbedSession session : devices.sessions()) {
      if (session.isEndedByItself()) {
        assertThat(stored.isFinished(session))
            .as("waits for no deadline: " + session.session + " of seed " + session.seed)
            .isTrue();
      }
    }
    ingest.advance(LONGER_THAN_MISSING_MS);
    // Else what comes late would come before anything was given up, to a consumer that is behind.
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
      ingest.advance(LOOK_MS);
      return stored.number("SELECT count(*) FROM training_revision WHERE NOT complete") > 0;
    });
    devices.sendAfterwards();
    devices.sendTwins();
    group.untilConsumed();
    ingest.advance(LONGER_THAN_SILENCE_MS);
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
      ingest.advance(LOOK_MS);
      return stored.number("SELECT count(*) FROM session_head WHERE state = 0 OR revision_wanted")
              == 0
          && stored.number("SELECT count(*) FROM outbox") == 0;
    });
  }

  private static void check(
      TrainingServers servers, DisturbedDevices devices, StoredTruth stored, LedgerAsker asker)
      throws Exception {
    assertThat(stored.number("SELECT count(*) FROM session_head WHERE state <> 1"))
        .isZero();
    for (String lane : List.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL)) {
      assertThat(ToldFacts.all(servers.brokers(), EventTopics.dead(lane))).isEmpty();
    }
    CrashChecker checker = new CrashChecker(stored, ToldFacts.read(servers.brokers()));
    List<DisturbedSession> sessions = devices.sessions();
    List<DisturbedSession> twins = devices.twins();
    for (int i = 0; i < sessions.size(); i++) {
      checker.check(sessions.get(i));
      checker.checkSame(sessions.get(i), twins.get(i));
    }
    // Revisions are folded from chunks: only saved states witness what was folded as it came.
    assertThat(checker.states()).as("states saved").isGreaterThan(sessions.size() / 2);
    assertThat(checker.revised()).as("later revisions").isPositive();
    int believed = checker.checkBelieved(sessions, asker.believed());
    assertThat(believed).as("devices were told of").isPositive();
    System.out.println("KilledTrainingIT: " + ROUNDS + " rounds, " + sessions.size()
        + " sessions, " + devices.sent() + " batches sent, " + checker.summary() + "; " + believed
        + " batches that devices were told are stored");
  }
}
