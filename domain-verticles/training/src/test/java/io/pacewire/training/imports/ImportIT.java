package io.pacewire.training.imports;

import static io.pacewire.training.imports.MadeFiles.START_MS;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.pacewire.activity.ActivityWriter;
import io.pacewire.activity.ExportFormat;
import io.pacewire.activity.RecordedActivity;
import io.pacewire.events.AccountRegistered;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.TrainingNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files become trainings, through the role as it is deployed. */
@ExtendWith(RealServers.class)
class ImportIT {
  private static final long DAY_MS = 86_400_000;

  /** So that somebody who is late comes before they are through. */
  private static final int MANY = 1_000;

  private static final int MOST_BYTES = 3 << 20;
  private static TrainingNode node;
  private final UUID athlete = UUID.randomUUID();

  @BeforeAll
  static void open() throws Exception {
    node = TrainingNode.start(new ImportSettings(MOST_BYTES, 1, 100));
  }

  @AfterAll
  static void close() throws Exception {
    node.close();
  }

  @Test
  void aFile_becomesATraining() throws Exception {
    JsonObject report = node.imported(athlete, MadeFiles.run(ExportFormat.GPX, START_MS, 600));
    assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
    JsonObject training =
        node.json(athlete, "/v1/trainings/" + trainingIds(report).get(0));
    assertThat(training.getString("sport")).isEqualTo("run");
    assertThat(training.getString("timeZone")).isEqualTo("Europe/Berlin");
    assertThat(training.getBoolean("complete")).isTrue();
    assertThat(training.getJsonObject("figures").getDouble("distanceM"))
        .isCloseTo(1_800, within(18.0));
    assertThat(training.getJsonObject("figures").getDouble("timerS")).isCloseTo(600, within(2.0));
    assertThat(node.json(athlete, "/v1/imports").getJsonArray("imports")).hasSize(1);
    assertThat(node.get(UUID.randomUUID(), "/v1/imports/" + report.getString("importId"))
            .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aFileThatDoesNotSayHowLateItWas_isOfTheAccountsTimeZone() throws Exception {
    node.tell(
        athlete,
        "account/" + athlete + "/registered",
        new AccountRegistered(athlete, "Maria", "Pacific/Auckland", "en", 1));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            "Pacific/Auckland".equals(node.json(athlete, "/v1/totals").getString("timeZone")));
    HttpResponse<byte[]> begun =
        node.upload(athlete, "", MadeFiles.run(ExportFormat.GPX, START_MS, 120));
    JsonObject report =
        node.ended(athlete, begun.headers().firstValue("Location").orElseThrow());
    JsonObject training =
        node.json(athlete, "/v1/trainings/" + trainingIds(report).get(0));
    assertThat(training.getString("timeZone")).isEqualTo("Pacific/Auckland");
  }

  @Test
  void textOfTwoBytesALetter_isImported_withoutAName() throws Exception {
    String gpx = new String(MadeFiles.run(ExportFormat.GPX, START_MS, 120), UTF_8)
        .replace("UTF-8", "UTF-16");
    JsonObject report = node.imported(athlete, gpx.getBytes(UTF_16));
    assertThat(report.getJsonObject("counts").getInteger("imported"))
        .as(report.encode())
        .isEqualTo(1);
  }

  @Test
  void whatNobodyCanHaveRecorded_isRefused_withTheReason() throws Exception {
    long yearMs = 365 * DAY_MS;
    long nowMs = System.currentTimeMillis();
    byte[] years = MadeFiles.sparse(ExportFormat.FIT, nowMs - 5 * yearMs, 30 * DAY_MS, 60);
    byte[] ahead = MadeFiles.sparse(ExportFormat.FIT, nowMs + yearMs, 1_000, 60);
    byte[] growing = MadeFiles.sparse(ExportFormat.GPX, nowMs - 3 * DAY_MS, DAY_MS, 10);
    JsonObject report = node.imported(
        athlete, MadeFiles.zip(MadeFiles.files("a.fit", years, "b.fit", ahead, "c.gpx", growing)));
    assertThat(outcomes(report).values()).as(report.encode()).containsOnly("refused");
    assertThat(files(report).stream()
            .map(file -> file.getJsonArray("activities").getJsonObject(0).getString("reason")))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("more than 31 days"),
            reason -> assertThat(reason).isEqualTo("lies in the future"),
            reason -> assertThat(reason).isEqualTo("ends in the future"));
    assertThat(node.json(athlete, "/v1/trainings").getJsonArray("trainings")).isEmpty();
  }

  @Test
  void anArchive_isReadFileByFile_andABadFileStopsNoOther() throws Exception {
    byte[] fit = MadeFiles.run(ExportFormat.FIT, START_MS, 300);
    byte[] tcx = MadeFiles.run(ExportFormat.TCX, START_MS + DAY_MS, 300);
    byte[] gpx = MadeFiles.run(ExportFormat.GPX, START_MS + 2 * DAY_MS, 300);
    byte[] bomb = ("<!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
            + "<gpx><trk><name>&b;</name></trk></gpx>")
        .getBytes(UTF_8);
    byte[] later = MadeFiles.run(ExportFormat.FIT, START_MS + 3 * DAY_MS, 300);
    byte[] wide = new byte[40 << 20]; // packs to a thousandth
    System.arraycopy("<gpx>".getBytes(UTF_8), 0, wide, 0, 5);
    Map<String, byte[]> files = MadeFiles.files(
        "activities/1.fit.gz",
        MadeFiles.gzip(fit),
        "activities/2.tcx",
        tcx,
        "../../etc/3.gpx",
        gpx,
        "activities/4.fit",
        fit,
        "activities/5.gpx",
        MadeFiles.run(ExportFormat.GPX, START_MS, 300),
        "activities/6.gpx",
        bomb,
        "activities/7.fit",
        Arrays.copyOf(later, 10),
        "media/8.jpg",
        new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3},
        "more.zip",
        MadeFiles.zip(MadeFiles.files("10.fit", later)),
        "activities/9.gpx",
        wide);

    JsonObject report = node.imported(athlete, MadeFiles.zip(files));

    assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
    assertThat(outcomes(report))
        .as(report.encodePrettily())
        .containsEntry("activities/1.fit.gz", "imported")
        .containsEntry("activities/2.tcx", "imported")
        .containsEntry("../../etc/3.gpx", "imported")
        .containsEntry("activities/4.fit", "duplicate")
        .containsEntry("activities/5.gpx", "duplicate")
        .containsEntry("activities/6.gpx", "refused")
        .containsEntry("activities/7.fit", "refused")
        .containsEntry("media/8.jpg", "skipped")
        .containsEntry("activities/9.gpx", "refused")
        .containsEntry("more.zip!/10.fit", "imported");
    assertThat(report.getJsonObject("counts").getInteger("imported")).isEqualTo(4);
    files(report).stream()
        .filter(file -> !file.getString("outcome").equals("imported"))
        .forEach(file -> assertThat(file.getString("reason")).as(file.encode()).isNotBlank());
    // Of what states no length the end is not looked for beyond all measure.
    assertThat(report.getString("failure")).contains("activities/9.gpx");
    // The same activity, told by its bytes and by its time.
    List<String> ids = trainingIds(report);
    assertThat(ids.get(3)).isEqualTo(ids.get(0));
    assertThat(ids.get(4)).isEqualTo(ids.get(0));
    assertThat(node.json(athlete, "/v1/trainings").getJsonArray("trainings")).hasSize(4);
  }

  /** A battery that died, and a card that failed: what can be read is kept, and the fault is told. */
  @Test
  void aFileThatIsNotWhole_isImported_andSaysSo() throws Exception {
    byte[] fit = MadeFiles.run(ExportFormat.FIT, START_MS, 600);
    byte[] damaged = MadeFiles.run(ExportFormat.FIT, START_MS + DAY_MS, 600);
    damaged[damaged.length - 1] ^= 1;
    JsonObject report = node.imported(
        athlete,
        MadeFiles.zip(MadeFiles.files(
            "short.fit",
            Arrays.copyOf(fit, fit.length / 2),
            "damaged.fit",
            damaged,
            "good.fit",
            MadeFiles.run(ExportFormat.FIT, START_MS + 2 * DAY_MS, 600))));
    assertThat(outcomes(report).values()).as(report.encodePrettily()).containsOnly("imported");
    assertThat(files(report))
        .extracting(file -> file.getString("reason", ""))
        .satisfiesExactly(
            cutShort -> assertThat(cutShort).startsWith("the file ends early (at "),
            checksum -> assertThat(checksum).startsWith("the checksum of the file is wrong (at "),
            whole -> assertThat(whole).isEmpty());
  }

  @Test
  void whatWasImportedBefore_isADuplicate_inWhateverItIsPacked() throws Exception {
    byte[] tcx = MadeFiles.run(ExportFormat.TCX, START_MS, 300);
    String id = trainingIds(node.imported(athlete, tcx)).get(0);
    for (byte[] again : List.of(
        tcx,
        MadeFiles.gzip(tcx),
        MadeFiles.zip(MadeFiles.files("a.tcx", tcx)),
        MadeFiles.run(ExportFormat.FIT, START_MS, 300))) {
      JsonObject report = node.imported(athlete, again);
      assertThat(report.getJsonObject("counts").getInteger("duplicate"))
          .as(report.encode())
          .isEqualTo(1);
      assertThat(trainingIds(report)).containsExactly(id);
    }
    JsonObject training = node.json(athlete, "/v1/trainings/" + id);
    assertThat(training.getInteger("revision")).isEqualTo(1);
    // Another's is another's.
    assertThat(node.imported(UUID.randomUUID(), tcx).getJsonObject("counts").getInteger("imported"))
        .isEqualTo(1);
  }

  /** One file has one sport, and the sport of no sample is lost. */
  @Test
  void theLegsOfADuathlon_areATrainingAndAFileEach() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityWriter writer = ActivityWriter.open(ExportFormat.TCX, out)) {
      MadeFiles.write(writer, "run", START_MS, 300);
      MadeFiles.write(writer, "ride", START_MS + 400_000, 600);
    }
    String together = out.toString(UTF_8)
        .replace("<Activities>", "<Activities><MultiSportSession><FirstSport>")
        .replaceFirst("</Activity>\\s*<Activity", "</Activity></FirstSport><NextSport><Activity")
        .replace("</Activities>", "</NextSport></MultiSportSession></Activities>");
    JsonObject report = node.imported(athlete, together.getBytes(UTF_8));
    JsonArray legs = files(report).get(0).getJsonArray("activities");
    assertThat(legs).as(report.encode()).hasSize(2);
    List<String> sports = List.of("run", "ride");
    for (int i = 0; i < sports.size(); i++) {
      String id = legs.getJsonObject(i).getString("trainingId");
      for (String format : List.of("fit", "tcx", "gpx")) {
        byte[] exported = node.get(athlete, "/v1/trainings/" + id + "/export?format=" + format)
            .body();
        List<RecordedActivity> read =
            RecordedActivity.readAll(new ByteArrayInputStream(exported), 10_000);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).sport()).as(format).isEqualTo(sports.get(i));
        assertThat(read.get(0).samples()).as(format).hasSize(i == 0 ? 301 : 601);
      }
    }
  }

  @Test
  void whatWasCutFromATrainingThatIsThere_isADuplicateOfIt() throws Exception {
    String whole = trainingIds(
            node.imported(athlete, MadeFiles.run(ExportFormat.FIT, START_MS, 1_800)))
        .get(0);
    for (byte[] cut : List.of(
        MadeFiles.run(ExportFormat.TCX, START_MS, 900),
        MadeFiles.run(ExportFormat.GPX, START_MS + 600_000, 900))) {
      JsonObject report = node.imported(athlete, cut);
      assertThat(outcomes(report).values()).as(report.encode()).containsExactly("duplicate");
      assertThat(trainingIds(report)).containsExactly(whole);
      assertThat(files(report).get(0).getString("reason")).contains("a longer training");
    }
    assertThat(node.json(athlete, "/v1/trainings").getJsonArray("trainings")).hasSize(1);
  }

  @Test
  void theWholeOfATrainingThatIsThere_isImported_andNamesItsPart() throws Exception {
    Map<String, byte[]> files = MadeFiles.files(
        "1.fit", MadeFiles.run(ExportFormat.FIT, START_MS, 900),
        "2.tcx", MadeFiles.run(ExportFormat.TCX, START_MS, 1_800),
        "3.gpx", MadeFiles.run(ExportFormat.GPX, START_MS + 120_000, 600));
    JsonObject report = node.imported(athlete, MadeFiles.zip(files));
    assertThat(outcomes(report))
        .as(report.encode())
        .containsEntry("1.fit", "imported")
        .containsEntry("2.tcx", "imported")
        .containsEntry("3.gpx", "duplicate");
    JsonObject whole = files(report).get(1).getJsonArray("activities").getJsonObject(0);
    assertThat(whole.getJsonArray("contains"))
        .containsExactly(trainingIds(report).get(0));
    assertThat(whole.getString("reason")).contains("delete the one that is not wanted");
    assertThat(trainingIds(report).get(2)).isEqualTo(whole.getString("trainingId"));
    JsonObject first = files(report).get(0).getJsonArray("activities").getJsonObject(0);
    assertThat(first.containsKey("contains")).isFalse();
    // Once the part is deleted the whole is told as any other.
    assertThat(node.send(
                node.request(athlete, "/v1/trainings/" + trainingIds(report).get(0))
                    .DELETE()
                    .build())
            .statusCode())
        .isEqualTo(204);
    assertThat(outcomes(node.imported(athlete, files.get("2.tcx"))).values())
        .containsExactly("duplicate");
  }

  private void reject(String trainingId) throws Exception {
    HttpResponse<byte[]> rejected =
        node.send(node.request(athlete, "/v1/trainings/" + trainingId + "/reject")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"reason\":\"broken track\"}"))
            .build());
    assertThat(rejected.statusCode()).isEqualTo(200);
  }

  @Test
  void whatWasRejected_isNotInTheWayOfTheRightFile() throws Exception {
    String broken = trainingIds(
            node.imported(athlete, MadeFiles.run(ExportFormat.GPX, START_MS, 600)))
        .get(0);
    reject(broken);
    byte[] fit = MadeFiles.run(ExportFormat.FIT, START_MS, 600);

    JsonObject right = node.imported(athlete, fit);

    assertThat(outcomes(right).values()).as(right.encode()).containsExactly("imported");
    assertThat(node.json(athlete, "/v1/trainings?status=finished").getJsonArray("trainings"))
        .hasSize(1);
    // A part of what was rejected is as new as all of it; of what counts by now it is a duplicate.
    JsonObject part = node.imported(athlete, MadeFiles.run(ExportFormat.TCX, START_MS, 300));
    assertThat(outcomes(part).values()).containsExactly("duplicate");
    assertThat(trainingIds(part)).isEqualTo(trainingIds(right));
  }

  @Test
  void aFileWhoseTrainingWasRejected_bringsNoSecondOne_andSaysSo() throws Exception {
    byte[] gpx = MadeFiles.run(ExportFormat.GPX, START_MS, 600);
    String id = trainingIds(node.imported(athlete, gpx)).get(0);
    reject(id);

    JsonObject report = node.imported(athlete, gpx);

    assertThat(outcomes(report).values()).as(report.encode()).containsExactly("duplicate");
    assertThat(trainingIds(report)).containsExactly(id);
    assertThat(files(report).get(0).getString("reason"))
        .isEqualTo("was imported before and rejected; restore the training if it is to count");
    JsonObject listed = node.json(athlete, "/v1/trainings");
    assertThat(listed.getJsonArray("trainings")).hasSize(1);
    assertThat(node.json(athlete, "/v1/trainings/" + id).getString("status")).isEqualTo("rejected");
    assertThat(node.json(athlete, "/v1/trainings/" + id).getInteger("revision")).isEqualTo(2);
  }

  @Test
  void whatWasDeleted_isRestoredWhenItIsImportedAgain() throws Exception {
    byte[] fit = MadeFiles.run(ExportFormat.FIT, START_MS, 300);
    String id = trainingIds(node.imported(athlete, fit)).get(0);
    String path = "/v1/trainings/" + id;
    assertThat(node.send(node.request(athlete, path).DELETE().build()).statusCode())
        .isEqualTo(204);
    assertThat(node.get(athlete, path).statusCode()).isEqualTo(404);

    JsonObject report = node.imported(athlete, fit);

    assertThat(outcomes(report).values()).as(report.encode()).containsExactly("imported");
    assertThat(files(report).get(0).getString("reason")).isEqualTo("was deleted, and is restored");
    assertThat(trainingIds(report)).containsExactly(id);
    assertThat(node.json(athlete, path).getString("status")).isEqualTo("finished");
    assertThat(node.json(athlete, path).getInteger("revision")).isEqualTo(3);
    // Now it is there, and is no second time imported.
    assertThat(outcomes(node.imported(athlete, fit)).values()).containsExactly("duplicate");
  }

  @Test
  void whatCannotBeAnArchive_isRefusedAtOnce() throws Exception {
    assertThat(status("", new byte[0])).isEqualTo(400);
    assertThat(status("", "nothing of ours".getBytes(UTF_8))).isEqualTo(415);
    assertThat(status("", Arrays.copyOf("nothing".getBytes(UTF_8), 2 << 20))).isEqualTo(415);
    assertThat(status("?timeZone=Mars", "<gpx/>".getBytes(UTF_8))).isEqualTo(400);
    byte[] long4MiB = Arrays.copyOf("<gpx>".getBytes(UTF_8), 4 << 20);
    assertThat(status("", long4MiB)).isEqualTo(413);
    // Without a stated length it is seen as it flows.
    HttpResponse<byte[]> flowing = node.send(node.request(athlete, "/v1/imports")
        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(long4MiB)))
        .build());
    assertThat(flowing.statusCode()).isEqualTo(413);
    assertThat(node.json(athlete, "/v1/imports").getJsonArray("imports")).isEmpty();
  }

  @Test
  void anArchiveThatBreaksOff_saysSo_andWhatItHeldIsImported() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      files.put(i + ".fit", MadeFiles.run(ExportFormat.FIT, START_MS + i * DAY_MS, 300));
    }
    byte[] zip = MadeFiles.zip(files);
    JsonObject report = node.imported(athlete, Arrays.copyOf(zip, zip.length / 2));
    assertThat(report.getString("state")).isEqualTo("done");
    assertThat(report.getString("failure")).as(report.encode()).contains("could not be read on");
    assertThat(report.getJsonObject("counts").getInteger("imported")).isEqualTo(1);
  }

  /** As when a node hangs or dies over it: another begins anew, and both go on. */
  @Test
  void anImportThatTwoNodesWorkOn_isDoneOnce() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    IntStream.range(0, 60)
        .forEach(i ->
            files.put(i + ".fit", MadeFiles.run(ExportFormat.FIT, START_MS + i * DAY_MS, 120)));
    Vertx vertx = Vertx.vertx();
    Pool pool = RealServers.schema("training").pool(vertx);
    TrainingNode other = TrainingNode.start(ImportSettings.usual());
    try {
      HttpResponse<byte[]> begun = node.upload(athlete, "", MadeFiles.zip(files));
      String location = begun.headers().firstValue("Location").orElseThrow();
      for (int i = 0; i < 5; i++) {
        Await.get(pool.query(
                "UPDATE import_job SET leased_until = now() - interval '1 second' WHERE state = 2")
            .execute());
        Await.get(vertx.timer(300, java.util.concurrent.TimeUnit.MILLISECONDS));
      }
      JsonObject report = node.ended(athlete, location);
      assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
      assertThat(report.getJsonObject("counts").getInteger("imported"))
          .as(report.encodePrettily())
          .isEqualTo(60);
      assertThat(report.getJsonArray("files")).hasSize(60);
      assertThat(trainingIds(report)).doesNotHaveDuplicates();
      await().until(() -> pieces(report) == 0); // a moment after it is told
    } finally {
      other.close();
      Await.get(pool.close());
      Await.get(vertx.close());
    }
    assertThat(node.json(athlete, "/v1/trainings?limit=200").getJsonArray("trainings"))
        .hasSize(60);
  }

  @Test
  void anImportThatIsCancelled_readsNoMoreFiles_andKeepsWhatItImported() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    IntStream.range(0, MANY)
        .forEach(
            i -> files.put(i + ".fit", MadeFiles.run(ExportFormat.FIT, START_MS + i * DAY_MS, 60)));
    String first = location(node.upload(athlete, "", MadeFiles.zip(files)));
    String waits =
        location(node.upload(athlete, "", MadeFiles.run(ExportFormat.FIT, START_MS, 600)));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> node.json(athlete, first).getJsonObject("counts").getInteger("imported") > 0);

    JsonObject notBegun = cancelled(waits);
    JsonObject underWay = cancelled(first);

    assertThat(notBegun.getString("state")).isEqualTo("cancelled");
    assertThat(underWay.getString("state")).isEqualTo("working");
    assertThat(underWay.getBoolean("cancelling")).isTrue();
    JsonObject report = node.ended(athlete, first);
    assertThat(report.getString("state")).isEqualTo("cancelled");
    assertThat(report.containsKey("cancelling")).isFalse();
    assertThat(report.getString("failure")).contains("not read");
    int imported = report.getJsonObject("counts").getInteger("imported");
    assertThat(imported).isBetween(1, MANY - 1);
    assertThat(report.getJsonArray("files")).hasSize(imported);
    assertThat(trainings()).hasSize(imported);
    for (String ended : List.of(first, waits)) {
      assertThat(cancelled(ended).getString("state")).isEqualTo("cancelled");
      JsonObject whole = node.json(athlete, ended);
      await().until(() -> pieces(whole) == 0);
    }
    // What was not read then is read when it comes again.
    JsonObject again = node.imported(athlete, MadeFiles.run(ExportFormat.FIT, START_MS, 600));
    assertThat(again.getJsonObject("counts").getInteger("files")).isEqualTo(1);
    assertThat(node.send(node.request(athlete, "/v1/imports/" + again.getString("importId"))
                .DELETE()
                .build())
            .statusCode())
        .isEqualTo(409);
  }

  private JsonObject cancelled(String location) throws Exception {
    HttpResponse<byte[]> response =
        node.send(node.request(athlete, location).DELETE().build());
    assertThat(response.statusCode()).isEqualTo(200);
    return TrainingNode.json(response);
  }

  private static String location(HttpResponse<byte[]> begun) {
    return begun.headers().firstValue("Location").orElseThrow();
  }

  private JsonArray trainings() throws Exception {
    JsonArray all = new JsonArray();
    String next = "";
    do {
      JsonObject page = node.json(athlete, "/v1/trainings?limit=200" + next);
      all.addAll(page.getJsonArray("trainings"));
      String cursor = page.getString("next");
      next = cursor == null ? "" : "&cursor=" + cursor;
    } while (!next.isEmpty());
    return all;
  }

  private static long pieces(JsonObject report) throws Exception {
    Vertx vertx = Vertx.vertx();
    Pool pool = RealServers.schema("training").pool(vertx);
    try {
      return Await.get(pool.query("SELECT count(*) AS pieces FROM import_piece WHERE import_id = '"
                  + report.getString("importId") + "'")
              .execute())
          .iterator()
          .next()
          .getLong("pieces");
    } finally {
      Await.get(pool.close());
      Await.get(vertx.close());
    }
  }

  private int status(String query, byte[] body) throws Exception {
    return node.upload(athlete, query, body).statusCode();
  }

  private static List<JsonObject> files(JsonObject report) {
    return report.getJsonArray("files").stream().map(one -> (JsonObject) one).toList();
  }

  private static Map<String, String> outcomes(JsonObject report) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    files(report).forEach(file -> outcomes.put(file.getString("name"), file.getString("outcome")));
    return outcomes;
  }

  /** Of all activities that became a training or are one, in the order of the files. */
  private static List<String> trainingIds(JsonObject report) {
    return files(report).stream()
        .flatMap(file -> file.getJsonArray("activities", new JsonArray()).stream())
        .map(activity -> ((JsonObject) activity).getString("trainingId"))
        .filter(id -> id != null)
        .toList();
  }
}
