package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code ./pacewire serve} in a JVM of its own. */
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final JsonObject ports;

  private NodeProcess(Process process, JsonObject ports) {
    this.process = process;
    this.ports = ports;
  }

  /** @param role what it does */
  static NodeProcess start(
      Path folder, String name, String role, Path config, Map<String, String> settings)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "serve",
        "--roles",
        role,
        "--config",
        config.toString()));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    Path output = folder.resolve(name + ".out");
    Files.deleteIfExists(output);
    Process process = new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || Files.readString(output).endsWith("}\n"));
    assertThat(process.isAlive())
        .as(Files.readString(folder.resolve(name + ".err")))
        .isTrue();
    return new NodeProcess(
        process, new JsonObject(Files.readString(output)).getJsonObject("ports"));
  }

  int port(String key) {
    return ports.getInteger(key);
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Freezes it, as a machine that swaps or a network that is cut does to who looks on. */
  void freeze() throws Exception {
    Signals.send("STOP", process.pid());
  }

  void thaw() throws Exception {
    if (process.isAlive()) {
      Signals.send("CONT", process.pid());
    }
  }

  @Override
  public void close() {
    process.destroy();
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
      thaw();
      return !process.isAlive();
    });
  }
}
