package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at a terminal gets: one clear line, the right status, and nothing left running. */
class CommandLineIT {
  private static final long WITHIN_S = 120;

  @TempDir
  Path directory;

  /** @param children that were alive when the command had ended */
  private record Outcome(int status, String out, String err, List<ProcessHandle> children) {
    Outcome isOneLine() {
      assertThat(err.lines().filter(line -> line.startsWith("pacewire:")))
          .as(err)
          .hasSize(1);
      assertThat(err).doesNotContain("\tat ");
      assertThat(children).as("left running").isEmpty();
      return this;
    }
  }

  @Test
  void usageErrors_haveStatus2() throws Exception {
    assertThat(pacewire("up", "--nonsense").status()).isEqualTo(2);
    assertThat(pacewire("nonsense").status()).isEqualTo(2);
    assertThat(pacewire().status()).isEqualTo(2);
    assertThat(pacewire("replay").status()).isEqualTo(2);
    assertThat(pacewire("replay", directory.resolve("no.gpx").toString()).status())
        .isEqualTo(2);
    Outcome wrong = pacewire("up", "--set", "gateway.port=abc").isOneLine();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("gateway.port must be a whole number").contains("was abc");
    assertThat(pacewire("up", "--demo-speed=-1").status()).isEqualTo(2);
    assertThat(pacewire("up", "--set", "gateway.prot=1").err()).contains("gateway.prot");
    assertThat(pacewire("--help").status()).isZero();
  }

  @Test
  void aFileThatIsNoActivity_isSaidInOneLine() throws Exception {
    Path file = Files.writeString(directory.resolve("notes.gpx"), "no activity");
    Outcome outcome = pacewire("replay", file.toString(), "--data", data()).isOneLine();
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("notes.gpx");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void accuracy_measuresWhatItCan_andSaysWhatItCannot() throws Exception {
    assertThat(pacewire("accuracy", "--recordings", directory.resolve("none").toString())
            .status())
        .isEqualTo(2);
    Path activities = Files.createDirectories(directory.resolve("recordings/activities"));
    Files.writeString(activities.resolve("manifest.csv"), "file,ref_distance_m\nbroken.fit,5000\n");
    String recordings = activities.getParent().toString();
    Outcome nothing = pacewire("accuracy", "--recordings", recordings).isOneLine();
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.err())
        .contains("broken.fit: there is no such file")
        .contains("nothing that could be measured");

    Files.writeString(
        activities.resolve("manifest.csv"), "file,ref_distance_m\nbroken.fit,5000\nwalk.gpx,449\n");
    Files.writeString(activities.resolve("walk.gpx"), walk());
    Outcome done = pacewire("accuracy", "--json", "--recordings", recordings);
    assertThat(done.status()).as(done.err()).isZero();
    JsonObject report = new JsonObject(done.out()); // fails on a second document
    assertThat(report.getJsonArray("activities")).hasSize(1);
    assertThat(report.getJsonArray("leftOut").getJsonObject(0).getString("recording"))
        .isEqualTo("broken.fit");
    assertThat(done.err()).as("progress").contains("walk.gpx");
  }

  @Test
  void aPortThatIsTaken_isNamedWithItsSetting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          up(data(), "--set", "ingest.mqtt.port=" + taken.getLocalPort()).isOneLine();
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("port " + taken.getLocalPort() + " is taken")
          .contains("ingest.mqtt.port");
    }
  }

  @Test
  void aDirectoryThatCannotBeUsed_isNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("a-file"), "");
    Outcome outcome = up(file.resolve("below").toString()).isOneLine();
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("a-file");
  }

  @Test
  void aSecondInstanceOnTheSameDirectory_isRefused_andTheFirstGoesOn() throws Exception {
    List<String> options = List.of("-Dpacewire.classes=" + directory.resolve("classes"));
    try (ServerProcess first = new ServerProcess(directory.resolve("data"), options).start()) {
      assertThat(directory.resolve("classes.whole")).isEmptyFile();
      Outcome second = up(first.data().toString()).isOneLine();
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err())
          .contains(first.data().toString())
          .contains(Long.toString(first.endpoints().getLong("pid")));
      assertThat(first.client().get("/health/ready", null).getString("status")).isEqualTo("up");
    }
  }

  @Test
  void aDiskThatIsFull_isNamedWithItsSetting() throws Exception {
    Path small = Files.createDirectory(directory.resolve("small"));
    int mounted = new ProcessBuilder(
            "mount", "-t", "tmpfs", "-o", "size=64m", "none", small.toString())
        .inheritIO()
        .start()
        .waitFor();
    assumeTrue(mounted == 0, "SKIPPED: a small disk cannot be mounted here without root");
    try {
      Outcome outcome = up(small.resolve("data").toString()).isOneLine();
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err()).contains("stack.minimumFreeMib").contains("MiB");
    } finally {
      int unused =
          new ProcessBuilder("umount", small.toString()).inheritIO().start().waitFor();
    }
  }

  @Test
  void jsonIsOneDocument_andAnEndedReplayTakesItsPlatformAlong() throws Exception {
    Path gpx = Files.writeString(directory.resolve("walk.gpx"), walk());
    Outcome done = pacewire(replay(gpx, "--json"));
    assertThat(done.status()).as(done.err()).isZero();
    JsonObject result = new JsonObject(done.out()); // fails on a second document
    assertThat(result.fieldNames())
        .contains(
            "distanceM",
            "timerS",
            "movingS",
            "paceSPerKm",
            "ascentM",
            "batchesSent",
            "batchesAcked",
            "batchesStored",
            "batchesRefused",
            "xp");
    assertThat(result.getInteger("batchesStored")).isEqualTo(result.getInteger("batchesSent"));
    assertThat(done.children()).isEmpty();
    try (var left = Files.list(directory.resolve("data/replay"))) {
      assertThat(left).as("stores of what is stored").isEmpty();
    }
  }

  @Test
  void aReplayThatIsEnded_leavesNothingRunning_andTheNextSendsWhatItHad() throws Exception {
    Path gpx = Files.writeString(directory.resolve("walk.gpx"), walk());
    List<String> command = command(replay(gpx, "--speed", "2"));
    Process replay = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(directory.resolve("replay.err").toFile())
        .start();
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Files.readString(directory.resolve("replay.err")).contains("stored"));
    List<ProcessHandle> children = replay.descendants().toList();
    assertThat(children).isNotEmpty();
    replay.destroy();
    assertThat(replay.waitFor(WITHIN_S, TimeUnit.SECONDS)).isTrue();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));

    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      Outcome next = pacewire(replay(gpx, "--json"));
      assertThat(next.status()).as(next.err()).isZero();
      assertThat(server
              .client()
              .get("/v1/trainings", server.account().token())
              .getJsonArray("trainings"))
          .as("the ended one and the new one")
          .hasSize(2);
      recomputesThem();
      UUID signIn = UUID.randomUUID();
      Outcome revoked = pacewire("revoke", "--session", signIn.toString(), "--data", data());
      assertThat(revoked.status()).as(revoked.err()).isZero();
      assertThat(revoked.out()).isEqualTo("Revoked: session " + signIn + "\n");
    }
  }

  private void recomputesThem() throws Exception {
    Path changes = directory.resolve("changes.jsonl");
    Outcome all = pacewire(
        "recompute",
        "--all",
        "--rate",
        "50",
        "--data",
        data(),
        "--json",
        "--changes",
        changes.toString());
    assertThat(all.status()).as(all.err()).isZero();
    JsonObject report = new JsonObject(all.out()); // fails on a second document
    assertThat(report.getLong("lookedAt")).isEqualTo(2);
    assertThat(report.getLong("revised")).as("by the version that is there").isZero();
    assertThat(all.err()).contains("recompute: 2 trainings to look at");
    assertThat(changes).isEmptyFile();
    Outcome outdated = pacewire("recompute", "--outdated", "--dry-run", "--data", data());
    assertThat(outdated.out()).contains("0 trainings: 0 would be revised");
  }

  @Test
  void aDemoThatIsStoppedAsItBegins_isNoFailure() throws Exception {
    Path out = directory.resolve("up.out");
    Process up = new ProcessBuilder(command(freePorts("up", "--data", data())))
        .redirectOutput(out.toFile())
        .redirectError(directory.resolve("up.err").toFile())
        .start();
    await()
        .atMost(Duration.ofSeconds(WITHIN_S))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !up.isAlive() || Files.readString(out).contains("Ctrl-C stops everything"));
    up.destroy();
    assertThat(up.waitFor(WITHIN_S, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(out);
    assertThat(said).contains("Stopping.").doesNotContain("failed").doesNotContain("null");
  }

  /** Whoever notices a wrong option the moment they have typed it is told no fault of ours. */
  @ParameterizedTest
  @ValueSource(strings = {"redis", "postgres"})
  void aStartThatIsStopped_saysSo_andLeavesNothing(String lastReady) throws Exception {
    Path log = directory.resolve("up.log");
    Process up = new ProcessBuilder(command(freePorts("up", "--no-demo", "--data", data())))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    List<ProcessHandle> children;
    try {
      await().atMost(Duration.ofMinutes(2)).until(() -> Files.readString(log).contains(lastReady));
      children = up.descendants().toList();
      up.destroy();
      assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      up.destroyForcibly();
    }
    assertThat(Files.readString(log))
        .endsWith("Stopped before it was ready.\n")
        .doesNotContain("xception", "Error");
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void recompute_wantsToKnowWhich_andHowFast() throws Exception {
    assertThat(pacewire("recompute").status()).isEqualTo(2);
    assertThat(pacewire("recompute", "--all", "--outdated").status()).isEqualTo(2);
    assertThat(pacewire("recompute", "--all", "--rate", "0").err())
        .contains("--rate must be above");
    Outcome other = pacewire("recompute", "--all", "--algorithm-version", "1");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("--algorithm-version: this program has version");
    Outcome nowhere = pacewire("recompute", "--outdated", "--data", data()).isOneLine();
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("no platform ran in " + data());
    assertThat(pacewire("recompute", "--help").out()).contains("--dry-run", "--from-start");
  }

  @Test
  void revoke_wantsToKnowWhom_andWhere() throws Exception {
    String id = UUID.randomUUID().toString();
    assertThat(pacewire("revoke").status()).isEqualTo(2);
    assertThat(pacewire("revoke", "--device", "the-watch").status()).isEqualTo(2);
    assertThat(pacewire("revoke", "--device", id, "--session", id).status()).isEqualTo(2);
    Outcome nowhere = pacewire("revoke", "--device", id, "--data", data()).isOneLine();
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("no platform ran in " + data());
  }

  @Test
  void theScript_saysWhichJdkItNeeds_andWhichItSaw() throws Exception {
    Path old = Files.createDirectories(directory.resolve("jdk-11/bin"));
    for (String tool : List.of("java", "javac")) {
      Path file = Files.writeString(old.resolve(tool), "#!/bin/sh\necho 'javac 11.0.2'\n");
      var unused =
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    // A root of its own, so that no other JDK of this machine is found.
    ProcessBuilder script = new ProcessBuilder(
        "bash", Path.of("../pacewire").toAbsolutePath().normalize().toString(), "doctor");
    script.environment().put("JAVA_HOME", directory.resolve("jdk-11").toString());
    script.environment().put("PATH", old + ":" + directory.resolve("tools"));
    script.environment().put("HOME", directory.toString());
    script.environment().put("PACEWIRE_JDKS", directory.resolve("none").toString());
    Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("bash", "sed", "dirname", "readlink", "find", "sort", "head")) {
      Files.createSymbolicLink(
          directory.resolve("tools").resolve(tool), Path.of("/usr/bin").resolve(tool));
    }
    Outcome outcome = run(script);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.isOneLine().err())
        .contains("needs a JDK 17")
        .contains("JAVA_HOME is JDK 11");
  }

  /** Only one that a server has filled, of this build. */
  @Test
  void theScript_mapsTheClassesOfAServerThatCameUp() throws Exception {
    Path jdk = Files.createDirectories(directory.resolve("jdk-17/bin"));
    for (String tool : List.of("java", "javac")) {
      String text = tool.equals("java") ? "echo \"$@\"" : "echo 'javac 17.0.1'";
      Path file = Files.writeString(jdk.resolve(tool), "#!/bin/sh\n" + text + "\n");
      var unused =
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path script = directory.resolve("own/pacewire");
    Path jar = directory.resolve("own/launcher/target/pacewire.jar");
    Files.createDirectories(jar.getParent());
    Files.copy(Path.of("../pacewire"), script);
    Files.writeString(jar, "");
    String written = "-XX:ArchiveClassesAtExit=";
    String mapped = "-XX:SharedArchiveFile=";

    assertThat(script(script, "doctor", "")).doesNotContain(written, mapped);
    assertThat(script(script, "serve", "-javaagent:a.jar")).doesNotContain(written, mapped);
    String first = script(script, "serve", "");
    assertThat(first).contains(written).doesNotContain(mapped);
    Path classes = Path.of(first.replaceAll("(?s).*" + written + "(\\S+) .*", "$1"));
    assertThat(classes).hasParentRaw(jar.getParent());
    Files.writeString(classes, "");
    assertThat(script(script, "up", "")).as("of one that did not come up").contains(written);
    assertThat(classes).doesNotExist();
    Files.writeString(classes, "");
    Files.writeString(Path.of(classes + ".whole"), "");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertThat(script(script, "up", "")).contains(mapped).doesNotContain(written);
    assertThat(script(script, "doctor", "")).contains(mapped);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(script(script, "up", "")).as("of another build").contains(written);
  }

  private String script(Path script, String command, String options) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), command);
    builder.environment().put("JDK_JAVA_OPTIONS", options);
    builder.environment().put("JAVA_HOME", directory.resolve("jdk-17").toString());
    return run(builder).out();
  }

  private static String[] freePorts(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    for (String door : List.of("gateway", "ingest.mqtt", "ingest.mqttWs", "ingest.stream")) {
      all.addAll(List.of("--set", door + ".port=0"));
    }
    return all.toArray(String[]::new);
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private Outcome up(String data, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("up", "--no-demo", "--data", data));
    if (List.of(more).isEmpty() || !String.join(" ", more).contains("gateway.port")) {
      arguments.addAll(List.of(
          "--set",
          "gateway.port=0",
          "--set",
          "ingest.stream.port=0",
          "--set",
          "ingest.mqttWs.port=0"));
      if (!String.join(" ", more).contains("ingest.mqtt.port")) {
        arguments.addAll(List.of("--set", "ingest.mqtt.port=0"));
      }
    }
    arguments.addAll(List.of(more));
    return pacewire(arguments.toArray(String[]::new));
  }

  private String[] replay(Path file, String... more) {
    List<String> arguments = new ArrayList<>(
        List.of(freePorts("replay", file.toString(), "--data", data(), "--exit-when-done")));
    if (!List.of(more).contains("--speed")) {
      arguments.addAll(List.of("--speed", "500"));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Outcome pacewire(String... arguments) throws Exception {
    return run(new ProcessBuilder(command(arguments)));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dpacewire.servers=" + ServerProcess.serverFiles(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process = builder
        .directory(directory.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    assertThat(process.waitFor(WITHIN_S, TimeUnit.SECONDS)).isTrue();
    List<ProcessHandle> children =
        process.descendants().filter(ProcessHandle::isAlive).toList();
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8), children);
  }

  /** Five minutes due north at 1.5 m/s. */
  private static String walk() {
    StringBuilder gpx = new StringBuilder("<gpx version=\"1.1\" creator=\"test\""
        + " xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><type>walking</type><trkseg>");
    for (int second = 0; second < 300; second++) {
      gpx.append("<trkpt lat=\"%.7f\" lon=\"13.4\"><time>2026-05-01T10:%02d:%02dZ</time></trkpt>"
          .formatted(52.3 + second * 1.35e-5, second / 60, second % 60));
    }
    return gpx + "</trkseg></trk></gpx>";
  }
}
