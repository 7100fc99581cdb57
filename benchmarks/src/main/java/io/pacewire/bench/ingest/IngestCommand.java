package io.pacewire.bench.ingest;

import io.pacewire.bench.RunDirectory;
import io.pacewire.launcher.report.Goals;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures ingest under load. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Loads ingest over MQTT and WebSocket, and peers beside it, in turn: every acknowledged batch is",
      "looked for in Kafka. Some five minutes, all cores, up to 5 GB of memory and of disk."
    })
public final class IngestCommand implements Callable<Integer> {
  private static final Set<String> PEERS = Set.of("hivemq", "mosquitto");

  private static final List<String> LOGS =
      List.of("server.log", "load.log", "hivemq.log", "mosquitto.log");

  @Spec
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--peers",
      split = ",",
      description = "Brokers to compare with: hivemq, mosquitto; downloads them when first asked.")
  List<String> peers = List.of();

  @Option(
      names = "--json",
      description = "Print one JSON document; progress goes to standard error.")
  boolean json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each row (default 5).")
  int rounds;

  @Option(names = "--seconds", defaultValue = "4", description = "Of each measurement (default 4).")
  double seconds;

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "Connections that send (default 64).")
  int connections;

  @Option(
      names = "--window",
      defaultValue = "100",
      description = "Messages each has on the way (default 100).")
  int window;

  @Option(
      names = "--burst-ms",
      defaultValue = "5",
      description = {
        "At half load, how often a connection sends in one write what is due; the connections take",
        "turns (default 5, which is about how often a full window moves)."
      })
  int burstMs;

  @Option(
      names = "--mqtt",
      defaultValue = "3",
      description = "Version of MQTT, 3 or 5 (default 3).")
  int mqtt;

  @Option(
      names = "--batch",
      defaultValue = "50",
      description = "Samples of a batch, where there are more than one (default 50).")
  int batch;

  @Option(
      names = "--idle",
      defaultValue = "10000",
      description = "Idle connections to weigh; 0 for none (default 10000).")
  int idle;

  @Option(
      names = "--kills",
      defaultValue = "5",
      description = "How often the server is killed under load (default 5).")
  int kills;

  @Override
  public Integer call() throws Exception {
    for (String peer : peers) {
      if (!PEERS.contains(peer)) {
        throw new ParameterException(spec.commandLine(), "--peers: unknown peer " + peer);
      }
    }
    if (burstMs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--burst-ms must be at least 1, was " + burstMs);
    }
    IngestOptions options = new IngestOptions(
        peers, rounds, seconds, connections, window, burstMs, mqtt, batch, idle, kills);
    PrintStream say = json ? System.err : System.out;
    try (RunDirectory directory = RunDirectory.create("pacewire-bench")) {
      return run(directory, options, say);
    }
  }

  private int run(RunDirectory directory, IngestOptions options, PrintStream say) throws Exception {
    try (Stage stage = new Stage(directory.path())) {
      IngestBenchmark benchmark = new IngestBenchmark(options, say);
      Goals goals = benchmark.run(stage);
      say.printf(
          Locale.ROOT,
          "%nJava %s, %d processors, %d connections, window %d, %d rounds of %.1f s; medians%n%n",
          Runtime.version(),
          Runtime.getRuntime().availableProcessors(),
          connections,
          window,
          rounds,
          seconds);
      System.out.println(
          json
              ? new JsonObject()
                  .put("goals", goals.json())
                  .put("rows", benchmark.rows())
                  .encode()
              : goals.table());
      return 0;
    } catch (IOException e) {
      directory.tails(LOGS, say);
      throw e;
    }
  }
}
