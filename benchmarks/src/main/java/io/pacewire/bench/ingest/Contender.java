package io.pacewire.bench.ingest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One row of what is measured in turn: a way to be loaded, and its figures. */
final class Contender {
  private final String name;
  private final Supplier<LoadPlan> plans;
  private final boolean ours;
  private final Series perS = new Series();
  private final Series cpuNs = new Series();
  private final Series brokerCpuNs = new Series();
  private final Series loadCpuNs = new Series();
  private final Series p50Ms = new Series();
  private final Series p99Ms = new Series();
  private double latestPerS;
  private long checked;

  /** @param plans for each round; watch the server and, where the server is ours, the broker behind it */
  Contender(String name, Supplier<LoadPlan> plans, boolean ours) {
    this.name = name;
    this.plans = plans;
    this.ours = ours;
  }

  Series perS() {
    return perS;
  }

  /** Of the round before, whether it counts or not. */
  double latestPerS() {
    return latestPerS;
  }

  /** From when a message was due to be published, at a rate. */
  Series p50Ms() {
    return p50Ms;
  }

  Series p99Ms() {
    return p99Ms;
  }

  /** Processor time a message. */
  Series cpuNs() {
    return cpuNs;
  }

  /**
   * One round.
   *
   * @throws IOException where something acknowledged is not there, or not once
   */
  String round(Stage stage, boolean counts) throws Exception {
    LoadPlan plan = plans.get();
    JsonObject result = stage.run(plan);
    String fault = result.getString("fault");
    if (fault != null) {
      throw new IOException(name + ": " + fault);
    }
    long credited = result.getLong("credited");
    if (ours) {
      long durable = stage.broker().arrived();
      if (durable != credited || !result.getBoolean("drained")) {
        throw new IOException(
            name + ": " + credited + " acknowledged, but " + durable + " are in Kafka");
      }
      stage.broker().forget();
    }
    checked += credited;
    latestPerS = result.getDouble("perS");
    return figures(plan, result, counts);
  }

  private String figures(LoadPlan plan, JsonObject result, boolean counts) {
    double measured = result.getLong("measured");
    JsonArray cpu = result.getJsonArray("cpuNs");
    double server = cpu.getLong(0) / measured;
    double broker = ours ? cpu.getLong(1) / measured : 0;
    double load = result.getLong("ownCpuNs") / measured;
    if (counts) {
      perS.add(result.getDouble("perS"));
      cpuNs.add(server);
      brokerCpuNs.add(broker);
      loadCpuNs.add(load);
      p50Ms.add(known(result, "p50Ms"));
      p99Ms.add(known(result, "p99Ms"));
    }
    String checked = ours
        ? "all in Kafka"
        : result.getBoolean("drained") ? "all of it" : "NOT ALL of it, only what came counts";
    return String.format(
        Locale.ROOT,
        "%-34s %9.0f msg/s  %6.2f us server%s %5.2f us load  %,d %s, %s%s",
        name,
        result.getDouble("perS"),
        server / 1e3,
        ours ? String.format(Locale.ROOT, " %5.2f us Kafka", broker / 1e3) : "               ",
        load / 1e3,
        result.getLong("credited"),
        plan.delivered() ? "delivered" : "acknowledged",
        checked,
        latency(plan, result));
  }

  private static String latency(LoadPlan plan, JsonObject result) {
    return plan.ratePerS() <= 0
        ? ""
        : String.format(
            Locale.ROOT,
            "; of %.0f msg/s asked for, p50 %.2f ms, p99 %.2f ms",
            plan.ratePerS(),
            known(result, "p50Ms"),
            known(result, "p99Ms"));
  }

  private static double known(JsonObject result, String figure) {
    Double value = result.getDouble(figure);
    return value == null ? Double.NaN : value;
  }

  String summary() {
    return String.format(
        Locale.ROOT,
        "%-34s %,10.0f msg/s (%s), %.2f us of its CPU a message%s, %.2f us of the load's",
        name,
        perS.median(),
        perS.spread(),
        cpuNs.median() / 1e3,
        ours ? String.format(Locale.ROOT, ", %.2f us of Kafka's", brokerCpuNs.median() / 1e3) : "",
        loadCpuNs.median() / 1e3);
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("perS", perS.median())
        .put("spread", perS.spread())
        .put("cpuNs", finite(cpuNs.median()))
        .put("brokerCpuNs", finite(brokerCpuNs.median()))
        .put("loadCpuNs", finite(loadCpuNs.median()))
        .put("p50Ms", finite(p50Ms.median()))
        .put("p99Ms", finite(p99Ms.median()))
        .put("checked", checked);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
