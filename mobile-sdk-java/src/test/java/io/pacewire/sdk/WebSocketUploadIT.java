package io.pacewire.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.sdk.internal.UploadSettings;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SDK against a real WebSocket server that does what servers and networks do. */
@Timeout(60)
class WebSocketUploadIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final TestPlatform platform = new TestPlatform();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicInteger tokensMade = new AtomicInteger();
  private TestStream stream;

  @BeforeEach
  void startServer() {
    stream = new TestStream(vertx, platform, new HttpServerOptions());
  }

  @AfterEach
  void stopAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    stream.close();
    TestServers.await(vertx.close());
  }

  @Test
  void finishedSession_reachesThePlatformWhole_andFreesTheDevice() throws Exception {
    PacewireClient client = open(builder(), settings());
    RecordingSession session = client.start(run());
    record(session, 0, 40);
    session.lap();
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    await()
        .atMost(PATIENCE)
        .until(
            () -> session.uploadState().batchesAcked() == session.uploadState().batchesSealed());
    UploadState state = session.uploadState();
    assertThat(state.complete()).isTrue();
    assertThat(state.bytesWaiting()).isZero();
    assertThat(state.batchesStored()).isEqualTo(state.batchesSealed()).isPositive();
    assertThat(state.batchesAcked()).isEqualTo(state.batchesSealed());
    assertThat(state.batchesSent()).isEqualTo(state.batchesSealed());
    assertThat(state.samplesStored()).isEqualTo(40 * 3 + 3);
    assertThat(fixes(session)).isEqualTo(40);
    List<SampleBatch> batches = platform.batches(session.sessionId());
    Mark finish = last(batches.get(batches.size() - 1).marks());
    assertThat(finish.kind()).isEqualTo(Mark.Kind.FINISH);
    assertThat(finish.batchCount()).isEqualTo(batches.size());
    assertThat(batches.get(0).marks().get(0).kind()).isEqualTo(Mark.Kind.START);
  }

  @Test
  void connectionsThatBreak_loseNothing_andResendOnlyWhatTheLedgerDoesNotName() throws Exception {
    UploadSettings settings = settings();
    settings.ledgerPatienceMs(10_000); // however late the ledger is, nothing goes before it
    PacewireClient client = open(builder(), settings);
    RecordingSession session = client.start(run());
    AtomicInteger recorded = new AtomicInteger();
    for (int round = 0; round < 5; round++) {
      platform.dropAfter.set(1);
      await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(() -> {
        record(session, recorded.getAndIncrement(), 1);
        return platform.dropAfter.get() < 0;
      });
    }
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.isWhole(session.sessionId())).isTrue();
    assertThat(platform.contentConflicts).hasValue(0);
    assertThat(platform.arrivals.get(session.sessionId())).doesNotHaveDuplicates();
    assertThat(platform.connections.get()).isGreaterThan(5);
    assertThat(fixes(session)).isEqualTo(recorded.get());
  }

  @Test
  void lostAcknowledgements_areMadeUpByReconnectingAndAsking() throws Exception {
    platform.answering = false;
    UploadSettings settings = settings();
    settings.ackTimeoutMs(300);
    PacewireClient client = open(builder(), settings);
    RecordingSession session = client.start(run());
    record(session, 0, 5);
    session.finish();
    await().atMost(PATIENCE).until(() -> platform.connections.get() >= 2);
    platform.answering = true;

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.contentConflicts).hasValue(0);
  }

  @Test
  void refusedBatch_isSetAsideAndNeverSentAgain() throws Exception {
    platform.refuse.put(0, "malformed");
    List<String> refused = new CopyOnWriteArrayList<>();
    AtomicReference<UploadState> told = new AtomicReference<>();
    PacewireClient.Builder builder = builder().listener(new UploadListener() {
      @Override
      public void batchRefused(UUID sessionId, int seq, String reason) {
        refused.add(seq + " " + reason);
      }

      @Override
      public void sessionStored(UUID sessionId, UploadState state) {
        told.set(state);
      }
    });
    PacewireClient client = open(builder, settings());
    RecordingSession session = client.start(run());
    record(session, 0, 3);
    await().atMost(PATIENCE).until(() -> session.uploadState().batchesRefused() == 1);
    record(session, 3, 3);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    await().atMost(PATIENCE).until(() -> told.get() != null);
    assertThat(refused).containsExactly("0 malformed");
    assertThat(told.get().refusals()).containsEntry("malformed", 1);
    assertThat(told.get().batchesStored()).isEqualTo(told.get().batchesSealed() - 1);
    assertThat(platform.arrivals.get(session.sessionId())).containsOnlyOnce(0);
  }

  @Test
  void deferredBatches_areSentAgainAWhileLater_onTheSameConnection() throws Exception {
    platform.defer.set(3);
    PacewireClient client = open(builder(), settings());
    RecordingSession session = client.start(run());
    record(session, 0, 40);
    session.finish();
    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.defer.get()).isZero();
    assertThat(platform.isWhole(session.sessionId())).isTrue();
    assertThat(platform.connections.get()).isEqualTo(1);
  }

  @Test
  void acknowledgedButNotStored_isKept_andSentAgainWhenThePlatformLostIt() throws Exception {
    platform.storing = false;
    UploadSettings settings = settings();
    settings.storedTimeoutMs(300);
    PacewireClient client = open(builder(), settings);
    RecordingSession session = client.start(run());
    record(session, 0, 5);
    session.finish();
    assertThat(session.flush(PATIENCE)).as("what is sealed is final").isTrue();
    await()
        .atMost(PATIENCE)
        .until(
            () -> session.uploadState().batchesAcked() == session.uploadState().batchesSealed());
    assertThat(session.uploadState().bytesWaiting()).isPositive();
    assertThat(session.uploadState().batchesStored()).isZero();
    platform.loseEverything();
    platform.storing = true;

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.isWhole(session.sessionId())).isTrue();
    assertThat(fixes(session)).isEqualTo(5);
  }

  @Test
  void offlineRecording_isUploadedByTheNextRunOfTheApp() throws Exception {
    stream.stop();
    PacewireClient first = open(builder(), settings());
    RecordingSession recording = first.start(run());
    record(recording, 0, 20);
    assertThat(recording.flush(PATIENCE)).isTrue();
    first.close();

    stream.start();
    PacewireClient second = open(builder(), settings());
    assertThat(second.openSessions())
        .singleElement()
        .satisfies(open -> assertThat(open.sport()).isEqualTo("run"));
    await().atMost(PATIENCE).until(() -> platform.count(recording.sessionId()) > 0);
    RecordingSession resumed = second.resume(recording.sessionId());
    record(resumed, 20, 5);
    resumed.finish();

    assertThat(resumed.awaitStored(PATIENCE)).isTrue();
    assertThat(fixes(resumed)).isEqualTo(25);
    assertThat(second.openSessions()).isEmpty();
  }

  @Test
  void platformThatGoesAndComesBack_getsEverything_withoutTheAppDoingAnything() throws Exception {
    PacewireClient client = open(builder(), settings());
    RecordingSession session = client.start(run());
    for (int outage = 0; outage < 3; outage++) {
      record(session, outage * 100, 50);
      int before = session.uploadState().batchesStored();
      await().atMost(PATIENCE).until(() -> session.uploadState().batchesStored() > before);
      stream.stop();
      record(session, outage * 100 + 50, 50);
      await().atMost(PATIENCE).until(() -> !session.uploadState().connected());
      stream.start();
    }
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(fixes(session)).isEqualTo(300);
    assertThat(platform.isWhole(session.sessionId())).isTrue();
    assertThat(platform.contentConflicts).hasValue(0);
  }

  @Test
  void virtualClock_stampsReadingsAndSendings() throws Exception {
    Clock then = Clock.fixed(Instant.parse("2019-05-04T10:00:00Z"), ZoneOffset.UTC);
    PacewireClient client = open(builder().clock(then), settings());
    RecordingSession session = client.start(run());
    session.addHeartRate(130);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    SampleBatch first = platform.batches(session.sessionId()).get(0);
    assertThat(first.marks().get(0).atEpochMs()).isEqualTo(then.millis());
    assertThat(first.installEpoch()).isGreaterThan(1);
    assertThat(platform.sentAt).containsOnly(then.millis());
  }

  /** A second each, where what is recorded is sealed at once. */
  private static void recordBatches(RecordingSession session, int count) {
    for (int i = 0; i < count; i++) {
      int more = i + 1;
      record(session, i, 1);
      await().atMost(PATIENCE).until(() -> session.uploadState().batchesSealed() >= more);
    }
  }

  @Test
  void whoLeavesAValley_isVisibleBeforeTheBacklogIsDrained() throws Exception {
    stream.stop();
    UploadSettings settings = settings();
    settings.offlineSealMs(1);
    PacewireClient client = open(builder(), settings);
    RecordingSession session = client.start(run());
    recordBatches(session, 12);
    int backlog = session.uploadState().batchesSealed();
    stream.start();
    client.networkAvailable();
    await().atMost(PATIENCE).until(() -> platform.count(session.sessionId()) >= backlog);

    List<Integer> arrivals = List.copyOf(platform.arrivals.get(session.sessionId()));
    assertThat(arrivals.get(0)).as("newest first").isGreaterThanOrEqualTo(backlog - 1);
    assertThat(arrivals.subList(0, 6)).as("then the oldest").contains(0, 1);
  }

  /** What waits in the journal is newer than all that is sealed. */
  @Test
  void whatIsNotSealedWhenTheConnectionIsBack_goesBeforeTheBacklog() throws Exception {
    stream.stop();
    UploadSettings hasty = settings();
    hasty.offlineSealMs(1);
    PacewireClient before = open(builder(), hasty);
    RecordingSession session = before.start(run());
    recordBatches(session, 12);
    before.close();

    PacewireClient client = open(builder(), settings());
    RecordingSession resumed = client.resume(session.sessionId());
    record(resumed, 12, 1);
    assertThat(resumed.flush(PATIENCE)).isTrue();
    int backlog = resumed.uploadState().batchesSealed();
    stream.start();
    client.networkAvailable();
    await().atMost(PATIENCE).until(() -> platform.count(session.sessionId()) > backlog);
    assertThat(platform.arrivals.get(session.sessionId()).get(0)).isEqualTo(backlog);
  }

  @Test
  void token_isRenewedOnTheOpenConnectionAheadOfItsEnd() throws Exception {
    PacewireClient client = open(builder().tokens(() -> token(2)), settings());
    RecordingSession session = client.start(run());
    await().atMost(PATIENCE).until(() -> platform.renewals.size() >= 2);
    record(session, 0, 2);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.connections).hasValue(1);
    assertThat(platform.renewals).doesNotHaveDuplicates();
  }

  @Test
  void platformWarningThatTheTokenExpires_bringsANewOne() throws Exception {
    PacewireClient client = open(builder(), settings());
    RecordingSession session = client.start(run());
    record(session, 0, 1);
    await().atMost(PATIENCE).until(() -> platform.count(session.sessionId()) > 0);
    stream.push(ServerFrame.warning("token-expires", 0));

    await().atMost(PATIENCE).until(() -> platform.renewals.size() == 1);
  }

  @Test
  void refusedToken_isReplaced_andFailureIsReportedNotThrown() throws Exception {
    stream.accepts = token -> !token.contains("-1.") && !token.contains("-2.");
    AtomicInteger asked = new AtomicInteger();
    TokenSource source = () -> {
      if (asked.incrementAndGet() == 2) {
        throw new IllegalStateException("the identity service is away");
      }
      return token(600);
    };
    List<String> errors = new CopyOnWriteArrayList<>();
    UploadListener listener = new UploadListener() {
      @Override
      public void connectionChanged(boolean connected, String error) {
        if (error != null) {
          errors.add(error);
        }
      }
    };
    PacewireClient client = open(builder().tokens(source).listener(listener), settings());
    RecordingSession session = client.start(run());
    record(session, 0, 2);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(client.uploadState().lastError()).isNull();
    assertThat(errors).hasSize(3);
    assertThat(errors.get(0)).contains("token").contains("401");
    assertThat(errors.get(1)).contains("the identity service is away");
    assertThat(platform.tokens).doesNotHaveDuplicates();
  }

  @Test
  void rangesForAnotherSessionOrWriterOrOfBatchesNeverSent_freeNothing() throws Exception {
    platform.storing = false;
    PacewireClient client = open(builder(), settings());
    RecordingSession session = client.start(run());
    record(session, 0, 3);
    await().atMost(PATIENCE).until(() -> session.uploadState().batchesAcked() > 0);
    LedgerEntry otherSession = new LedgerEntry(new UUID(1, 1), 0);
    LedgerEntry otherWriter = new LedgerEntry(session.sessionId(), 1);
    otherSession.stored().add(0, 1_000);
    otherWriter.stored().add(0, 1_000);
    stream.push(ServerFrame.of(List.of(otherSession, otherWriter), 0));
    int before = platform.count(session.sessionId());
    record(session, 3, 1);
    await().atMost(PATIENCE).until(() -> platform.count(session.sessionId()) > before);

    assertThat(session.uploadState().batchesStored()).isZero();
    assertThat(session.uploadState().bytesWaiting()).isPositive();
  }

  @Test
  void platformLimits_areKept() throws Exception {
    platform.maxBatchBytes = 2_048;
    platform.window = 2;
    PacewireClient client = open(builder(), settings());
    RecordingSession session = client.start(run());
    record(session, 0, 1);
    await().atMost(PATIENCE).until(() -> platform.count(session.sessionId()) > 0);
    record(session, 1, 300);
    session.finish();

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(platform.taken.get(session.sessionId()).values())
        .allSatisfy(bytes -> assertThat(bytes.length).isLessThanOrEqualTo(2_048));
    assertThat(fixes(session)).isEqualTo(301);
  }

  @Test
  void tls_needsTheAddedAuthority() throws Exception {
    PfxOptions key = TestServers.makeKey(folder);
    TestStream secure = new TestStream(
        vertx, platform, new HttpServerOptions().setSsl(true).setKeyCertOptions(key));
    opened.add(secure);
    PacewireClient distrusting =
        open(builder().store(folder.resolve("other.db")).stream(secure.uri()), settings());
    distrusting.start(run());
    await().atMost(PATIENCE).until(() -> distrusting.uploadState().lastError() != null);
    assertThat(platform.connections).hasValue(0);

    PacewireClient client =
        open(builder().stream(secure.uri()).trust(TestServers.certificateOf(key)), settings());
    RecordingSession session = client.start(run());
    session.finish();
    assertThat(session.awaitStored(PATIENCE)).isTrue();
  }

  @Test
  void nonsenseFromSensors_isReportedAndNotRecorded() throws Exception {
    List<String> rejected = new CopyOnWriteArrayList<>();
    PacewireClient client = open(
        builder().listener(new SensorListener() {
          @Override
          public void sampleRejected(UUID sessionId, String reason) {
            rejected.add(reason);
          }
        }),
        settings());
    RecordingSession session = client.start(run());
    session.addFix(Fix.at(Double.NaN, 37));
    session.addFix(Fix.at(55, 181));
    session.addHeartRate(999);
    session.addAcceleration(Double.POSITIVE_INFINITY, 0, 0);
    session.finish();
    session.addFix(Fix.at(55, 37));

    assertThat(session.awaitStored(PATIENCE)).isTrue();
    assertThat(session.uploadState().samplesStored()).isEqualTo(2);
    await().atMost(PATIENCE).until(() -> rejected.size() == 5);
    assertThat(rejected.get(0)).contains("latitudeDeg").contains("NaN");
  }

  private PacewireClient open(PacewireClient.Builder builder, UploadSettings settings) {
    PacewireClient client = builder.build(settings);
    opened.add(client);
    return client;
  }

  private PacewireClient.Builder builder() {
    return PacewireClient.builder().store(folder.resolve("store.db")).stream(stream.uri())
        .deviceId(new UUID(7, 7))
        .tokens(() -> token(600));
  }

  private String token(int lifetimeS) {
    return TestTokens.make(tokensMade.incrementAndGet(), lifetimeS);
  }

  private static UploadSettings settings() {
    return TestTokens.quick();
  }

  private static SessionOptions run() {
    return SessionOptions.builder()
        .sport("run")
        .timeZone(ZoneId.of("Europe/Moscow"))
        .deviceName("test")
        .appVersion("1")
        .consentVersion(1)
        .build();
  }

  private static void record(RecordingSession session, int from, int count) {
    long start = 1_700_000_000_000L;
    for (int i = from; i < from + count; i++) {
      long at = start + i * 1_000L;
      session.addFix(at, Fix.at(55.75 + i * 1e-5, 37.6).withAltitudeM(150).withAccuracyM(5));
      session.addHeartRate(at, 120 + i % 40);
      session.addAcceleration(at, 0.1, 0.2, 9.8);
    }
  }

  private int fixes(RecordingSession session) {
    return platform.fixes(session.sessionId());
  }

  private static Mark last(List<Mark> marks) {
    return marks.get(marks.size() - 1);
  }
}
