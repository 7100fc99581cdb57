package io.pacewire.bench.pipeline;

import io.pacewire.bench.RunDirectory;
import io.pacewire.launcher.report.Goals;
import io.vertx.core.json.JsonObject;
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

/** Measures the whole way of a sample. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = {
      "Devices, ingest, Kafka, chunks, fold, committed in PostgreSQL, all on this machine. What devices",
      "were told is compared with what is stored and folded: a row that differs is an error. Half an",
      "hour, all cores, up to 8 GB of memory and of disk."
    })
public final class PipelineCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 64;
  private static final int MANY_CONNECTIONS = 512;
  private static final int QUICK_CONNECTIONS = 4;

  private static final List<String> LOGS = List.of("server.log", "load.log");

  @Spec
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      description = "Print one JSON document; progress goes to standard error.")
  boolean json;

  @Option(
      names = "--quick",
      description = "A look at every row in some seconds: no figures to keep.")
  boolean quick;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each row (default 3).")
  int rounds;

  @Option(names = "--seconds", defaultValue = "8", description = "Of each measurement (default 8).")
  double seconds;

  @Option(
      names = "--sessions",
      defaultValue = "1024",
      description = "Recordings under way, where they are not many (default 1024).")
  int sessions;

  @Option(
      names = "--many",
      defaultValue = "100352",
      description = "Recordings under way, where they are many; 512 connections share them"
          + " (default 100352).")
  int many;

  @Option(
      names = "--window",
      defaultValue = "512",
      description = "Batches each connection has on the way until they are stored (default 512).")
  int window;

  @Option(
      names = "--rows",
      split = ",",
      description =
          "Only these: messages, batches, many, live, backlog, disk, kill, lists, import.")
  List<String> only = PipelineBenchmark.ROWS;

  @Option(
      names = "--load",
      defaultValue = "0.5",
      description =
          "Load in the rows live and backlog, a part of what goes through with full windows"
              + " (default 0.5, for which the goals are set).")
  double load;

  @Option(
      names = "--activities",
      defaultValue = "10000",
      description =
          "Of the archive that is imported (default 10000; some six minutes at the goal).")
  int activities;

  @Override
  public Integer call() throws Exception {
    for (String row : only) {
      if (!PipelineBenchmark.ROWS.contains(row)) {
        throw new ParameterException(spec.commandLine(), "--rows: unknown row " + row);
      }
    }
    if (!(load > 0 && load <= 1)) {
      throw new ParameterException(spec.commandLine(), "--load: over 0, at most 1, not " + load);
    }
    PrintStream say = json ? System.err : System.out;
    try (RunDirectory directory = RunDirectory.create("pacewire-pipeline")) {
      return run(directory, say);
    }
  }

  private int run(RunDirectory directory, PrintStream say) throws Exception {
    try (PipelineStage stage = new PipelineStage(directory.path())) {
      PipelineBenchmark benchmark = new PipelineBenchmark(options(), stage, say);
      Goals goals = benchmark.run();
      say.printf(
          Locale.ROOT,
          "%nJava %s, %d processors, %d rounds of %.1f s; medians%n%n",
          Runtime.version(),
          Runtime.getRuntime().availableProcessors(),
          options().rounds(),
          options().seconds());
      System.out.println(
          json
              ? new JsonObject()
                  .put("goals", goals.json())
                  .put("rows", benchmark.rows())
                  .encode()
              : goals.table());
      return 0;
    } catch (Exception e) {
      directory.tails(LOGS, say);
      throw e;
    }
  }

  private PipelineOptions options() {
    return quick
        ? new PipelineOptions(
            Set.copyOf(only),
            1,
            1,
            QUICK_CONNECTIONS,
            window,
            16,
            8,
            400,
            load,
            2,
            1,
            100,
            40,
            20,
            4_000,
            12)
        : new PipelineOptions(
            Set.copyOf(only),
            rounds,
            seconds,
            CONNECTIONS,
            window,
            sessions,
            MANY_CONNECTIONS,
            Math.max(1, many / MANY_CONNECTIONS) * MANY_CONNECTIONS, // as many on each
            load,
            20,
            4,
            5_000,
            2_000,
            500,
            120_000,
            activities);
  }
}
