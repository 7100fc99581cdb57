package io.pacewire.launcher;

import io.pacewire.launcher.accuracy.AccuracyReport;
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
      "A goal that is missed is reported, as is what could not be measured; the status stays 0",
      "unless there is nothing at all that could be."
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
          "Holds activities/manifest.csv with the files it names, and steps. Default: ${DEFAULT-VALUE}")
  Path recordings = Home.directory().resolve("../shared/data").normalize();

  @Override
  public Integer call() {
    if (!Files.isDirectory(recordings)) {
      throw new ParameterException(
          spec.commandLine(), "--recordings: there is no folder " + recordings);
    }
    AccuracyReport report = AccuracyReport.of(recordings, System.err);
    if (!report.measuredAnything()) {
      System.err.println(report.leftOutText());
      throw new StartException(recordings + " holds nothing that could be measured");
    }
    System.out.println(common.json ? report.json().encode() : report.text());
    return 0;
  }
}
