package io.pacewire.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack through its life: cold, warm, with servers killed, with the parent killed. */
class StackLifecycleIT {

  @TempDir
  Path folder;

  @Test
  void everyServer_resumesWithItsDataOnItsPort_afterACleanClose() throws Exception {
    Path data = folder.resolve("with a space");
    Map<StackPort, Integer> ports;
    try (EmbeddedStack cold = EmbeddedStack.start(StackConfig.in(data), StackListener.SILENT)) {
      ports = cold.endpoints().ports();
      new Clients(cold.endpoints()).write("kept");
      assertThat(StackProcesses.in(data)).hasSizeGreaterThanOrEqualTo(5);
    }
    assertThat(StackProcesses.in(data)).isEmpty();

    StackConfig again = StackConfig.in(data).withPreferredPorts(ports);
    EventLog events = new EventLog();
    try (EmbeddedStack warm = EmbeddedStack.start(again, events)) {
      assertThat(warm.endpoints().ports()).isEqualTo(ports);
      assertThat(new Clients(warm.endpoints()).read()).isEqualTo(asRead("kept"));
      assertThat(events.events())
          .containsExactlyInAnyOrder(
              "ready postgres", "ready kafka", "ready redis", "ready s3", "ready smtp");
    }
    assertThat(StackProcesses.in(data)).isEmpty();
    assertThat(modes(data.resolve("secrets"))).containsOnly("rw-------").isNotEmpty();
    assertThat(modes(data.resolve("run")).stream()
            .filter(mode -> mode.endsWith("r--"))
            .toList())
        .as("only class archives may be read by others")
        .hasSameSizeAs(archives(data));
  }

  @Test
  void aKilledServer_isBackOnItsPortWithItsData() throws Exception {
    EventLog events = new EventLog();
    try (EmbeddedStack stack = EmbeddedStack.start(StackConfig.in(folder), events)) {
      new Clients(stack.endpoints()).write("kept");
      for (StackServer server : StackServer.values()) {
        long pid = StackProcesses.pid(folder, server);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> events.events().contains("restarted " + server.id()));
        assertThat(StackProcesses.pid(folder, server)).isNotEqualTo(pid);
      }
      assertThat(new Clients(stack.endpoints()).read()).isEqualTo(asRead("kept"));
      assertThat(events.events()).filteredOn(event -> event.startsWith("died")).hasSize(5);
    }
    assertThat(StackProcesses.in(folder)).isEmpty();
  }

  @Test
  void aKilledParent_leavesNothingThatHindersTheNextStart() throws Exception {
    Process parent = startParent();
    try (BufferedReader said = parent.inputReader()) {
      assertThat(said.readLine()).startsWith("ready");
    }
    assertThatThrownBy(() ->
            EmbeddedStack.start(StackConfig.in(folder), StackListener.SILENT).close())
        .isInstanceOf(DataDirectoryInUseException.class)
        .hasMessageContaining("process " + parent.pid());

    List<Long> orphans = StackProcesses.in(folder);
    long postmaster = StackProcesses.pid(folder, StackServer.POSTGRES);
    assertThat(parent.destroyForcibly().waitFor()).isEqualTo(137);
    assertThat(ProcessHandle.of(postmaster)).isPresent();

    EventLog events = new EventLog();
    try (EmbeddedStack stack = EmbeddedStack.start(StackConfig.in(folder), events)) {
      assertThat(events.events()).contains("leftover postgres", "leftover redis");
      assertThat(StackProcesses.in(folder)).doesNotContainAnyElementsOf(orphans);
      new Clients(stack.endpoints()).write("kept");
      assertThat(new Clients(stack.endpoints()).read()).isEqualTo(asRead("kept"));
    }
    assertThat(StackProcesses.in(folder)).isEmpty();
  }

  @Test
  void postgres_isDurableAndListensToThoseWithThePasswordAlone() throws Exception {
    StackConfig config = StackConfig.in(folder).withServers(Set.of(StackServer.POSTGRES));
    try (EmbeddedStack stack = EmbeddedStack.start(config, StackListener.SILENT)) {
      Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
      String password = Files.readString(postgres.passwordFile());
      try (PostgresSession session =
          PostgresSession.open(postgres.port(), "pacewire", password, "pacewire")) {
        assertThat(session.query("SHOW server_version")).containsExactly("18.6");
        assertThat(session.query("SHOW fsync")).containsExactly("on");
        assertThat(session.query("SHOW synchronous_commit")).containsExactly("on");
        assertThat(session.query("SHOW listen_addresses")).containsExactly("127.0.0.1");
        assertThat(session.query("CREATE EXTENSION pg_trgm")).isEmpty();
      }
      assertThatThrownBy(
              () -> PostgresSession.open(postgres.port(), "pacewire", "guessed", "pacewire"))
          .hasMessageContaining("password authentication failed");
    }
  }

  private static List<String> asRead(String word) {
    return List.of(word, word, word, word, word);
  }

  private Process startParent() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StackUntilKilled.class.getName(),
            folder.toString(),
            ServerFiles.besideThisLibrary().root().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> modes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> modes = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
      return modes;
    }
  }

  private static Set<Path> archives(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("run"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).collect(Collectors.toSet());
    }
  }
}
