package io.pacewire.launcher;

import io.pacewire.ingest.JsonBatches;
import io.pacewire.wire.MalformedBatchException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a batch in the shell, for whoever tries a door with a tool of their own. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = {
      "Seals a batch out of JSON and writes it, as a device would send it, to standard output.",
      "The JSON has the shape of telemetry.proto, as POST /v1/batches takes it."
    })
final class BatchCommand implements Callable<Integer> {
  @Spec
  CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The JSON of one envelope; - reads it from input.")
  String file = "";

  @Override
  public Integer call() throws IOException {
    byte[] json = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    try {
      List<byte[]> sealed =
          JsonBatches.seal(Buffer.buffer(json), 1, Clock.systemUTC().millis());
      if (sealed.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "FILE: no envelope in it");
      }
      System.out.write(sealed.get(0));
      System.out.flush();
      return 0;
    } catch (MalformedBatchException e) {
      throw new ParameterException(spec.commandLine(), "FILE: " + e.getMessage());
    }
  }
}
