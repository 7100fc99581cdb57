package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.LoadPlan;
import io.pacewire.bench.ingest.Series;
import io.pacewire.launcher.report.Goals;
import io.pacewire.launcher.report.Goals.Bound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Runs all rows, round after round, and holds what came out to the goals. */
final class PipelineBenchmark {
  static final List<String> ROWS =
      List.of("messages", "batches", "many", "live", "backlog", "disk", "kill", "lists", "import");
  static final int BATCH = 50;
  private static final int WARM_ROUNDS = 2;

  /** Of a look at it, too: some fixes of each viewer. */
  private static final int LEAST_LIVE_MS = 3_000;

  private final PipelineOptions options;
  /** From there on two consumers share the athletes evenly enough; of few one may have nearly all. */
  private static final int EVEN_CONNECTIONS = 256;

  private final PipelineStage stage;
  private final PrintStream say;
  private final JsonArray rows = new JsonArray();
  private final Map<String, Series> figures = new LinkedHashMap<>();

  PipelineBenchmark(PipelineOptions options, PipelineStage stage, PrintStream say) {
    this.options = options;
    this.stage = stage;
    this.say = say;
  }

  /**
   * Room for the sessions of a round in either consumer, which has half of it; with much more those of the rounds
   * before would stay until the heap is full.
   */
  private int foldsInMemory() {
    return options.manyConnections() < EVEN_CONNECTIONS
        ? options.manySessions() * 3
        : options.manySessions() * 5 / 4;
  }

  Goals run() throws Exception {
    JsonObject settings = new JsonObject(System.getProperty("pacewire.bench.training", "{}"))
        .put("foldsInMemory", foldsInMemory())
        .put("sealAfterS", 1);
    PipelineStage.Server server = stage.server(Set.of("training", "ingest", "gateway"), settings);
    if (options.has("disk")) {
      new StoredBytes(stage, server, say).measure(options.recordedHours(), series("disk"));
    }
    throughput(server);
    if (options.has("lists")) {
      new Lists(stage, server, say)
          .measure(
              options.trainings(),
              options.requests(),
              options.rounds(),
              series("list"),
              series("detail"));
    }
    LiveBesideBacklog backlog = new LiveBesideBacklog(stage, options, say);
    double fullPerS = options.has("backlog") ? backlog.full(server, plan(server)) : 0;
    server.process().close();
    if (options.has("backlog")) {
      PipelineStage.Server sparing =
          stage.sparingServer(Set.of("training", "ingest", "gateway"), settings);
      backlog.measure(
          sparing, plan(sparing), fullPerS * options.load(), series("acked"), series("stored"));
      sparing.process().close();
    }
    if (options.has("kill")) {
      new KilledConsumer(stage, options, settings, say).measure(series("kill"));
    }
    if (options.has("import")) {
      new ImportedArchive(stage, say).measure(options.activities(), series("import"));
    }
    return goals();
  }

  /** What each row did, beside the goals. */
  JsonArray rows() {
    return rows;
  }

  private Series series(String name) {
    return figures.computeIfAbsent(name, made -> new Series());
  }

  private void throughput(PipelineStage.Server server) throws Exception {
    LoadPlan plan = plan(server);
    LoadPlan crowd = plan(
        server,
        options.manyConnections(),
        options.manySessionsEach(),
        options.manyWindow(),
        options.measureMs() / 2);
    Throughput messages = new Throughput("a sample a message", 1, () -> plan);
    Throughput batches =
        new Throughput("batches of " + BATCH, BATCH, () -> plan.withSamples(BATCH));
    Throughput many =
        new Throughput("the same, many sessions", BATCH, () -> crowd.withSamples(BATCH));
    LiveFigures live = new LiveFigures(
        stage,
        server,
        options,
        () -> plan.withRate(messages.latestPerS() * options.load(), 5)
            .lasting(options.measureMs() / 2, Math.max(LEAST_LIVE_MS, options.measureMs())),
        say);
    int first = options.rounds() > 1 ? -WARM_ROUNDS : 0;
    for (int round = first; round < options.rounds(); round++) {
      boolean counts = round >= 0;
      String when = counts ? "round " + (round + 1) : "warm-up";
      for (Throughput row : wanted(messages, batches, many)) {
        say.printf("%-8s %s%n", when, row.round(stage, server, counts));
        boolean warm = round >= Math.min(0, first + 1);
        // Before the row with many sessions, behind which PostgreSQL tidies up for a while.
        if (row == messages && options.has("live") && warm) {
          live.round(when, counts, series("p50"), series("p99"));
        }
      }
    }
    figures.put("messages", messages.perS());
    figures.put("batches", batches.perS().times(BATCH / 1e6));
    figures.put("many", many.perS().with(batches.perS(), (few, other) -> few / other));
    wanted(messages, batches, many).forEach(row -> rows.add(row.json()));
  }

  private List<Throughput> wanted(Throughput messages, Throughput batches, Throughput many) {
    List<Throughput> wanted = new ArrayList<>();
    if (options.has("messages") || options.has("live")) {
      wanted.add(messages);
    }
    if (options.has("batches") || options.has("many")) {
      wanted.add(batches);
    }
    if (options.has("many")) {
      wanted.add(many);
    }
    return wanted;
  }

  private LoadPlan plan(PipelineStage.Server server) throws Exception {
    return plan(
        server,
        options.connections(),
        options.sessionsEach(),
        options.window(),
        options.measureMs() / 2);
  }

  private LoadPlan plan(
      PipelineStage.Server server, int connections, int sessionsEach, int window, int warmMs)
      throws Exception {
    List<Long> processes = new ArrayList<>(stage.stores());
    processes.add(0, server.process().pid());
    return LoadPlan.recordings(
        server.streamPort(),
        connections,
        sessionsEach,
        window,
        warmMs,
        options.measureMs(),
        stage.keys().tokens(connections),
        processes);
  }

  private Goals goals() {
    Goals goals = new Goals();
    String load = options.load() == 0.5
        ? "half load"
        : String.format(Locale.ROOT, "%.0f %% of load", 100 * options.load());
    add(goals, "one sample a message, stored and folded", Bound.AT_LEAST, 50_000, "messages", "/s");
    add(goals, "batches of " + BATCH + ", stored and folded", Bound.AT_LEAST, 1, "batches", "M/s");
    add(
        goals,
        String.format(Locale.ROOT, "%,d live sessions, against that", options.manySessions()),
        Bound.AT_LEAST,
        0.5,
        "many",
        "x");
    add(goals, "fix sent to figure seen, " + load + ", p50", Bound.AT_MOST, 60, "p50", "ms");
    add(goals, "fix sent to figure seen, " + load + ", p99", Bound.AT_MOST, 250, "p99", "ms");
    add(
        goals,
        "p99 to ack, " + load + " beside 500 x 10 h, to alone",
        Bound.AT_MOST,
        1.25,
        "acked",
        "x");
    add(goals, "p99 to stored, the same", Bound.AT_MOST, 1.25, "stored", "x");
    add(goals, "disk a sample, everything, sealed", Bound.AT_MOST, 8, "disk", "B");
    add(goals, "kill -9 of a consumer to caught up", Bound.AT_MOST, 15, "kill", "s");
    add(
        goals,
        String.format(Locale.ROOT, "import of %,d activities", options.activities()),
        Bound.AT_LEAST,
        30,
        "import",
        "/s");
    add(goals, "list of an athlete's trainings, p99", Bound.AT_MOST, 30, "list", "ms");
    add(goals, "detail of a training, p99", Bound.AT_MOST, 30, "detail", "ms");
    return goals;
  }

  private void add(Goals goals, String figure, Bound bound, double goal, String name, String unit) {
    Series series = series(name);
    goals.add(figure, bound, goal, series.median(), unit, series.spread());
  }
}
