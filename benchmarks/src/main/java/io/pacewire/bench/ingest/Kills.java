package io.pacewire.bench.ingest;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Kills the server under load, again and again, and looks for what it had acknowledged. */
final class Kills {
  private static final int LONGEST_MS = 60_000;
  private static final int EARLIEST_MS = 300;
  private static final int LATEST_MS = 1_500;

  private final Stage stage;
  private final LoadPlan plan;
  private final PrintStream say;
  private final Random chance = new Random();

  Kills(Stage stage, LoadPlan plan, PrintStream say) {
    this.stage = stage;
    this.plan = plan;
    this.say = say;
  }

  void run(int times, Figures figures) throws Exception {
    for (int kill = 1; kill <= times; kill++) {
      Acknowledged acknowledged = once();
      long count = acknowledged.count();
      if (count == 0) {
        throw new IOException("nothing was acknowledged before the kill: it shows nothing");
      }
      stage.broker().strike(acknowledged);
      stage.broker().forget();
      figures.kill(acknowledged.lost());
      say.printf(
          Locale.ROOT,
          "kill -9 %d of %d: %,d batches were acknowledged, %d of them lost%n",
          kill,
          times,
          count,
          acknowledged.lost());
    }
  }

  private Acknowledged once() throws Exception {
    Stage.Server server = stage.server(false);
    Path file = stage.directory().resolve("acknowledged");
    stage.begin(new LoadPlan(
        plan.door(),
        server.mqttPort(),
        false,
        plan.connections(),
        plan.window(),
        1,
        0,
        LONGEST_MS,
        0,
        0,
        false,
        plan.tokens(),
        List.of(),
        file.toString(),
        0,
        0,
        0));
    server.process().killAfter(chance.nextInt(EARLIEST_MS, LATEST_MS));
    JsonObject result = stage.result();
    if (result.getString("fault", "").isEmpty()) {
      throw new IOException("no connection noticed that its server was killed");
    }
    return Acknowledged.read(file);
  }
}
