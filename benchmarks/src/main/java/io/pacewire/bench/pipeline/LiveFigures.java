package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.Latencies;
import io.pacewire.bench.ingest.LoadPlan;
import io.pacewire.bench.ingest.Series;
import io.pacewire.wire.SessionIds;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long after a fix was sent a viewer at the gateway's live WebSocket sees a figure with it, while
 * others send at a part of the rate that goes through.
 */
final class LiveFigures {
  private static final long FIRST_WITHIN_S = 60;
  private static final long SETTLE_MS = 3_000;

  private final PipelineStage stage;
  private final PipelineStage.Server server;
  private final PipelineOptions options;
  private final Supplier<LoadPlan> plans;
  private final PrintStream say;
  private final Random random = new Random();

  LiveFigures(
      PipelineStage stage,
      PipelineStage.Server server,
      PipelineOptions options,
      Supplier<LoadPlan> plans,
      PrintStream say) {
    this.stage = stage;
    this.server = server;
    this.options = options;
    this.plans = plans;
    this.say = say;
  }

  void round(String when, boolean counts, Series p50Ms, Series p99Ms) throws Exception {
    stage.tables().forget();
    Vertx vertx = Vertx.vertx();
    try {
      List<WatchedRun> runs = open(vertx);
      LoadPlan plan = plans.get();
      stage.begin(plan);
      runs.forEach(run -> run.measure(true));
      JsonObject result = stage.result();
      runs.forEach(run -> run.measure(false));
      for (WatchedRun run : runs) {
        run.stop();
      }
      Latencies all = new Latencies();
      long seen = 0;
      for (WatchedRun run : runs) {
        seen += run.addTo(all);
      }
      if (seen == 0) {
        throw new IOException("no viewer saw a figure");
      }
      double p50 = all.quantileMs(0.5);
      double p99 = all.quantileMs(0.99);
      if (counts) {
        p50Ms.add(p50);
        p99Ms.add(p99);
      }
      say.printf(
          Locale.ROOT,
          "%-8s fix to figure at %d viewers beside %,.0f of %,.0f batches/s: p50 %.0f ms, p99 %.0f ms of %d; %s%n",
          when,
          runs.size(),
          result.getDouble("perS"),
          plan.ratePerS(),
          p50,
          p99,
          seen,
          Throughput.cpu(result));
    } finally {
      Phone.get(vertx.close());
    }
  }

  private List<WatchedRun> open(Vertx vertx) throws Exception {
    WebSocketClient phones = vertx.createWebSocketClient();
    WebSocketClient viewers = vertx.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setMaxFrameSize(1 << 20)
        .setMaxMessageSize(1 << 20));
    List<WatchedRun> runs = new ArrayList<>();
    for (int i = 0; i < options.viewers(); i++) {
      UUID athlete = UUID.randomUUID();
      UUID session = SessionIds.next(System.currentTimeMillis(), random);
      Phone phone = Phone.connect(
          phones,
          server.streamPort(),
          stage.keys().token(athlete, UUID.randomUUID(), "ingest"),
          session);
      WatchedRun run = new WatchedRun(vertx, phone, viewers);
      run.begin();
      run.watch(server.gatewayPort(), stage.keys().token(athlete, UUID.randomUUID(), "athlete"));
      runs.add(run);
      run.goOn(1 + i * 1_000L / options.viewers());
    }
    for (WatchedRun run : runs) {
      run.first().get(FIRST_WITHIN_S, TimeUnit.SECONDS);
    }
    TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
    return runs;
  }
}
