package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Devices that ask all the time what is stored, and believe it: they may free it then. */
final class LedgerAsker {
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);
  private static final long EVERY_MS = 50;

  private final TrainingServers servers;
  private final TrainingNodes nodes;
  private final DisturbedDevices devices;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(ANSWERED_WITHIN).build();
  private final Map<SealedWriter, Set<Integer>> believed = new HashMap<>();
  private final Random random = new Random();
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private volatile @Nullable Throwable failure;

  LedgerAsker(TrainingServers servers, TrainingNodes nodes, DisturbedDevices devices) {
    this.servers = servers;
    this.nodes = nodes;
    this.devices = devices;
  }

  void start() {
    var unused = turns.scheduleWithFixedDelay(this::ask, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** What devices were told is stored; to be asked when it was stopped. */
  Map<SealedWriter, Set<Integer>> believed() {
    return believed;
  }

  private void ask() {
    List<DisturbedSession> sessions = devices.sessions();
    if (!sessions.isEmpty()) {
      ask(sessions.get(random.nextInt(sessions.size())));
    }
  }

  private void ask(DisturbedSession session) {
    SealedWriter writer = session.writers.get(random.nextInt(session.writers.size()));
    try {
      HttpResponse<String> answer = client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodes.port() + "/v1/sessions/"
                  + session.session + "/ledger?writer=" + writer.number))
              .header("Authorization", "Bearer " + servers.token(session.athlete, session.device))
              .timeout(ANSWERED_WITHIN)
              .build(),
          HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        believe(writer, new JsonObject(answer.body()).getJsonArray("stored"));
      }
    } catch (IOException | DecodeException away) {
      // Killed or frozen: a device asks again, and so does this one.
    } catch (Exception e) {
      failure = e;
    }
  }

  private void believe(SealedWriter writer, JsonArray ranges) {
    Set<Integer> seqs = believed.computeIfAbsent(writer, first -> new HashSet<>());
    for (int i = 0; i < ranges.size(); i++) {
      JsonArray range = ranges.getJsonArray(i);
      for (int seq = range.getInteger(0); seq <= range.getInteger(1); seq++) {
        seqs.add(seq);
      }
    }
  }

  /** Returns when the last answer has come. */
  void stop() throws InterruptedException {
    turns.shutdown();
    assertThat(turns.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(failure).isNull();
  }
}
