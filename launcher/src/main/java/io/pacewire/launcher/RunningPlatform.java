package io.pacewire.launcher;

import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.launcher.client.PlatformException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A platform in a process of its own: the one that runs in a data directory, or one started for it. */
final class RunningPlatform implements AutoCloseable {
  private static final long READY_WITHIN_S = 90;
  private static final long STOPPED_WITHIN_S = 40;

  private final JsonObject endpoints;
  private final PlatformClient client;
  private final @Nullable Process started;

  private RunningPlatform(JsonObject endpoints, PlatformClient client, @Nullable Process started) {
    this.endpoints = endpoints;
    this.client = client;
    this.started = started;
  }

  static RunningPlatform findOrStart(CommonOptions common, PrintStream say) throws IOException {
    RunningPlatform running = find(common.dataDirectory, null);
    if (running != null) {
      say.println("Using the platform that runs in " + common.dataDirectory);
      return running;
    }
    say.println("No platform runs in " + common.dataDirectory + "; starting one.");
    return start(common);
  }

  PlatformClient client() {
    return client;
  }

  boolean wasStartedHere() {
    return started != null;
  }

  URI streamUrl() {
    return URI.create(endpoints.getString("streamUrl"));
  }

  Path certificateAuthority() {
    return Path.of(endpoints.getString("certificateAuthority"));
  }

  /** Where this data directory keeps what only its owner may read. */
  Path secrets() {
    return certificateAuthority().resolveSibling("../secrets").normalize();
  }

  /** Waits for the process to end by itself. */
  void join() throws InterruptedException {
    if (started != null) {
      int unused = started.waitFor();
    }
  }

  /** Stops what was started here, and only that. */
  @Override
  public void close() {
    if (started == null) {
      return;
    }
    started.destroy();
    try {
      if (!started.waitFor(STOPPED_WITHIN_S, TimeUnit.SECONDS)) {
        var unused = started.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable RunningPlatform find(Path dataDirectory, @Nullable Process started) {
    JsonObject endpoints = new EndpointsFile(dataDirectory).read();
    String console = endpoints.getString("consoleUrl");
    String authority = endpoints.getString("certificateAuthority");
    if (console == null || authority == null || !java.nio.file.Files.exists(Path.of(authority))) {
      return null;
    }
    PlatformClient client = new PlatformClient(URI.create(console), Path.of(authority));
    try {
      var unused = client.get("/health/ready", null);
      return new RunningPlatform(endpoints, client, started);
    } catch (PlatformException e) {
      return null;
    }
  }

  private static RunningPlatform start(CommonOptions common) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(
                argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("up", "--no-demo"));
    command.addAll(common.arguments());
    Process process = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    // Whoever ends this process means what it started, too.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "platform-end"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_WITHIN_S);
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new StartException("the platform did not start; it said why above");
      }
      RunningPlatform ready = find(common.dataDirectory, process);
      if (ready != null) {
        return ready;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    process.destroy();
    throw new StartException("the platform was not ready within " + READY_WITHIN_S + " s");
  }
}
