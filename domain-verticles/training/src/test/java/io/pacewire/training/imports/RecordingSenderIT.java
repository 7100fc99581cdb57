package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ActivityFormat;
import io.pacewire.activity.ActivitySample;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.BatchPublisher;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.pacewire.training.imports.DeletedTrainings.Found;
import io.pacewire.training.imports.DeletedTrainings.Restored;
import io.pacewire.training.imports.DuplicateRules.Timed;
import io.pacewire.training.imports.ImportJob.State;
import io.pacewire.training.imports.ImportedRepository.Place;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What consumers refuse has no head and never will: nobody waits for it. No consumer runs here. */
@ExtendWith(RealServers.class)
class RecordingSenderIT {
  private static final long DAY_MS = 86_400_000;

  /** Looks after which whoever waits is given up; a refusal is known by the seventh. */
  private static final int MOST_LOOKS = 15;

  private static TestSchema schema;
  private static BatchPublisher publisher;

  private final UUID athlete = UUID.randomUUID();
  private final FileReport report = new FileReport(0, "all.zip");
  private final ImportStores stores = ImportStores.in(
      schema.pool(),
      (of, training) -> Future.succeededFuture(new Restored(training, Found.RESTORED)));
  private int looks;
  private final ImportJob job = new ImportJob(
      UUID.randomUUID(),
      athlete,
      "all.zip",
      ZoneOffset.UTC,
      State.WORKING,
      0,
      0,
      0,
      null,
      1,
      null,
      false);
  private final RecordingSender sender = new RecordingSender(
      job, schema.vertx(), stores, publisher, InstantSource.system(), () -> ++looks > MOST_LOOKS);

  @BeforeAll
  static void open() throws Exception {
    try (var admin = RealServers.admin()) {
      if (!admin.listTopics().names().get().contains(EventTopics.TELEMETRY_BACKFILL)) {
        RealServers.createTopic(EventTopics.TELEMETRY_BACKFILL);
      }
    }
    schema = TestSchema.open("training");
    publisher = BatchPublisher.create(schema.vertx(), RealServers.kafka(), "test");
  }

  @AfterAll
  static void close() throws Exception {
    Await.get(publisher.close());
    schema.close();
  }

  /** Thousands, which whatever looks for what is due would come upon. */
  @AfterEach
  void endSessions() throws Exception {
    var unused = Await.get(schema
        .pool()
        .preparedQuery("DELETE FROM session_head WHERE athlete_id = $1")
        .execute(Tuple.of(athlete)));
  }

  @Test
  void whoseDevicesHaveBegunAllThatMayBe_isNotWaitedFor() throws Exception {
    send(0);
    begin("gen_random_uuid()", ImportSettings.SESSIONS_A_DAY);
    sender.settle(0);
    assertThat(outcomes()).containsExactly("refused");
    assertThat(report.reason()).contains("again tomorrow");
    UUID session = session(0);
    assertThat(Await.get(stores.imported().findPlace(athlete, session)))
        .as("else it would be a duplicate tomorrow")
        .isEmpty();
  }

  @Test
  void whereALaterRecordingWasTaken_anEarlierOneWithoutAHeadIsNotWaitedFor() throws Exception {
    send(0);
    send(1);
    begin("'" + session(1) + "'::uuid", 1);
    sender.settle(1);
    assertThat(outcomes()).containsExactly("refused", null);
    assertThat(report.activities().getJsonObject(0).getString("reason")).contains("not taken");
  }

  @Test
  void whatDevicesBeginMeanwhile_leavesLessRoom() throws Exception {
    send(0);
    begin("gen_random_uuid()", RecordingSender.MOST_A_DAY);
    for (int day = 1; day <= 40; day++) {
      send(day);
    }
    assertThat(outcomes()).last().isEqualTo("refused");
  }

  /** As whoever takes up an import of a node of the version before. */
  @Test
  void whatAnEarlierVersionHasSentTheHalfOf_isSentAsItWas() throws Exception {
    broughtBefore(new Place(job.id(), 0, 0));
    sender.send(report, tunnels());
    assertThat(outcomes()).as("is on its way").containsExactly((String) null);
    UUID now = new RecordingBatches(tunnels()).sessionId();
    assertThat(Await.get(stores.imported().findPlace(athlete, now))).isEmpty();
  }

  @Test
  void whatAnEarlierVersionImported_isRestoredWhereItWasDeleted() throws Exception {
    broughtBefore(new Place(UUID.randomUUID(), 0, 0));
    sender.send(report, tunnels());
    assertThat(outcomes()).containsExactly("imported");
    assertThat(report.reason()).contains("is restored");
  }

  private void broughtBefore(Place place) throws Exception {
    RecordingBatches former = new RecordingBatches(tunnels()).former();
    assertThat(former).isNotNull();
    Timed brought = new Timed(former.sessionId(), "ride", former.startAtMs(), former.endAtMs());
    Await.get(stores.imported().insert(athlete, brought, place));
  }

  private static Recording tunnels() {
    FileTapes file = RecordingBatchesTest.tunnels();
    file.end();
    return RecordingRules.cut(file.tapes().get(0), "", ZoneOffset.UTC).get(0);
  }

  private void send(int day) {
    sender.send(report, recording(day));
  }

  private static UUID session(int day) {
    return new RecordingBatches(recording(day)).sessionId();
  }

  private List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    report.activities().forEach(one -> outcomes.add(((JsonObject) one).getString("outcome")));
    return outcomes;
  }

  private void begin(String sessionId, int count) throws Exception {
    long nowMs = System.currentTimeMillis();
    var unused = Await.get(schema
        .pool()
        .query("INSERT INTO session_head (athlete_id, session_id, bucket, algorithm_version,"
            + " clock_offset_ms, device_id, kafka_partition, first_received_at_ms,"
            + " last_received_at_ms, state)"
            + " SELECT '" + athlete + "', " + sessionId + ", '2026-01-01', 1, 0,"
            + " gen_random_uuid(), 0, " + nowMs + ", " + nowMs + ", 0"
            + " FROM generate_series(1, " + count + ")")
        .execute());
  }

  private static Recording recording(int day) {
    double none = Double.NaN;
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.FIT);
    file.sport("run");
    for (int i = 0; i < 60; i++) {
      long at = MadeFiles.START_MS + day * DAY_MS + i * 1_000L;
      file.sample(new ActivitySample(
          at, 52 + i * 1e-5, 13, 40, none, 140, none, -1, none, none, none, none));
    }
    file.end();
    return RecordingRules.cut(file.tapes().get(0), "", ZoneOffset.UTC).get(0);
  }
}
