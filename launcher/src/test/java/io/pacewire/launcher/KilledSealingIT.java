package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.launcher.TrainingNodes.Blow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two training nodes that are killed and frozen while they seal: no batch is lost or sealed twice, each
 * comes back to the byte, and what is sent again is known.
 */
class KilledSealingIT {
  private static final boolean LONG = Boolean.getBoolean("pacewire.full");
  private static final int ROUNDS = LONG ? 20 : 3;
  private static final int SESSIONS_A_ROUND = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 120 : 60);
  private static final long START_MS = 1_780_000_000_000L;
  private static final long APART_MS = 20_000;
  private static final int ALL_DONE = 3;
  private static final Map<String, String> SETTINGS =
      Map.of("training.sealAfterS", "1800", "training.pollRecords", "100");
  private static final List<Blow> BLOWS =
      List.of(Blow.KILL, Blow.ZOMBIE, Blow.DATABASE, Blow.KILL_BOTH);

  private final long seed = Long.getLong("pacewire.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir
  Path folder;

  @Test
  void killedAndFrozenAmidSealing_losesAndRepeatsNothing() throws Exception {
    System.out.println("KilledSealingIT: -Dpacewire.seed=" + seed);
    try (TrainingServers servers = new TrainingServers(folder);
        TrainingGroup group = new TrainingGroup(servers.brokers(), PATIENCE);
        TrainingNodes nodes = new TrainingNodes(servers, group, SETTINGS, random.nextLong());
        StandInIngest ingest = new StandInIngest(servers.brokers())) {
      List<DisturbedSession> sessions = recorded(ingest);
      group.untilConsumed();
      Map<UUID, String> before = exports(sessions, servers, nodes);
      int amid = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long enough = (long) round * SESSIONS_A_ROUND + 1 + random.nextInt(SESSIONS_A_ROUND / 2);
        long done = untilSealed(enough, servers, ingest);
        Blow blow = BLOWS.get((round + (int) (seed & 3)) % BLOWS.size());
        System.out.println("KilledSealingIT: " + blow + " after " + done + " sessions");
        amid += done < sessions.size() ? 1 : 0;
        nodes.strike(blow, ingest);
      }
      assertThat(amid).as("blows while something was to be sealed").isPositive();
      untilSealed(sessions.size(), servers, ingest);
      check(sessions, servers);
      assertThat(exports(sessions, servers, nodes)).isEqualTo(before);
      sentAgain_isKnown(sessions, servers, ingest, group);
      System.out.println("KilledSealingIT: " + ROUNDS + " rounds, " + sessions.size()
          + " sessions sealed once and read to the byte");
    }
  }

  /** They fall quiet one after the other, so that there is always something to seal. */
  private List<DisturbedSession> recorded(StandInIngest ingest) {
    List<DisturbedSession> sessions = new ArrayList<>();
    long next = seed & 0xFFFF;
    for (int i = 0; i < ROUNDS * SESSIONS_A_ROUND; i++) {
      DisturbedSession session = DisturbedSession.calm(next, START_MS);
      next = session.seed + 1;
      session.deliveries.forEach(one -> ingest.send(session, one));
      ingest.advance(APART_MS);
      sessions.add(session);
    }
    ingest.flush();
    return sessions;
  }

  /** Time goes on until so many are sealed and their chunks gone; returns how many it are. */
  private static long untilSealed(long enough, TrainingServers servers, StandInIngest ingest)
      throws Exception {
    try (Connection connection = servers.connectAgain(PATIENCE)) {
      StoredTruth stored = new StoredTruth(connection);
      try {
        return await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> {
                  ingest.advance(APART_MS);
                  return stored.number(
                      "SELECT count(*) FROM session_head WHERE seal = " + ALL_DONE);
                },
                count -> count >= enough);
      } catch (ConditionTimeoutException late) {
        throw new AssertionError(
            "at " + ingest.nowMs() + " not sealed:\n" + String.join("\n", stored.unsealed()) + "\n"
                + servers.logs(),
            late);
      }
    }
  }

  /** The sealed stretches of each writer are its batches, each once and none left over. */
  private static void check(List<DisturbedSession> sessions, TrainingServers servers)
      throws Exception {
    try (Connection connection = servers.connectAgain(PATIENCE)) {
      StoredTruth stored = new StoredTruth(connection);
      assertThat(stored.number("SELECT count(*) FROM chunk")).isZero();
      for (DisturbedSession session : sessions) {
        for (SealedWriter writer : session.writers) {
          assertThat(stored.sealedSeqs(session, writer.number))
              .as("session " + session.session + " of seed " + session.seed)
              .containsExactlyElementsOf(writer.stored().keySet());
        }
      }
    }
  }

  private Map<UUID, String> exports(
      List<DisturbedSession> sessions, TrainingServers servers, TrainingNodes nodes)
      throws Exception {
    Map<UUID, String> exports = new HashMap<>();
    for (DisturbedSession session : sessions) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodes.port()
              + "/v1/trainings/" + session.session + "/export?format=json"))
          .header("Authorization", "Bearer " + servers.athleteToken(session.athlete))
          .timeout(PATIENCE)
          .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      exports.put(session.session, answer.body());
    }
    return exports;
  }

  /** Devices that never heard of their acknowledgement; and one that lies about what it sent. */
  private static void sentAgain_isKnown(
      List<DisturbedSession> sessions,
      TrainingServers servers,
      StandInIngest ingest,
      TrainingGroup group)
      throws Exception {
    DisturbedSession liar = sessions.get(0);
    SealedWriter writer = liar.writers.get(0);
    ingest.send(liar, new DisturbedSession.Delivery(writer, 3, true, writer.forgery(3)));
    for (DisturbedSession session : sessions) {
      session.deliveries.forEach(one -> ingest.send(session, one));
    }
    ingest.flush();
    group.untilConsumed();
    try (Connection connection = servers.connectAgain(PATIENCE)) {
      StoredTruth stored = new StoredTruth(connection);
      assertThat(stored.number("SELECT count(*) FROM chunk")).isZero();
      assertThat(stored.number("SELECT count(*) FROM refusal")).isEqualTo(1);
      assertThat(stored.number("SELECT count(*) FROM training_revision WHERE revision > 1"))
          .isZero();
    }
  }
}
