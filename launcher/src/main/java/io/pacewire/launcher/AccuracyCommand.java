package io.pacewire.launcher;

import io.pacewire.launcher.accuracy.AccuracyReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures figures against those of the devices that recorded the activities. */
@Command(
    name = "accuracy",
    mixinStandardHelpOptions = true,
    description = {
      "Runs recorded activities through readers and fold and compares with their devices.",
      "A goal that is missed is reported; the status stays 0."
    })
final class AccuracyCommand implements Callable<Integer> {
  @Spec
  CommandSpec spec = CommandSpec.create();

  @Mixin
  CommonOptions common = new CommonOptions();

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description =
          "Holds activities/manifest.csv and the files it names. Default: ${DEFAULT-VALUE}")
  Path recordings = Home.directory().resolve("../shared/data").normalize();

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(recordings.resolve("activities/manifest.csv"))) {
      throw new ParameterException(
          spec.commandLine(), "--recordings: " + recordings + " has no activities/manifest.csv");
    }
    PrintStream say = common.json ? System.err : System.out;
    AccuracyReport report = AccuracyReport.of(recordings, say);
    say.println();
    say.println(report.errors());
    if (common.json) {
      System.out.println(report.goals().json().encode());
    } else {
      System.out.println(report.goals().table());
    }
    return 0;
  }
}
