package io.pacewire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands end, and print what they promise; how fast it was is no matter here. */
class BenchIT {
  @Test
  void track_printsOneDocument_withEveryGoal() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int status;
    try (PrintStream out = new PrintStream(printed, true, UTF_8)) {
      System.setOut(out);
      status = new CommandLine(new BenchCommand()).execute("track", "--quick", "--json");
    } finally {
      System.setOut(before);
    }
    assertThat(status).isZero();
    JsonArray goals = new JsonArray(printed.toString(UTF_8));
    assertThat(goals)
        .hasSize(5)
        .allSatisfy(one ->
            assertThat(((JsonObject) one).getDouble("measured")).isNotNull().isNotNegative());
  }

  @Test
  void withoutANameOfWhatToMeasure_itIsAUsageError() {
    assertThat(new CommandLine(new BenchCommand()).execute()).isEqualTo(CommandLine.ExitCode.USAGE);
  }
}
