package io.pacewire.launcher;

import io.pacewire.platform.config.ConfigSource;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.stack.Endpoints;
import io.pacewire.training.DatabaseSlots;
import io.pacewire.training.OperatorRecompute;
import io.pacewire.training.OperatorRecompute.Pace;
import io.pacewire.training.RecomputeScope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes trainings anew by the algorithm of this program, for an operator. */
@Command(
    name = "recompute",
    mixinStandardHelpOptions = true,
    description = {
      "Computes trainings anew from what devices sent, by the algorithm of this program.",
      "What it states differently is another revision with its fact; experience, boards and wear",
      "follow. Runs beside the nodes, in this process, no faster than --rate. Ctrl-C ends it; the",
      "same command goes on where it was."
    },
    footer = {
      "",
      "  ./pacewire recompute --outdated --dry-run    says what a new version would change",
      "  ./pacewire recompute --outdated --rate 20    does it, at most 20 trainings a second",
      "  ./pacewire recompute --training ID           one training"
    })
final class RecomputeCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  Which which = new Which();

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description = "Of this athlete only. Default: everybody's.")
  @Nullable
  UUID athlete;

  @Option(
      names = "--algorithm-version",
      paramLabel = "N",
      description = "Refuses to start where this program has another one.")
  @Nullable
  Integer version;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Trainings a second at most, above 0 to 1000. Default: ${DEFAULT-VALUE}")
  double rate = 5;

  @Option(
      names = "--dry-run",
      description = "Computes and says what would change; no revision is written.")
  boolean dryRun;

  @Option(
      names = "--from-start",
      description = "Does not go on where the last such run was cut off.")
  boolean fromStart;

  @Option(
      names = "--changes",
      paramLabel = "FILE",
      description = "Also writes each training that changed, a line of JSON each; appends.")
  @Nullable
  Path changes;

  @Option(names = "--json", description = "Print the report as one JSON document.")
  boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of a platform on this machine. Default: ${DEFAULT-VALUE}")
  Path dataDirectory = Path.of(".pacewire");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of a node elsewhere, as JSON; --data is not looked at then.")
  @Nullable
  Path configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as postgres.host=db1; as --config.")
  Map<String, String> settings = new LinkedHashMap<>();

  @Spec
  CommandSpec spec = CommandSpec.create();

  static final class Which {
    @Option(names = "--training", paramLabel = "ID", description = "One training.")
    @Nullable
    UUID training;

    @Option(names = "--outdated", description = "All that another version computed.")
    boolean outdated;

    @Option(names = "--all", description = "All, whichever version computed them.")
    boolean all;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (version != null && version != OperatorRecompute.algorithmVersion()) {
      throw wrong("--algorithm-version: this program has version "
          + OperatorRecompute.algorithmVersion() + " and no other, was " + version);
    }
    if (!(rate > 0 && rate <= 1_000)) {
      throw wrong("--rate must be above 0 and at most 1000, was " + rate);
    }
    List<PgSettings> databases = databases();
    Path file = changes;
    try (Writer lines = file == null ? Writer.nullWriter() : RecomputeProgress.append(file)) {
      JsonObject report = run(databases, new RecomputeProgress(System.err, lines));
      report.put("algorithmVersion", OperatorRecompute.algorithmVersion()).put("dryRun", dryRun);
      System.out.println(json ? report.encodePrettily() : RecomputeProgress.text(report));
      return report.getLong("failed") == 0 ? 0 : 1;
    }
  }

  /** One database after the other. */
  private JsonObject run(List<PgSettings> databases, RecomputeProgress progress)
      throws InterruptedException {
    RecomputeScope scope =
        new RecomputeScope(athlete, which.training, which.all || which.training != null);
    Vertx vertx = Vertx.vertx();
    try {
      List<JsonObject> reports = new ArrayList<>();
      for (PgSettings database : databases) {
        reports.add(await(OperatorRecompute.open(vertx, database)
            .compose(operator -> operator
                .run(scope, new Pace(rate, dryRun, fromStart), progress)
                .eventually(operator::close))));
      }
      return OperatorRecompute.together(reports);
    } catch (ExecutionException e) {
      throw new StartException(
          "recompute: " + Objects.requireNonNullElse(e.getCause(), e).getMessage()
              + (dryRun ? "" : "; the same command goes on where it was"));
    } finally {
      vertx.close().await();
    }
  }

  private static JsonObject await(Future<JsonObject> run)
      throws ExecutionException, InterruptedException {
    return run.toCompletionStage().toCompletableFuture().get();
  }

  /** Of the nodes' settings, or of the platform that runs in the data directory. */
  private List<PgSettings> databases() {
    if (configFile != null || !settings.isEmpty()) {
      return DatabaseSlots.from(Settings.readDistributed(configFile, settings)).databases();
    }
    JsonObject ports = new EndpointsFile(dataDirectory).read().getJsonObject("ports");
    Path password = ContextDatabases.passwordFile(dataDirectory.resolve("secrets"), "training");
    if (ports == null || !Files.isReadable(password)) {
      throw new StartException(
          "no platform ran in " + dataDirectory + "; say --data DIR or --config FILE");
    }
    JsonObject tree = new JsonObject();
    ConfigSource.put(tree, "postgres.host", "127.0.0.1");
    ConfigSource.put(tree, "postgres.port", ports.getInteger("stack.postgres.port"));
    ConfigSource.put(tree, "postgres.database", Endpoints.DATABASE);
    ConfigSource.put(
        tree, "postgres.training.passwordFile", password.toAbsolutePath().toString());
    return DatabaseSlots.from(tree).databases();
  }

  private ParameterException wrong(String fault) {
    return new ParameterException(spec.commandLine(), fault);
  }
}
