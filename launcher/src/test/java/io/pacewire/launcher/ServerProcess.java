package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.launcher.client.PlatformException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code ./pacewire up} in a JVM of its own, as a person would run it, on free ports. */
final class ServerProcess implements AutoCloseable {
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path data;
  private final List<String> javaOptions;
  private final List<String> settings = new ArrayList<>();
  private Process process;

  ServerProcess(Path data) {
    this(data, SMALL);
  }

  /** @param javaOptions for who has more to carry than a demo */
  ServerProcess(Path data, List<String> javaOptions) {
    this.data = data;
    this.javaOptions = javaOptions;
  }

  /** To be called before it is started. */
  ServerProcess set(String setting, int value) {
    settings.addAll(List.of("--set", setting + "=" + value));
    return this;
  }

  ServerProcess start() throws IOException {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElse("java"));
    line.addAll(javaOptions);
    line.addAll(List.of(
        "-XX:+ExitOnOutOfMemoryError",
        "-Dpacewire.servers=" + serverFiles(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "up",
        "--no-demo",
        "--data",
        data.toString(),
        "--set",
        "gateway.port=0",
        "--set",
        "ingest.mqtt.port=0",
        "--set",
        "ingest.mqttWs.port=0",
        "--set",
        "ingest.stream.port=0"));
    line.addAll(settings);
    process = new ProcessBuilder(line)
        .redirectOutput(data.resolveSibling("server.out").toFile())
        .redirectError(data.resolveSibling("server.err").toFile())
        .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !process.isAlive() || isReady());
    assertThat(process.isAlive()).as(log()).isTrue();
    return this;
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  PlatformClient client() {
    return new PlatformClient(URI.create(endpoints().getString("consoleUrl")), authority());
  }

  DemoAccount account() throws IOException {
    return DemoAccount.signIn(client(), data.resolve("secrets"));
  }

  JsonObject endpoints() {
    return new EndpointsFile(data).read();
  }

  Path authority() {
    return data.resolve("tls/ca.pem");
  }

  Path data() {
    return data;
  }

  String log() throws IOException {
    return Files.readString(data.resolveSibling("server.err"))
        + Files.readString(data.resolveSibling("server.out"));
  }

  /** Ctrl-C, and what an owner expects of it: nothing is left running. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    for (ProcessHandle child : children) {
      assertThat(child.isAlive()).as("left running: " + child.info()).isFalse();
    }
  }

  private boolean isReady() {
    try {
      return endpoints().getLong("pid", 0L) == process.pid()
          && client().get("/health/ready", null).getString("status").equals("up");
    } catch (PlatformException notYet) {
      return false;
    }
  }

  static Path serverFiles() {
    return Path.of("../embedded-stack/target/servers").toAbsolutePath().normalize();
  }
}
