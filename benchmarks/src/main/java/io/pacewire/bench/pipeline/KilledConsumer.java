package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.LoadPlan;
import io.pacewire.bench.ingest.Recordings;
import io.pacewire.bench.ingest.Series;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Kills the training role while phones go on recording, starts it again, and looks how long it takes
 * until no more than a second's batches wait. The role ends in good order once before, and writes down
 * its classes, as {@code ./pacewire serve} has it do.
 */
final class KilledConsumer {
  private static final int SECONDS_A_BATCH = 15;
  private static final int BATCHES_BEFORE = 4;
  private static final int BURST_MS = 20;
  private static final long BETWEEN_S = 10;
  private static final long CAUGHT_UP_WITHIN_S = 180;
  private static final long FINISHED_WITHIN_S = 60;
  private static final int BEATS = 64;

  /** Of a look at it, too: less than a start takes on a slow machine tells nothing. */
  private static final double LEAST_ROUND_S = 20;

  private final PipelineStage stage;
  private final PipelineOptions options;
  private final JsonObject settings;
  private final PrintStream say;

  KilledConsumer(
      PipelineStage stage, PipelineOptions options, JsonObject settings, PrintStream say) {
    this.stage = stage;
    this.options = options;
    this.settings = settings;
    this.say = say;
  }

  void measure(Series seconds) throws Exception {
    stage.tables().forget();
    long trainingsBefore = trainings();
    PipelineStage.Server ingest = stage.server(Set.of("ingest"), settings);
    Path classes = stage.directory().resolve("training.jsa");
    Files.deleteIfExists(classes);
    PipelineStage.Server training = training("-XX:ArchiveClassesAtExit=" + classes);
    int each = options.manySessionsEach();
    int sessions = each * options.manyConnections();
    double perS = (double) sessions / SECONDS_A_BATCH;
    int warmS = Math.min(SECONDS_A_BATCH * BATCHES_BEFORE, (int) (options.seconds() * 8));
    List<String> tokens = stage.keys().tokens(options.manyConnections());
    double roundS = Math.max(LEAST_ROUND_S, options.seconds() * 8);
    int lastingMs =
        (int) (1_000 * (warmS + (1 + options.rounds()) * roundS)); // a start more than rounds
    LoadPlan plan = LoadPlan.recordings(
            ingest.streamPort(), options.manyConnections(), each, 60_000, 0, 0, tokens, List.of())
        .withSamples(SECONDS_A_BATCH)
        .withRate(perS, BURST_MS)
        .acknowledgedIn(lastingMs);
    stage.begin(plan);
    long endsNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lastingMs);
    try (Backlog backlog = stage.backlog()) {
      TimeUnit.SECONDS.sleep(warmS / 2);
      training.process().close();
      boolean written = Files.exists(classes); // no JVM does where folders are in its class path
      say.println(written ? "training maps its classes" : "training loads its classes anew");
      String mapped = written ? "-XX:SharedArchiveFile=" + classes : "-Xshare:auto";
      training = training(mapped);
      TimeUnit.SECONDS.sleep(warmS - warmS / 2);
      for (int round = 1; round <= options.rounds(); round++) {
        PipelineStage.Server killed = training;
        // Else what is measured is how far it was behind, not what the kill cost.
        Patience.until(
            "caught up before", CAUGHT_UP_WITHIN_S, () -> backlog.records() <= (long) perS);
        long behind = backlog.records();
        long begunNs = System.nanoTime();
        killed.process().kill();
        training = training(mapped);
        double upS = (System.nanoTime() - begunNs) / 1e9;
        double firstS = firstAfter(training, begunNs);
        caughtUp(training, backlog, (long) perS);
        double took = (System.nanoTime() - begunNs) / 1e9;
        boolean counts = System.nanoTime() < endsNs;
        if (counts) {
          seconds.add(took);
        }
        say.printf(
            Locale.ROOT,
            "kill %d   %,d sessions, %,.0f batches/s, %d behind: up after %.1f s, the first folded after"
                + " %.1f s, caught up after %.1f s%s%n",
            round,
            sessions,
            perS,
            behind,
            upS,
            firstS,
            took,
            counts ? "" : ", which does not count: devices had ended by then");
        TimeUnit.MILLISECONDS.sleep((long) (options.seconds() * 1_000 * BETWEEN_S / 8));
      }
      JsonObject result = stage.result();
      long sent = result.getLong("sent");
      Patience.until(
          "everything stored",
          CAUGHT_UP_WITHIN_S,
          () -> backlog.records() <= BEATS && stage.tables().chunks() >= sent);
      check(ingest, tokens, each, result, trainingsBefore);
    }
    training.process().close();
    ingest.process().close();
  }

  private PipelineStage.Server training(String archive) throws IOException {
    return stage.server(
        Set.of("training"),
        settings,
        PipelineStage.optionsAnd(archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
  }

  /** When it has partitions, and has read what was known of whom it heard of first. */
  private static double firstAfter(PipelineStage.Server training, long begunNs) throws Exception {
    Patience.until(
        "something folded",
        CAUGHT_UP_WITHIN_S,
        () -> Throughput.counted(training).getLong("folded") > 0);
    return (System.nanoTime() - begunNs) / 1e9;
  }

  private static void caughtUp(PipelineStage.Server training, Backlog backlog, long atMost)
      throws Exception {
    Patience.until(
        "caught up",
        CAUGHT_UP_WITHIN_S,
        () -> Throughput.counted(training).getLong("folded") > 0 && backlog.records() <= atMost);
  }

  /** All that was acknowledged is there, and folds that went on over each kill come to a whole end. */
  private void check(
      PipelineStage.Server ingest,
      List<String> tokens,
      int each,
      JsonObject result,
      long trainingsBefore)
      throws Exception {
    long sent = result.getLong("sent");
    long chunks = stage.tables().chunks();
    if (result.getLong("credited") != sent || chunks != sent) {
      throw new IOException("the row is void: " + sent + " sent, " + result.getLong("credited")
          + " acknowledged, " + chunks + " stored");
    }
    JsonArray sentEach = result.getJsonArray("sentEach");
    Vertx vertx = Vertx.vertx();
    try {
      WebSocketClient sockets = vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(tokens.size()));
      for (int i = 0; i < tokens.size(); i++) {
        UUID session = new UUID(result.getLong("sessionsHigh"), Long.MIN_VALUE | (long) i * each);
        int batches = (int) ((sentEach.getLong(i) + each - 1) / each);
        Phone phone = Phone.connect(sockets, ingest.streamPort(), tokens.get(i), session);
        phone.sendAtOnce(
            Recordings.finish(session, result.getLong("startMs"), SECONDS_A_BATCH, batches));
      }
      // Sooner than anybody gives up a batch that is missing.
      Patience.until(
          "one training of each phone finished, complete",
          FINISHED_WITHIN_S,
          () -> trainings() - trainingsBefore == tokens.size());
    } finally {
      Phone.get(vertx.close());
    }
    say.printf("         %,d batches stored once, %d folds looked at%n", chunks, tokens.size());
  }

  private long trainings() throws Exception {
    return stage.tables().number("SELECT count(*) FROM training_revision WHERE complete");
  }
}
