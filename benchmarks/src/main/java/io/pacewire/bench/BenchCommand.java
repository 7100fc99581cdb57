package io.pacewire.bench;

import io.pacewire.bench.ingest.IngestCommand;
import io.pacewire.bench.pipeline.PipelineCommand;
import io.pacewire.bench.track.TrackCommand;
import io.pacewire.launcher.AddedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what measures. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures speed on this machine.",
      "A goal that is missed is reported; the status stays 0."
    },
    subcommands = {TrackCommand.class, IngestCommand.class, PipelineCommand.class})
public final class BenchCommand implements AddedCommand {
  @Spec
  CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which one?");
  }
}
