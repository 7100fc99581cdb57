package io.pacewire.bench.ingest;

import io.pacewire.bench.ingest.LoadPlan.Door;
import io.pacewire.launcher.report.Goals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs all rows in turn, round after round, and holds what came out to the goals. */
final class IngestBenchmark {
  private static final double LEAST_PER_S = 100;
  private static final int WARM_ROUNDS = 2;

  private final IngestOptions options;
  private final PrintStream say;
  private final List<Contender> contenders = new ArrayList<>();
  private final Figures figures = new Figures();
  private final JsonArray rows = new JsonArray();
  private @Nullable Contender hiveMqAcknowledged;
  private @Nullable Contender hiveMqDelivered;
  private @Nullable Contender mosquittoDelivered;

  IngestBenchmark(IngestOptions options, PrintStream say) {
    this.options = options;
    this.say = say;
  }

  Goals run(Stage stage) throws Exception {
    Stage.Server plain = stage.server(false);
    Stage.Server tls = stage.server(true);
    LoadPlan plan = new LoadPlan(
        options.mqtt(),
        plain.mqttPort(),
        false,
        options.connections(),
        options.window(),
        1,
        options.warmMs(),
        options.measureMs(),
        0,
        0,
        false,
        stage.keys().tokens(options.connections()),
        List.of(plain.process().pid(), stage.broker().pid()),
        "",
        0,
        0,
        0);
    Contender mqtt = add("Pacewire, MQTT", plan, true);
    Contender halfLoad = new Contender(
        "Pacewire, MQTT, half of that",
        () -> plan.withRate(Math.max(LEAST_PER_S, mqtt.latestPerS() / 2), options.burstMs()),
        true);
    contenders.add(halfLoad);
    addPeers(stage, plan);
    Contender stream = add("Pacewire, WebSocket", plan.at(Door.STREAM, plain.streamPort()), true);
    Contender overTls = add(
        "Pacewire, MQTT over TLS",
        plan.withTls()
            .at(options.mqtt(), tls.mqttPort())
            .watching(List.of(tls.process().pid(), stage.broker().pid())),
        true);
    Contender batches = add(
        "Pacewire, MQTT, batches of " + options.batch(), plan.withSamples(options.batch()), true);
    for (int round = options.rounds() > 1 ? -WARM_ROUNDS : 0; round < options.rounds(); round++) {
      for (Contender contender : contenders) {
        String line = contender.round(stage, round >= 0);
        say.printf("%-8s %s%n", round < 0 ? "warm-up" : "round " + (round + 1), line);
      }
    }
    idle(stage, plain, tls);
    new Kills(stage, plan, say).run(options.kills(), figures);
    summarize();
    return figures.goals(
        options.batch(),
        mqtt,
        halfLoad,
        hiveMqAcknowledged,
        hiveMqDelivered,
        mosquittoDelivered,
        stream,
        overTls,
        batches);
  }

  /** What each row did, beside the goals. */
  JsonArray rows() {
    return rows;
  }

  private void addPeers(Stage stage, LoadPlan plan) throws IOException, InterruptedException {
    for (String name : options.peers()) {
      say.printf("starting %s%n", name);
      Peer peer = stage.peer(name);
      LoadPlan toPeer =
          plan.at(options.mqtt(), peer.port()).withoutTokens().watching(List.of(peer.pid()));
      Contender acknowledged = add(peer.name() + ", PUBACK only", toPeer, false);
      Contender delivered = add(peer.name() + ", delivered", toPeer.toASubscriber(), false);
      if (name.equals("hivemq")) {
        hiveMqAcknowledged = acknowledged;
        hiveMqDelivered = delivered;
      } else {
        mosquittoDelivered = delivered;
      }
    }
  }

  private Contender add(String name, LoadPlan plan, boolean ours) {
    Contender contender = new Contender(name, () -> plan, ours);
    contenders.add(contender);
    return contender;
  }

  private void idle(Stage stage, Stage.Server plain, Stage.Server tls) throws Exception {
    if (options.idle() == 0) {
      return;
    }
    List<String> tokens = stage.keys().tokens(options.idle());
    LoadPlan silent = new LoadPlan(
        options.mqtt(),
        plain.mqttPort(),
        false,
        options.idle(),
        0,
        1,
        0,
        Idle.HOLD_MS,
        0,
        0,
        false,
        tokens,
        List.of(),
        "",
        0,
        0,
        0);
    double plainKb = Idle.heapKbEach(stage, silent, plain);
    double tlsKb = Idle.heapKbEach(stage, silent.withTls().at(options.mqtt(), tls.mqttPort()), tls);
    figures.idle(options.idle(), plainKb);
    say.printf(
        Locale.ROOT,
        "%,d idle MQTT connections: %.2f KB of heap each, %.2f KB over TLS%n",
        options.idle(),
        plainKb,
        tlsKb);
    rows.add(new JsonObject()
        .put("name", "idle connections")
        .put("heapKb", plainKb)
        .put("heapKbOverTls", tlsKb));
  }

  private void summarize() {
    say.println();
    for (Contender contender : contenders) {
      say.println(contender.summary());
      rows.add(contender.json());
    }
  }
}
