package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.LoadPlan;
import io.pacewire.bench.ingest.Series;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * How much later batches of who runs now are acknowledged and stored while phones come out of a valley
 * with ten hours each: the same live traffic, a part of what goes through, alone and then beside them.
 */
final class LiveBesideBacklog {
  private static final long TEN_HOURS_MS = 36_000_000;
  /** As the SDK seals while it has no connection (ADR 45). */
  private static final int SECONDS_A_BATCH = 300;

  /** So many of them are the 64 KiB of a backlog that the SDK has on the way. */
  private static final int PHONE_WINDOW = 17;

  private static final int BURST_MS = 5;
  private static final int WIDE_WINDOW = 60_000;
  private static final long STORED_WITHIN_S = 600;

  private final PipelineStage stage;
  private final PipelineOptions options;
  private final PrintStream say;

  LiveBesideBacklog(PipelineStage stage, PipelineOptions options, PrintStream say) {
    this.stage = stage;
    this.options = options;
    this.say = say;
  }

  /** Batches a second that are stored in a quarter of the time: in a few seconds it would be more than lasts. */
  double full(PipelineStage.Server server, LoadPlan plan) throws Exception {
    double perS = alone(server, plan.lasting(warmMs(), options.backlogMs() / 4)).getDouble("perS");
    say.printf(Locale.ROOT, "full load %,.0f batches/s%n", perS);
    return perS;
  }

  /**
   * The server has not done anything before, nor has who plays the phones: they are warmed up for as long as what is
   * compared is measured alone, beside a tenth of the phones.
   *
   * @param plan of the live traffic
   * @param perS how much of it there is
   * @param acked p99 to the acknowledgement beside the backlog, against that without
   * @param stored the same until stored
   */
  void measure(PipelineStage.Server server, LoadPlan plan, double perS, Series acked, Series stored)
      throws Exception {
    LoadPlan live = plan.inRealTime(perS, BURST_MS).withWindow(WIDE_WINDOW);
    LoadPlan lone = live.lasting(warmMs(), options.backlogMs() / 2);
    tell(
        "warming",
        beside(server, lone, Math.max(1, options.backlogPhones() / 10), options.backlogMs() / 2));
    JsonObject alone = alone(server, lone);
    JsonObject beside = beside(
        server,
        live.lasting(warmMs(), options.backlogMs()),
        options.backlogPhones(),
        options.backlogMs());
    tell("alone", alone);
    tell("beside", beside);
    acked.add(beside.getDouble("p99Ms") / alone.getDouble("p99Ms"));
    stored.add(beside.getDouble("storedP99Ms") / alone.getDouble("storedP99Ms"));
  }

  private int warmMs() {
    return options.backlogMs() / 12;
  }

  private JsonObject alone(PipelineStage.Server server, LoadPlan live) throws Exception {
    stage.tables().forget();
    long before = stored(server);
    stage.begin(live);
    JsonObject result = stage.result();
    awaitStored(server, before, result.getLong("sent"));
    return result;
  }

  private JsonObject beside(PipelineStage.Server server, LoadPlan live, int phones, int forMs)
      throws Exception {
    stage.tables().forget();
    long before = stored(server);
    LoadPlan valley = LoadPlan.recordings(
            server.streamPort(),
            phones,
            1,
            PHONE_WINDOW,
            0,
            0,
            stage.keys().tokens(phones),
            List.of())
        .withSamples(SECONDS_A_BATCH)
        .recordedSince(TEN_HOURS_MS)
        .acknowledgedIn(forMs);
    stage.begin(live);
    stage.beginBeside(valley);
    JsonObject result = stage.result();
    JsonObject drained = stage.resultBeside();
    long inTime = drained.getLong("measured");
    long acknowledged = drained.getLong("credited");
    say.printf(
        Locale.ROOT,
        "%,d phones with %,d batches each: %,d acknowledged in %.0f s, %,.0f/s; load CPU %.1f us a batch%n",
        phones,
        TEN_HOURS_MS / 1_000 / SECONDS_A_BATCH,
        acknowledged,
        forMs / 1e3,
        inTime * 1e3 / forMs,
        drained.getLong("ownCpuNs") / 1e3 / Math.max(1, inTime));
    long begunNs = System.nanoTime();
    awaitStored(server, before, result.getLong("sent") + acknowledged);
    say.printf(Locale.ROOT, "all of it stored %.1f s later%n", (System.nanoTime() - begunNs) / 1e9);
    return result;
  }

  /** Nothing of either may be missing; what was stored before is not counted. */
  private void awaitStored(PipelineStage.Server server, long before, long batches)
      throws Exception {
    Patience.until(
        batches + " batches stored", STORED_WITHIN_S, () -> stored(server) - before >= batches);
    if (stage.tables().chunks() != batches) {
      throw new IOException(stage.tables().chunks() + " chunks of " + batches + " batches");
    }
  }

  private static long stored(PipelineStage.Server server) throws IOException {
    return Throughput.counted(server).getLong("stored");
  }

  private void tell(String when, JsonObject result) {
    double measured = result.getLong("measured");
    JsonArray cpu = result.getJsonArray("cpuNs");
    say.printf(
        Locale.ROOT,
        "live %-7s %,.0f batches/s: acknowledged p50 %.1f, p99 %.1f ms; stored p50 %.1f, p99 %.1f ms; "
            + "CPU a live batch: %.1f us roles, %.1f Kafka, %.1f PostgreSQL, %.1f load%n",
        when,
        result.getDouble("perS"),
        result.getDouble("p50Ms"),
        result.getDouble("p99Ms"),
        result.getDouble("storedP50Ms"),
        result.getDouble("storedP99Ms"),
        cpu.getLong(0) / measured / 1e3,
        cpu.getLong(1) / measured / 1e3,
        cpu.getLong(2) / measured / 1e3,
        result.getLong("ownCpuNs") / measured / 1e3);
  }
}
