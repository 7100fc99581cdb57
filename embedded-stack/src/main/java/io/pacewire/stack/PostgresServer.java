package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL with durable settings and SCRAM passwords, TCP on loopback only. */
final class PostgresServer implements ChildServer {
  static final String USER = "pacewire";
  static final String SECRET = "postgres-password";
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");
  private static final int TOOL_SECONDS = 60;

  private final ServerFiles files;
  private final Layout layout;
  private final Secrets secrets;
  private final ChildProcess processes;
  private final int port;
  private final int buffersMib;

  PostgresServer(ServerFiles files, Layout layout, Secrets secrets, int port, int buffersMib) {
    this.files = files;
    this.layout = layout;
    this.secrets = secrets;
    this.processes = new ChildProcess(layout);
    this.port = port;
    this.buffersMib = buffersMib;
  }

  @Override
  public StackServer server() {
    return StackServer.POSTGRES;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path workingDirectory() {
    return layout.data(server());
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    Path cluster = layout.data(server());
    String unused = secrets.value(SECRET);
    if (!Files.exists(cluster)) {
      initialise(cluster);
    }
    // The caller has made sure that no server of ours runs; a pid file that is left would stop the
    // start if some
    // stranger has that number now.
    Files.deleteIfExists(cluster.resolve("postmaster.pid"));
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>(tool("postgres"));
    command.addAll(List.of("-D", layout.data(server()).toString(), "-p", Integer.toString(port)));
    for (String setting : settings()) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  @Override
  public Duration leftoverGrace() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void probe() throws IOException {
    try (PostgresSession session = session()) {
      List<String> unused = session.query("SELECT 1");
    }
  }

  @Override
  public void populate() throws IOException {
    try (PostgresSession session = session()) {
      String name = Endpoints.DATABASE;
      if (session
          .query("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")
          .isEmpty()) {
        List<String> unused = session.query("CREATE DATABASE " + name);
      }
    }
  }

  /** SIGTERM would wait for every client to leave; a fast stop ends their sessions and writes a checkpoint. */
  @Override
  public void askToStop(ProcessHandle process) throws IOException {
    if (postmaster() != process.pid()) { // pg_ctl believes the file, whoever has that number now
      boolean unused = process.destroy();
      return;
    }
    List<String> command = new ArrayList<>(tool("pg_ctl"));
    command.addAll(
        List.of("stop", "-W", "-m", "fast", "-D", layout.data(server()).toString()));
    Process unused = processes.launch(server(), layout.run(), command);
  }

  private long postmaster() {
    try (Stream<String> lines = Files.lines(layout.data(server()).resolve("postmaster.pid"))) {
      return lines.findFirst().map(String::strip).map(Long::parseLong).orElse(0L);
    } catch (IOException | NumberFormatException notThere) {
      return 0;
    }
  }

  private PostgresSession session() throws IOException {
    return PostgresSession.open(port, USER, secrets.value(SECRET), "postgres");
  }

  private List<String> settings() {
    return List.of(
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "password_encryption=scram-sha-256",
        "shared_buffers=" + buffersMib + "MB",
        "max_connections=256", // twice what one role may have
        "max_wal_size=512MB",
        "io_method=sync", // three worker processes less; files of this size sit in the page cache
        "huge_pages=off",
        "timezone=UTC",
        "log_timezone=UTC");
  }

  /** Made beside its place and moved there when whole, so that a kill in the middle leaves nothing half made. */
  private void initialise(Path cluster) throws IOException, InterruptedException {
    Path fresh = cluster.resolveSibling("postgres.new");
    Folders.delete(fresh);
    List<String> command = new ArrayList<>(tool("initdb"));
    command.addAll(List.of("-D", fresh.toString(), "-U", USER, "-A", "scram-sha-256"));
    command.addAll(List.of("--pwfile", secrets.file(SECRET).toString(), "-E", "UTF8"));
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    Process initdb = processes.launch(server(), layout.run(), command);
    if (!initdb.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
      Process unused = initdb.destroyForcibly();
      throw new IOException("initdb did not end within " + TOOL_SECONDS + " s");
    }
    if (initdb.exitValue() != 0) {
      throw new IOException("initdb ended with status "
          + initdb.exitValue()
          + "\n"
          + new LogFile(layout.log(server())).tail(8));
    }
    Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
  private List<String> tool(String name) {
    String binary = files.require(server(), "bin/" + name).toString();
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? List.of(UNSHARE.toString(), "--user", binary) : List.of(binary);
  }
}
