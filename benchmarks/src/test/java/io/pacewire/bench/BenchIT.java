package io.pacewire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands end, and print what they promise; how fast it was is no matter here. */
class BenchIT {
  @BeforeAll
  static void tellWhereTheServersAre() {
    System.setProperty(
        "pacewire.home", Path.of("..").toAbsolutePath().normalize().toString());
  }

  @AfterAll
  static void forgetIt() {
    System.clearProperty("pacewire.home");
  }

  @Test
  void track_printsOneDocument_withEveryGoal() {
    JsonArray goals = new JsonArray(run("track", "--quick", "--json"));
    assertThat(goals)
        .hasSize(5)
        .allSatisfy(one ->
            assertThat(((JsonObject) one).getDouble("measured")).isNotNull().isNotNegative());
  }

  /**
   * The command itself fails where Kafka has another number of batches than were acknowledged. What is
   * looked at here is that no acknowledged batch is gone after a kill.
   */
  @Test
  void ingest_findsEveryAcknowledgedBatchInKafka_alsoAfterKills() {
    String kills = Boolean.getBoolean("pacewire.full") ? "20" : "3";
    JsonObject document = new JsonObject(run(
        "ingest",
        "--json",
        "--rounds=1",
        "--seconds=1",
        "--connections=8",
        "--mqtt=5",
        "--idle=0",
        "--kills=" + kills));
    assertThat(document.getJsonArray("rows"))
        .hasSize(5)
        .allSatisfy(row -> assertThat(((JsonObject) row).getLong("checked")).isPositive());
    assertThat(goal(document, "acknowledged batches lost").getDouble("measured"))
        .isZero();
    assertThat(goal(document, "publish to ack at half load, p99").getDouble("measured"))
        .isPositive();
    assertThat(goal(document, "durable, against HiveMQ CE delivered").getValue("measured"))
        .as("no peer was asked for")
        .isNull();
  }

  /**
   * The command itself fails where what devices were told is not what is stored and folded; where a fold
   * does not go on over a kill; and where somebody sees no figure.
   */
  @Test
  void pipeline_storesAndFoldsWhatDevicesWereTold_alsoAfterAKill() {
    boolean full = Boolean.getBoolean("pacewire.full");
    // What is sealed, and lists, have tests of their own.
    String rows = "messages,batches,many,live,backlog,kill,import" + (full ? ",disk,lists" : "");
    Set<String> unmeasured = full ? Set.of() : Set.of("disk", "list", "detail");
    JsonObject document = new JsonObject(run("pipeline", "--quick", "--json", "--rows=" + rows));
    assertThat(document.getJsonArray("rows"))
        .hasSize(3)
        .allSatisfy(row -> assertThat(((JsonObject) row).getLong("checked")).isPositive());
    assertThat(document.getJsonArray("goals")).hasSize(12).allSatisfy(one -> {
      JsonObject goal = (JsonObject) one;
      String figure = goal.getString("figure");
      assertThat(goal.getDouble("measured") == null)
          .as(figure)
          .isEqualTo(unmeasured.contains(figure.split(" ", 2)[0]));
    });
  }

  private static JsonObject goal(JsonObject document, String figure) {
    return document.getJsonArray("goals").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("figure").startsWith(figure))
        .findFirst()
        .orElseThrow();
  }

  private static String run(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    StringWriter fault = new StringWriter();
    int status;
    try (PrintStream out = new PrintStream(printed, true, UTF_8)) {
      System.setOut(out);
      status = new CommandLine(new BenchCommand())
          .setErr(new PrintWriter(fault, true))
          .execute(arguments);
    } finally {
      System.setOut(before);
    }
    assertThat(status).as(fault.toString()).isZero();
    return printed.toString(UTF_8);
  }

  @Test
  void withoutANameOfWhatToMeasure_itIsAUsageError() {
    assertThat(new CommandLine(new BenchCommand()).execute()).isEqualTo(CommandLine.ExitCode.USAGE);
  }
}
