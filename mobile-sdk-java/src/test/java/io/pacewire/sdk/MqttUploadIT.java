package io.pacewire.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.sdk.internal.UploadSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SDK against a real MQTT server with TLS, in both versions of the protocol. */
@Timeout(60)
class MqttUploadIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final UUID DEVICE = new UUID(7, 7);

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final TestPlatform platform = new TestPlatform();
  private final AtomicInteger tokensMade = new AtomicInteger();
  private TestBroker broker;
  private byte[] authority;
  private PacewireClient client;

  @BeforeEach
  void startServer() throws Exception {
    PfxOptions key = TestServers.makeKey(folder);
    authority = TestServers.certificateOf(key);
    broker = new TestBroker(vertx, platform, DEVICE, key);
  }

  @AfterEach
  void stopAll() {
    client.close();
    broker.close();
    TestServers.await(vertx.close());
  }

  @ParameterizedTest
  @EnumSource
  void session_reachesThePlatformWhole_overBreakingConnections(MqttVersion version)
      throws Exception {
    client = open(version, 600, TestTokens.quick());
    RecordingSession session =
        client.start(SessionOptions.builder().sport("ride").build());
    AtomicInteger recorded = new AtomicInteger();
    for (int round = 0; round < 3; round++) {
      platform.dropAfter.set(1);
      await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(() -> {
        long at = 1_700_000_000_000L + recorded.getAndIncrement() * 1_000L;
        session.addFix(at, Fix.at(55, 37));
        return platform.dropAfter.get() < 0;
      });
    }
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.isWhole(session.sessionId())).isTrue();
    assertThat(platform.contentConflicts).hasValue(0);
    assertThat(platform.fixes(session.sessionId())).isEqualTo(recorded.get());
    assertThat(session.uploadState().bytesWaiting()).isZero();
    assertThat(broker.versions).containsOnly(version == MqttVersion.V5 ? 5 : 4);
  }

  @ParameterizedTest
  @EnumSource
  void token_isRenewedByConnectingAnew(MqttVersion version) throws Exception {
    client = open(version, 1, TestTokens.quick());
    RecordingSession session = client.start(SessionOptions.builder().build());
    await().atMost(PATIENCE).until(() -> platform.connections.get() >= 3);
    session.addHeartRate(120);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.tokens).doesNotHaveDuplicates();
    assertThat(session.uploadState().lastError()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void refusedToken_isReplaced(MqttVersion version) throws Exception {
    broker.accepts = token -> !token.startsWith("t-1.");
    client = open(version, 600, TestTokens.quick());
    RecordingSession session = client.start(SessionOptions.builder().build());
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.tokens).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void deferredBatches_areSentAgain_onTheSameConnection() throws Exception {
    platform.defer.set(2);
    client = open(MqttVersion.V5, 600, TestTokens.quick());
    RecordingSession session = client.start(SessionOptions.builder().build());
    session.addHeartRate(120);
    session.finish();
    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.defer.get()).isZero();
    assertThat(platform.isWhole(session.sessionId())).isTrue();
    assertThat(platform.connections.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgedIsNotStored(MqttVersion version) throws Exception {
    platform.answering = false;
    UploadSettings settings = TestTokens.quick();
    settings.storedTimeoutMs(400);
    client = open(version, 600, settings);
    RecordingSession session = client.start(SessionOptions.builder().build());
    session.addHeartRate(120);
    session.finish();
    await().atMost(PATIENCE).until(() -> session.uploadState().batchesAcked() > 0);
    assertThat(session.uploadState().batchesStored()).isZero();
    assertThat(session.uploadState().bytesWaiting()).isPositive();
    platform.answering = true;

    assertThat(session.awaitStored(PATIENCE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void refusedBatch_isSetAside_onTheSameConnection(MqttVersion version) throws Exception {
    platform.refuse.put(0, "hash-mismatch");
    client = open(version, 600, TestTokens.quick());
    RecordingSession session = client.start(SessionOptions.builder().build());
    await().atMost(PATIENCE).until(() -> session.uploadState().batchesRefused() == 1);
    session.addHeartRate(120);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(session.uploadState().refusals()).containsEntry("hash-mismatch", 1);
    assertThat(platform.arrivals.get(session.sessionId())).containsOnlyOnce(0);
    assertThat(platform.connections).hasValue(1);
  }

  private PacewireClient open(MqttVersion version, int lifetimeS, UploadSettings settings) {
    return PacewireClient.builder()
        .store(folder.resolve("store.db"))
        .mqtt("127.0.0.1", broker.port(), version)
        .deviceId(DEVICE)
        .trust(authority)
        .tokens(() -> TestTokens.make(tokensMade.incrementAndGet(), lifetimeS))
        .build(settings);
  }
}
