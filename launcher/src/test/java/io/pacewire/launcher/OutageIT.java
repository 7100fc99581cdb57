package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.launcher.DisturbedSession.Delivery;
import io.pacewire.launcher.StoredTruth.Revision;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the platform is away nobody can send, so nobody is ended for being silent. */
class OutageIT {
  private static final long HOUR_MS = 3_600_000;
  private static final long SOON_MS = 60_000;
  private static final long LONGER_THAN_MISSING_MS = 200_000;
  private static final long LONGER_THAN_SILENCE_MS = 2_100_000;
  private static final int MISSING = 5;
  private static final Map<String, String> SETTINGS =
      Map.of("training.missingGivenUpAfterS", "120", "training.silenceEndsAfterS", "1800");

  private long seed;

  @TempDir
  Path folder;

  @Test
  void anHoursOutage_endsNobody() throws Exception {
    try (TrainingServers servers = new TrainingServers(folder);
        TrainingGroup group = new TrainingGroup(servers.brokers(), Duration.ofSeconds(60));
        StandInIngest ingest = new StandInIngest(servers.brokers());
        Connection connection = servers.connect()) {
      StoredTruth stored = new StoredTruth(connection);
      NodeProcess node = servers.node("one", SETTINGS);
      try {
        withoutIngest(group, ingest, stored);
      } finally {
        node.close();
      }
      withoutAnything(servers, group, ingest, stored);
    }
  }

  /** The consumer stays up, and hears nothing for an hour. */
  private void withoutIngest(TrainingGroup group, StandInIngest ingest, StoredTruth stored)
      throws Exception {
    DisturbedSession gappy = calm();
    DisturbedSession running = calm();
    before(gappy, running, ingest);
    ingest.flush();
    group.untilConsumed();
    ingest.standStill(HOUR_MS);
    ingest.advance(SOON_MS);
    ingest.flush();
    group.untilConsumed();
    after(gappy, running, group, ingest, stored);
  }

  /** Nothing is up for an hour; ingest is back before the consumer is. */
  private void withoutAnything(
      TrainingServers servers, TrainingGroup group, StandInIngest ingest, StoredTruth stored)
      throws Exception {
    DisturbedSession gappy = calm();
    DisturbedSession running = calm();
    before(gappy, running, ingest);
    ingest.flush();
    NodeProcess before = servers.node("two", SETTINGS);
    try {
      group.untilConsumed();
    } finally {
      before.kill();
    }
    ingest.standStill(HOUR_MS);
    ingest.advance(SOON_MS);
    ingest.flush();
    NodeProcess after = servers.node("three", SETTINGS);
    try {
      group.untilConsumed();
      after(gappy, running, group, ingest, stored);
    } finally {
      after.close();
    }
  }

  /** One is over but for a batch that did not get through, one is in the middle. */
  private static void before(
      DisturbedSession gappy, DisturbedSession running, StandInIngest ingest) {
    gappy.deliveries.stream()
        .filter(one -> one.seq() != MISSING)
        .forEach(one -> ingest.send(gappy, one));
    half(running, true).forEach(one -> ingest.send(running, one));
    ingest.advance(SOON_MS);
  }

  private static void after(
      DisturbedSession gappy,
      DisturbedSession running,
      TrainingGroup group,
      StandInIngest ingest,
      StoredTruth stored)
      throws Exception {
    assertThat(stored.isFinished(gappy)).as("its batch may still come").isFalse();
    assertThat(stored.isFinished(running)).as("it may go on").isFalse();
    ingest.send(gappy, gappy.deliveries.get(MISSING));
    half(running, false).forEach(one -> ingest.send(running, one));
    ingest.flush();
    group.untilConsumed();
    assertWhole(stored.revisions(gappy));
    assertWhole(stored.revisions(running));
  }

  private static void assertWhole(List<Revision> revisions) {
    assertThat(revisions).hasSize(1);
    assertThat(revisions.get(0).complete()).isTrue();
  }

  @Test
  void anHoursBacklog_isConsumedAsItCame_andWhoWasSilentInItIsEnded() throws Exception {
    try (TrainingServers servers = new TrainingServers(folder);
        TrainingGroup group = new TrainingGroup(servers.brokers(), Duration.ofSeconds(60));
        StandInIngest ingest = new StandInIngest(servers.brokers());
        Connection connection = servers.connect()) {
      StoredTruth stored = new StoredTruth(connection);
      DisturbedSession gappy = calm();
      DisturbedSession running = calm();
      before(gappy, running, ingest);
      for (Delivery one : half(running, false)) {
        ingest.send(running, one);
        ingest.advance(HOUR_MS / running.deliveries.size());
      }
      DisturbedSession silent = calm();
      half(silent, true).forEach(one -> ingest.send(silent, one));
      ingest.advance(LONGER_THAN_MISSING_MS);
      ingest.flush();
      NodeProcess node = servers.node("one", SETTINGS);
      try {
        group.untilConsumed();
        assertWhole(stored.revisions(running));
        assertThat(stored.revisions(gappy)).as("given up, two minutes later").hasSize(1);
        assertThat(stored.isFinished(silent)).isFalse();
        ingest.advance(LONGER_THAN_SILENCE_MS);
        ingest.flush();
        group.untilConsumed();
        assertThat(stored.revisions(silent)).as("closed, half an hour later").hasSize(1);
      } finally {
        node.close();
      }
    }
  }

  private DisturbedSession calm() {
    DisturbedSession one = DisturbedSession.calm(seed, 1_780_000_000_000L);
    seed = one.seed + 1;
    return one;
  }

  private static List<Delivery> half(DisturbedSession session, boolean first) {
    int middle = session.deliveries.size() / 2;
    return first
        ? session.deliveries.subList(0, middle)
        : session.deliveries.subList(middle, session.deliveries.size());
  }
}
