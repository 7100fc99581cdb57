package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.stack.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wills of one event loop, against Kafka's own stand-in for a producer; there is no Redis. */
class WillTellerTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final WaitingWills waiting = new WaitingWills(vertx::cancelTimer);
  private final ConnectionOwners owners = ConnectionOwners.create(vertx);
  private final Device device = new Device(UUID.randomUUID(), UUID.randomUUID(), "public", 0, 0);
  private final WillTeller wills = new WillTeller(services());

  private MqttServices services() {
    Revocations revocations = Revocations.create(vertx, new KafkaSettings("127.0.0.1:1"));
    PresencePublisher presences =
        new PresencePublisher(new PublishLoop(context, kafka, 1_000_000), InstantSource.system());
    return new MqttServices(
        context,
        null,
        new DeviceTokens(null, revocations, null, null),
        null,
        presences,
        null,
        waiting,
        new WillStore(null),
        null,
        null,
        new MqttSessionStore(null, InstantSource.system()),
        null,
        null,
        null,
        owners,
        null,
        InstantSource.system());
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  /** A client with a session of 10 s goes. */
  private void left(String text, long delayS) throws Exception {
    ConnectionOwners.Claim claim = Await.get(owners.claim(device.client("hub"), () -> {}));
    claim.release();
    MqttSession session = new MqttSession(device.deviceId(), "hub", 10, claim);
    Presence will = new Presence(device, device.deviceId(), true, text.getBytes(UTF_8));
    onLoop(() -> {
      wills.left(session, will, System.nanoTime(), delayS);
      return Future.succeededFuture();
    });
  }

  private void onLoop(Supplier<Future<Void>> turn) throws Exception {
    Promise<Void> done = Promise.promise();
    context.runOnContext(now -> turn.get().onComplete(done));
    Await.get(done.future());
  }

  /** Two turns: acknowledgements are drained in one of their own. */
  private void settled() throws Exception {
    for (int turn = 0; turn < 2; turn++) {
      onLoop(Future::succeededFuture);
    }
  }

  @Test
  void whatKafkaDoesNotTake_waitsToBeToldAgain() throws Exception {
    left("gone", 0);
    assertThat(kafka.history()).hasSize(1);
    assertThat(waiting.bytes()).isZero();
    assertThat(kafka.errorNext(new TimeoutException("away"))).isTrue();
    settled();
    assertThat(waiting.bytes()).isPositive();
    onLoop(wills::leaveAll);
    assertThat(kafka.history()).as("without a Redis to leave it to").hasSize(2);
    assertThat(kafka.completeNext()).isTrue();
    settled();
    assertThat(waiting.bytes()).isZero();
  }

  @Test
  void whatWaits_isToldAtOnce_whenTheClientStartsClean_andNotWhenItGoesOn() throws Exception {
    for (boolean clean : new boolean[] {false, true}) {
      left(clean ? "gone" : "never away", 5);
      assertThat(waiting.bytes()).isPositive();
      onLoop(() -> {
        wills.cameBack(device.client("hub"), clean);
        return Future.succeededFuture();
      });
      assertThat(waiting.bytes()).isZero();
    }
    assertThat(kafka.history())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("gone");
  }
}
