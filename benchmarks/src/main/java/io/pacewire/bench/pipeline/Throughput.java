package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.LoadPlan;
import io.pacewire.bench.ingest.Series;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;

/** A row of batches a second, each counted when its device is told that it is stored. */
final class Throughput {
  private final String name;
  private final int samples;
  private final Supplier<LoadPlan> plans;
  private final Series perS = new Series();
  private final Series serverNs = new Series();
  private final Series kafkaNs = new Series();
  private final Series postgresNs = new Series();
  private double latestPerS;
  private long checked;

  /** @param samples of a batch */
  Throughput(String name, int samples, Supplier<LoadPlan> plans) {
    this.name = name;
    this.samples = samples;
    this.plans = plans;
  }

  /** Batches a second. */
  Series perS() {
    return perS;
  }

  /** Of the round before, whether it counts or not. */
  double latestPerS() {
    return latestPerS;
  }

  /**
   * One round.
   *
   * @throws IOException where a batch was acknowledged that is not stored and folded, or not once
   */
  String round(PipelineStage stage, PipelineStage.Server server, boolean counts) throws Exception {
    stage.tables().forget();
    JsonObject before = counted(server);
    stage.begin(plans.get());
    JsonObject result = stage.result();
    long credited = check(stage, server, before, result);
    checked += credited;
    latestPerS = result.getDouble("perS");
    double measured = result.getLong("measured");
    JsonArray cpu = result.getJsonArray("cpuNs");
    if (counts) {
      perS.add(latestPerS);
      serverNs.add(cpu.getLong(0) / measured);
      kafkaNs.add(cpu.getLong(1) / measured);
      postgresNs.add(cpu.getLong(2) / measured);
    }
    return String.format(
        Locale.ROOT,
        "%-28s %,9.0f batches/s %,11.0f samples/s; %s; %,d stored and folded",
        name,
        latestPerS,
        latestPerS * samples,
        cpu(result),
        credited);
  }

  /** What a batch cost each of the processes. */
  static String cpu(JsonObject result) {
    double measured = result.getLong("measured");
    JsonArray cpu = result.getJsonArray("cpuNs");
    return String.format(
        Locale.ROOT,
        "CPU a batch: %.1f us roles, %.1f Kafka, %.1f PostgreSQL, %.1f load",
        cpu.getLong(0) / measured / 1e3,
        cpu.getLong(1) / measured / 1e3,
        cpu.getLong(2) / measured / 1e3,
        result.getLong("ownCpuNs") / measured / 1e3);
  }

  /** What devices sent, heard of, what lies in PostgreSQL and what was folded are one number, or the row is void. */
  private long check(
      PipelineStage stage, PipelineStage.Server server, JsonObject before, JsonObject result)
      throws Exception {
    JsonObject after = counted(server);
    long sent = result.getLong("sent");
    long credited = result.getLong("credited");
    long chunks = stage.tables().chunks();
    long stored = after.getLong("stored") - before.getLong("stored");
    long folded = after.getLong("folded") - before.getLong("folded");
    if (credited != sent || chunks != sent || stored != sent || folded != sent) {
      throw new IOException(String.format(
          Locale.ROOT,
          "%s is void: %d sent, %d told stored, %d chunks, %d stored, %d folded",
          name,
          sent,
          credited,
          chunks,
          stored,
          folded));
    }
    return credited;
  }

  static JsonObject counted(PipelineStage.Server server) throws IOException {
    return server.process().ask(new JsonObject().put("ask", "counted"));
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("batchesPerS", perS.median())
        .put("samplesPerS", perS.median() * samples)
        .put("spread", perS.spread())
        .put("serverCpuNs", serverNs.median())
        .put("kafkaCpuNs", kafkaNs.median())
        .put("postgresCpuNs", postgresNs.median())
        .put("checked", checked);
  }
}
