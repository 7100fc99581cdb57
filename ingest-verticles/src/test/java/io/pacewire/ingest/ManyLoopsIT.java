package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.DeviceTopics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** More than one event loop for the doors, as on a machine with many cores. */
@ExtendWith(RealServers.class)
class ManyLoopsIT {
  private static final int LOOPS = 3;
  private static final int REQUESTS = 4 * HeldBodies.MOST_A_DEVICE;
  private static final int TAKEN_OVER = 0x8E;

  private final UUID athlete = UUID.randomUUID();

  @Test
  void connections_areSharedOut_andEachIsAnswered(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", LOOPS));
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * LOOPS; i++) {
        RawClient client =
            bed.client().connected(new Connect(bed.token(athlete, UUID.randomUUID())));
        clients.add(client);
        UUID session = UUID.randomUUID();
        client.publish(1, 7, DeviceTopics.batches(session), MqttBed.batch(session, 0));
        assertThat(RawClient.packetId(client.next())).isEqualTo(7);
      }
      for (int loop = 1; loop <= LOOPS; loop++) {
        Counter acked = Metrics.of(bed.vertx)
            .get("pacewire.ingest.acked")
            .tag("loop", LoopMeters.name("mqtt", loop))
            .counter();
        await().until(acked::count, count -> count == 2);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
      bed.close();
    }
  }

  /** Who comes while keys are fetched stays on its event loop: {@code accept} asserts that. */
  @Test
  void whoWaitsForTheSameKeys_isLetIn_onItsOwnLoop(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", LOOPS));
    Promise<Void> keys = Promise.promise();
    bed.keysAfter(keys.future());
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 4 * LOOPS; i++) {
        RawClient client = bed.client();
        clients.add(client);
        client.send(new Connect(bed.token(athlete, UUID.randomUUID())).message());
      }
      await().until(() -> bed.keysAsked() == 1);
      keys.complete();
      for (RawClient client : clients) {
        assertThat(client.next())
            .isInstanceOfSatisfying(
                MqttConnAckMessage.class,
                answer -> assertThat(answer.variableHeader().connectReturnCode().byteValue())
                    .isZero());
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
      bed.close();
    }
  }

  /** Wherever its connections come to be. */
  @Test
  void aClientThatConnectsAgain_takesOver_fromAnotherLoop(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", LOOPS));
    UUID device = UUID.randomUUID();
    try {
      RawClient before = bed.client().connected(new Connect(bed.token(athlete, device)));
      for (int i = 0; i < LOOPS; i++) {
        RawClient next = bed.client().connected(new Connect(bed.token(athlete, device)));
        assertThat(RawClient.reason(before.next())).isEqualTo(TAKEN_OVER);
        before.close();
        before = next;
      }
      before.close();
    } finally {
      bed.close();
    }
  }

  /** On whichever event loop each of them is. */
  @Test
  void requestsOfADevice_areCountedForTheNode(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, Map.of("ingest.loops", LOOPS));
    String token = ingest.token(athlete, UUID.randomUUID());
    HttpClient client = ingest.vertx.createHttpClient(
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false),
        new PoolOptions().setHttp1MaxSize(REQUESTS));
    List<Integer> answers = new CopyOnWriteArrayList<>();
    try {
      for (int i = 0; i < REQUESTS; i++) {
        HttpClientRequest one = Await.get(client.request(
            HttpMethod.POST, ingest.verticle.streamPort(), "localhost", BatchRoute.PATH));
        Future<?> unused = one.response().onSuccess(answer -> answers.add(answer.statusCode()));
        Await.get(one.putHeader("Authorization", "Bearer " + token)
            .putHeader("Content-Type", "application/json")
            .putHeader("Content-Length", "300")
            .write("{"));
      }
      await()
          .untilAsserted(() ->
              assertThat(answers).hasSize(REQUESTS - HeldBodies.MOST_A_DEVICE).containsOnly(429));
      Await.get(client.close()); // held until here: Vert.x closes one that nobody holds
    } finally {
      ingest.close();
    }
  }
}
