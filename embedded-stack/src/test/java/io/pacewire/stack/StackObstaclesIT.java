package io.pacewire.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the way is named, and nothing is left running. */
class StackObstaclesIT {
  @TempDir
  Path data;

  private StackConfig only(StackServer... servers) {
    return StackConfig.in(data).withServers(Set.of(servers));
  }

  @Test
  void aConfiguredPortThatIsTaken_isNamedWithItsSettingAndHolder() throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StackConfig config = only(StackServer.REDIS)
          .withPort(StackPort.REDIS, PortChoice.configured(stranger.getLocalPort()));
      assertThatThrownBy(() -> EmbeddedStack.start(config, StackListener.SILENT).close())
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("port " + stranger.getLocalPort() + " (stack.redis.port)")
          .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
    }
    assertThat(StackProcesses.in(data)).isEmpty();
  }

  @Test
  void aPreferredPortThatIsTaken_isReplacedAndReported() throws Exception {
    EventLog events = new EventLog();
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmbeddedStack stack = EmbeddedStack.start(
            only(StackServer.REDIS)
                .withPort(StackPort.REDIS, PortChoice.preferred(stranger.getLocalPort())),
            events)) {
      assertThat(stack.endpoints().of(StackServer.REDIS).port())
          .isNotEqualTo(stranger.getLocalPort());
      assertThat(events.events()).containsExactly("moved REDIS", "ready redis");
    }
  }

  @Test
  void aSecondStackOnTheSameDirectory_isRefused() {
    try (EmbeddedStack first = EmbeddedStack.start(only(StackServer.REDIS), StackListener.SILENT)) {
      assertThat(first.endpoints().servers()).containsOnlyKeys(StackServer.REDIS);
      assertThatThrownBy(() -> EmbeddedStack.start(only(StackServer.S3), StackListener.SILENT))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aDiskThatIsNearlyFull_isNamedWithTheSetting() {
    StackConfig config = only(StackServer.REDIS).withMinimumFreeBytes(Long.MAX_VALUE);
    assertThatThrownBy(() -> EmbeddedStack.start(config, StackListener.SILENT))
        .isInstanceOf(DiskNearlyFullException.class)
        .hasMessageContaining("stack.minimumFreeMib");
  }

  @Test
  void aServerThatCannotStart_isNamedWithItsLastWords_andTheOthersAreStopped() throws Exception {
    Files.createDirectories(data.resolve("postgres"));
    Files.writeString(data.resolve("postgres/PG_VERSION"), "9.6\n");
    assertThatThrownBy(() -> EmbeddedStack.start(
            only(StackServer.POSTGRES, StackServer.REDIS, StackServer.SMTP), StackListener.SILENT))
        .isInstanceOf(ServerFailedException.class)
        .hasMessageStartingWith("postgres did not start: it ended with status")
        .hasMessageContaining("postgresql.conf");
    assertThat(StackProcesses.in(data)).isEmpty();
    try (DataDirectoryLock free = DataDirectoryLock.acquire(data)) {
      assertThat(free.directory()).isEqualTo(data.toRealPath());
    }
  }

  @Test
  void aStrangerWithTheNumberOfAnOldServer_isLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.createDirectories(data.resolve("run"));
      ProcessIdentity identity = ProcessIdentity.of(stranger.pid()).orElseThrow();
      new ProcessIdentity(stranger.pid(), identity.startTicks() - 1, identity.boot())
          .write(data.resolve("run/redis.pid"));
      EmbeddedStack.start(only(StackServer.REDIS), StackListener.SILENT).close();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void missingServerFiles_areNamed() {
    StackConfig config =
        only(StackServer.KAFKA).withServerFiles(ServerFiles.at(data.resolve("nowhere")));
    assertThatThrownBy(() -> EmbeddedStack.start(config, StackListener.SILENT))
        .isInstanceOf(ServerFilesMissingException.class)
        .hasMessageContaining("nowhere/kafka/lib");
  }
}
