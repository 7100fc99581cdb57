package io.pacewire.training;

import static io.pacewire.training.RecordedRun.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ActivityArchive;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ArchiveFile;
import io.pacewire.activity.ArchiveLimits;
import io.pacewire.activity.ArchiveReport;
import io.pacewire.activity.ArchiveSink;
import io.pacewire.activity.RecordedActivity;
import io.pacewire.activity.RecordedActivity.TimerAction;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trainings as files, whatever they are made of. */
@ExtendWith(RealServers.class)
class ExportRoutesIT {
  private static Vertx vertx;
  private static Pool pool;
  private static TrainingCore core;
  private static ApiServer server;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("training");
    Await.get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
    core = new TrainingCore(vertx, pool);
    server = new ApiServer(vertx, core);
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    Await.get(pool.close());
    Await.get(vertx.close());
  }

  private static HttpResponse<byte[]> export(UUID athlete, UUID training, String format)
      throws Exception {
    HttpResponse<byte[]> response =
        server.get(athlete, "/v1/trainings/" + training + "/export?format=" + format);
    assertThat(response.statusCode())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return response;
  }

  private static RecordedActivity read(byte[] content) throws Exception {
    List<RecordedActivity> all =
        RecordedActivity.readAll(new ByteArrayInputStream(content), 1_000_000);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void everyFormat_holdsEverySample() throws Exception {
    RecordedRun run = RecordedRun.of(120);
    core.apply(run.all());
    double distanceM = core.written(run).figures().getDouble("distanceM");
    for (String format : List.of("fit", "tcx", "gpx")) {
      HttpResponse<byte[]> response = export(run.athlete, run.session, format);
      RecordedActivity read = read(response.body());
      assertThat(read.samples()).as(format).hasSize(1_200);
      assertThat(read.sport()).isEqualTo("run");
      assertThat(read.samples()).as(format).allMatch(ActivitySample::hasPosition);
      assertThat(read.samples()).as(format).allMatch(one -> one.heartRateBpm() >= 140);
      assertThat(read.samples().get(0).atEpochMs()).isEqualTo(START_MS);
      if (!format.equals("gpx")) {
        assertThat(read.samples().get(1_199).deviceDistanceM())
            .isCloseTo(distanceM, org.assertj.core.api.Assertions.within(0.05));
      }
      assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
          .matches("attachment; filename=\"2026-.*Z-run." + format + "\"");
    }
    for (String format : List.of("csv", "json", "geojson")) {
      String text =
          new String(export(run.athlete, run.session, format).body(), StandardCharsets.UTF_8);
      assertThat(text.split("52[.]3", -1)).as(format).hasSizeGreaterThanOrEqualTo(1_200);
    }
  }

  @Test
  void aRevisionThatIsKnown_isNotSentAgain_andWhatIsAnothers_isNotThere() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    core.apply(run.all());
    String uri = "/v1/trainings/" + run.session + "/export";
    String tag = server.get(run.athlete, uri).headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(run.athlete, uri, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(server.get(UUID.randomUUID(), uri).statusCode()).isEqualTo(404);
    assertThat(server.get(run.athlete, uri + "?format=doc").statusCode()).isEqualTo(400);
  }

  @Test
  void whatWasCropped_isLeftOut() throws Exception {
    RecordedRun run = RecordedRun.of(60);
    core.apply(run.all());
    Target target = new Target(run.athlete, run.session, null);
    Training unused = Await.get(core.edits.crop(target, START_MS + 100_000, START_MS + 200_000));
    RecordedActivity read = read(export(run.athlete, run.session, "tcx").body());
    assertThat(read.samples()).hasSize(100);
    assertThat(read.samples().get(0).atEpochMs()).isEqualTo(START_MS + 100_000);
  }

  @Test
  void whatWasMerged_isOneActivity_withAPauseBetweenItsParts() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    RecordedRun next = run.next(3_600_000, 20);
    core.apply(run.all());
    core.apply(next.all());
    Target target = new Target(run.athlete, run.session, null);
    Training unused = Await.get(core.edits.merge(target, List.of(next.session)));
    RecordedActivity read = read(export(run.athlete, run.session, "fit").body());
    assertThat(read.samples()).hasSize(400);
    assertThat(read.timerEvents().stream().filter(one -> one.action() == TimerAction.PAUSE))
        .isNotEmpty();
    assertThat(read.timerEvents().stream().filter(one -> one.action() == TimerAction.RESUME))
        .hasSize(1);
  }

  @Test
  void whatSeveralRecorded_isOneActivity() throws Exception {
    RecordedRun phone = RecordedRun.ofPhone(40, 10, 19);
    RecordedRun watch = phone.watch(1);
    core.apply(phone.all());
    core.apply(watch.all());
    core.consumedUntil(START_MS + 86_400_000);
    RecordedActivity read = read(export(phone.athlete, phone.session, "fit").body());
    long placed = read.samples().stream().filter(ActivitySample::hasPosition).count();
    assertThat(placed).isBetween(300L, 420L);
  }

  @Test
  void allOfThem_areOneZip() throws Exception {
    RecordedRun run = RecordedRun.of(10);
    core.apply(run.all());
    for (int i = 1; i < 5; i++) {
      core.apply(run.next(i * 3_600_000L, 10).all());
    }
    RecordedRun gone = run.next(20 * 3_600_000L, 10);
    core.apply(gone.all());
    Training unused = Await.get(core.lifecycle.delete(gone.athlete, gone.session, null));
    HttpResponse<byte[]> response = server.get(run.athlete, "/v1/export?format=gpx");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/zip");
    Counting counting = new Counting();
    ArchiveReport report = ActivityArchive.read(
        new ByteArrayInputStream(response.body()), "all", ArchiveLimits.DEFAULT, counting);
    assertThat(report.endedEarly()).isEmpty();
    assertThat(report.read()).isEqualTo(5);
    assertThat(counting.samples).isEqualTo(500);
    assertThat(counting.names).allMatch(name -> name.matches("2026-.*Z-run.gpx"));
    // Who has none gets a zip of none.
    HttpResponse<byte[]> empty = server.get(UUID.randomUUID(), "/v1/export");
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).startsWith('P', 'K', 5, 6);
  }

  @Test
  void whatCannotBeInTheZip_isNamedInIt_andTheRestIsThere() throws Exception {
    RecordedRun run = RecordedRun.of(10);
    List<RecordedRun> runs = new ArrayList<>(List.of(run));
    for (int i = 1; i < 6; i++) {
      runs.add(run.next(i * 3_600_000L, 10));
    }
    for (RecordedRun one : runs) {
      core.apply(one.all());
    }
    RecordedRun gone = runs.get(1);
    core.sql("UPDATE session_head SET state = 2, quarantine_reason = 'expired'" + of(gone));
    core.sql("DELETE FROM chunk" + of(gone));
    core.sql("DELETE FROM training_points WHERE training_id = '" + gone.session + "'");
    RecordedRun lineLeft = runs.get(2);
    core.sql("DELETE FROM chunk" + of(lineLeft));
    RecordedRun broken = runs.get(3);
    core.sql("UPDATE chunk SET body = '\\x00'" + of(broken));
    core.sql("DELETE FROM training_points WHERE training_id = '" + broken.session + "'");
    RecordedRun brokenAmid = run.next(40 * 3_600_000L, 10);
    core.apply(brokenAmid.all());
    core.sql("UPDATE chunk SET body = '\\x00'" + of(brokenAmid) + " AND seq = 6");
    RecordedRun holed = run.next(50 * 3_600_000L, 10);
    core.apply(holed.all());
    core.sql("DELETE FROM chunk" + of(holed) + " AND seq = 6");
    Training unused = Await.get(
        core.edits.merge(new Target(run.athlete, run.session, null), List.of(runs.get(4).session)));
    core.sql("DELETE FROM chunk" + of(runs.get(4)));

    HttpResponse<byte[]> response = server.get(run.athlete, "/v1/export?format=csv");
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, String> files = unzipped(response.body());
    assertThat(files.keySet())
        .filteredOn(name -> name.endsWith("-run.csv"))
        .as("the merged one, as far as it goes, the last, and the one with a hole")
        .hasSize(3);
    assertThat(files).hasSize(4);
    List<String> rows = files.get("not-exported.csv").lines().toList();
    assertThat(rows.get(0)).isEqualTo("training_id,start_utc,sport,what");
    assertThat(rows.subList(1, rows.size()))
        .hasSize(6)
        .anyMatch(row -> row.startsWith(brokenAmid.session + ",") && row.contains("be computed"))
        .anyMatch(row -> row.startsWith(holed.session + ",") && row.contains("gaps"))
        .anyMatch(row -> row.startsWith(gone.session + ",2026-") && row.contains("kept no longer"))
        .anyMatch(row -> row.startsWith(lineLeft.session + ",") && row.contains("no longer"))
        .anyMatch(row -> row.startsWith(broken.session + ",") && row.contains("be computed"))
        .anyMatch(row -> row.startsWith(run.session + ",") && row.contains("a part of it"));
  }

  @Test
  void aFileThatHasNotAll_saysIt() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    RecordedRun next = run.next(3_600_000, 20);
    core.apply(run.all());
    core.apply(next.all());
    for (String format : List.of("fit", "gpx", "csv")) {
      HttpResponse<byte[]> whole = export(run.athlete, run.session, format);
      assertThat(whole.headers().firstValue("Pacewire-Incomplete")).isEmpty();
      assertThat(name(whole)).endsWith("-run." + format + "\"");
    }
    core.sql("DELETE FROM chunk" + of(next) + " AND seq BETWEEN 5 AND 7");
    saysThatItLacks(next.athlete, next.session, "gaps");
    Target target = new Target(run.athlete, run.session, null);
    Training unused = Await.get(core.edits.merge(target, List.of(next.session)));
    core.sql("DELETE FROM chunk" + of(next));
    saysThatItLacks(run.athlete, run.session, "part-gone");

    RecordedRun gappy = RecordedRun.of(20);
    core.apply(gappy.records(0, 4));
    core.apply(gappy.records(7, 19));
    core.consumedUntil(gappy.record(19).receivedAtMs() + 600_000);
    saysThatItLacks(gappy.athlete, gappy.session, "gaps");
  }

  @Test
  void whereTheGapWasCroppedAway_orNobodyFinished_theFileHasAllThereIs() throws Exception {
    TrainingCore taking = new TrainingCore(vertx, pool); // the others' time goes on as it did
    RecordedRun gappy = RecordedRun.of(20);
    taking.apply(gappy.records(0, 4));
    taking.apply(gappy.records(7, 19));
    taking.consumedUntil(gappy.record(19).receivedAtMs() + 600_000);
    Target target = new Target(gappy.athlete, gappy.session, null);
    Training across = Await.get(core.edits.crop(target, START_MS + 40_000, null));
    assertThat(across.complete()).isFalse();
    saysThatItLacks(gappy.athlete, gappy.session, "gaps");
    Training behind = Await.get(core.edits.crop(target, START_MS + 70_000, null));
    assertThat(behind.complete()).isTrue();
    assertThat(behind.findings().containsKey("missing")).isFalse();
    saysThatItHasAll(gappy);

    RecordedRun left = RecordedRun.withoutFinish(20);
    taking.apply(left.all());
    taking.consumedUntil(left.record(19).receivedAtMs() + 86_400_000);
    assertThat(core.written(left).complete()).isFalse();
    saysThatItHasAll(left);
  }

  private static void saysThatItHasAll(RecordedRun run) throws Exception {
    HttpResponse<byte[]> file = export(run.athlete, run.session, "fit");
    assertThat(file.headers().firstValue("Pacewire-Incomplete")).isEmpty();
    assertThat(name(file)).endsWith("-run.fit\"");
  }

  private static void saysThatItLacks(UUID athlete, UUID training, String what) throws Exception {
    for (String format : List.of("fit", "gpx", "tcx", "csv", "json", "geojson")) {
      HttpResponse<byte[]> part = export(athlete, training, format);
      assertThat(part.headers().firstValue("Pacewire-Incomplete").orElse(""))
          .as(format)
          .startsWith(what);
      assertThat(name(part)).endsWith("-run-incomplete." + format + "\"");
      assertThat(part.body()).isNotEmpty();
    }
  }

  private static String name(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Disposition").orElseThrow();
  }

  private static String of(RecordedRun run) {
    return " WHERE session_id = '" + run.session + "'";
  }

  private static Map<String, String> unzipped(byte[] zip) throws Exception {
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private static final class Counting implements ArchiveSink {
    private final List<String> names = new ArrayList<>();
    private int samples;

    @Override
    public ActivitySink open(ArchiveFile file) {
      names.add(file.name());
      return sample -> samples++;
    }
  }
}
