package io.pacewire.training;

import static io.pacewire.training.RecordedRun.START_MS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SessionIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A recording of more points than are in memory at once is whole, whatever is asked of it. */
class LongTrainingIT extends TrainingDatabase {
  private static final int BATCHES = 1_000;
  private static final int FIXES_A_BATCH = 400;
  private static final int FIXES = BATCHES * FIXES_A_BATCH;
  private static final long STEP_MS = 100;
  private static final long LAST_MS = START_MS + (FIXES - 1) * STEP_MS;
  private static final double STEP_M = 0.3;
  private static final int NONE = SampleBatch.ABSENT;

  private final UUID athlete = UUID.randomUUID();
  private final UUID session = SessionIds.next(START_MS, new Random());

  @Test
  void exportStreamAndMap_goOnToTheEnd() throws Exception {
    TrainingCore core = new TrainingCore(vertx, pool);
    for (int seq = 0; seq < BATCHES; seq += 100) {
      core.apply(records(seq));
    }
    ApiServer server = new ApiServer(vertx, core);
    try {
      String uri = "/v1/trainings/" + session;
      JsonObject training = ApiServer.json(server.get(athlete, uri));
      double distanceM = training.getJsonObject("figures").getDouble("distanceM");
      assertThat(distanceM).isCloseTo((FIXES - 1) * STEP_M, within(0.02 * FIXES * STEP_M));
      assertThat(training.getLong("pointsApartMs")).isEqualTo(600);
      JsonArray efforts = training.getJsonArray("bestEfforts");
      JsonObject longest = efforts.getJsonObject(efforts.size() - 1);
      assertThat(longest.getDouble("lengthM")).isEqualTo(100_000);
      assertThat(longest.getDouble("elapsedS")).isCloseTo(33_333, within(400.0));

      JsonObject columns = ApiServer.json(
              server.get(athlete, uri + "/streams?columns=time,distance"))
          .getJsonObject("columns");
      JsonArray at = columns.getJsonArray("atMs");
      assertThat(at.getLong(at.size() - 1)).isEqualTo(LAST_MS);
      JsonArray way = columns.getJsonArray("distanceM");
      assertThat(way.getDouble(way.size() - 1)).isCloseTo(distanceM, within(0.5));

      JsonArray stretches = ApiServer.json(
              server.get(athlete, uri + "/geometry?zoom=10&format=polyline"))
          .getJsonArray("stretches");
      assertThat(stretches.getJsonObject(stretches.size() - 1).getLong("toAtMs"))
          .isEqualTo(LAST_MS);

      String[] rows =
          new String(server.get(athlete, uri + "/export?format=csv").body(), UTF_8).split("\\R");
      assertThat(rows).hasSize(FIXES + 1);
      int distance = List.of(rows[0].split(",", -1)).indexOf("distance_m");
      double before = 0;
      for (int row = 1; row <= FIXES; row += 1_000) {
        double so = Double.parseDouble(rows[row].split(",", -1)[distance]);
        assertThat(so).as("in row %d", row).isCloseTo((row - 1) * STEP_M, within(0.03 * so + 20));
        assertThat(row == 1 || so > before).isTrue();
        before = so;
      }
      assertThat(Double.parseDouble(rows[FIXES].split(",", -1)[distance]))
          .isCloseTo(distanceM, within(0.5));
    } finally {
      server.close();
    }
  }

  private List<TelemetryRecord> records(int fromSeq) {
    List<TelemetryRecord> records = new ArrayList<>();
    for (int seq = fromSeq; seq < fromSeq + 100; seq++) {
      records.add(record(seq));
    }
    return records;
  }

  private TelemetryRecord record(int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, seq);
    if (seq == 0) {
      batch.addMark(Mark.start(START_MS, 0, "run", "Europe/Berlin", 7_200, "Phone", "1.0", 1));
    }
    for (int i = 0; i < FIXES_A_BATCH; i++) {
      int number = seq * FIXES_A_BATCH + i;
      long ms = number * STEP_MS;
      batch
          .fixes()
          .add(
              START_MS + ms,
              ms,
              523_000_000 + number * 27,
              134_000_000,
              NONE,
              400,
              NONE,
              NONE,
              NONE);
    }
    if (seq == BATCHES - 1) {
      batch.addMark(Mark.finish(LAST_MS, LAST_MS - START_MS, BATCHES));
    }
    long receivedAtMs = batch.lastAtEpochMs() + 500;
    byte[] bytes = BatchCodec.encode(batch);
    String sequence = Integer.toString(seq);
    return new TelemetryRecords().parse(0, athlete.toString(), bytes, name -> switch (name) {
      case "session" -> session.toString();
      case "writer" -> "0";
      case "seq" -> sequence;
      case "device" -> athlete.toString();
      case "received-at", "sent-at" -> Long.toString(receivedAtMs);
      default -> null;
    });
  }
}
