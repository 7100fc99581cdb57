package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Redis with its append-only file on and a password. */
final class RedisServer implements ChildServer {
  static final String SECRET = "redis-password";

  private final ServerFiles files;
  private final Layout layout;
  private final Secrets secrets;
  private final int port;

  RedisServer(ServerFiles files, Layout layout, Secrets secrets, int port) {
    this.files = files;
    this.layout = layout;
    this.secrets = secrets;
    this.port = port;
  }

  @Override
  public StackServer server() {
    return StackServer.REDIS;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path workingDirectory() {
    return layout.data(server());
  }

  /** The password goes into a private file: a command line is readable by every user of the machine. */
  @Override
  public void prepare() throws IOException {
    Path unused = Files.createDirectories(workingDirectory());
    PrivateFiles.write(
        layout.settings(server()),
        String.join(
            "\n",
            "bind 127.0.0.1",
            "port " + port,
            "protected-mode yes",
            "requirepass " + secrets.value(SECRET),
            "dir \"" + workingDirectory() + "\"",
            "appendonly yes",
            "appendfsync everysec",
            "save \"\"",
            "set-proc-title no", // it would write over the environment that marks the process as
            // ours
            ""));
  }

  @Override
  public List<String> command() {
    return List.of(
        files.require(server(), "bin/redis-server").toString(),
        layout.settings(server()).toString());
  }

  @Override
  public Duration leftoverGrace() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void probe() throws IOException {
    Probe.redis(port, secrets.value(SECRET));
  }
}
