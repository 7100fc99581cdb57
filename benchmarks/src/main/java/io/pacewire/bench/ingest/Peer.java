package io.pacewire.bench.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Another broker, in a process of its own, letting everybody in. */
final class Peer implements AutoCloseable {
  private static final long START_WITHIN_S = 90;
  private static final long INSTALL_WITHIN_MIN = 5;

  private final String name;
  private final Process process;
  private final int port;

  private Peer(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** With its own defaults but for what keeps it from dropping messages, or asking for more of them. */
  static Peer mosquitto(Path directory) throws IOException, InterruptedException {
    Path binary = onPath("mosquitto").orElse(null);
    if (binary == null) {
      installMosquitto();
      binary = onPath("mosquitto")
          .orElseThrow(
              () -> new IOException("mosquitto is not installed and apt did not bring it"));
    }
    int port = freePort();
    Path settings = directory.resolve("mosquitto.conf");
    Path unused = Files.writeString(
        settings,
        String.join(
            "\n",
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "persistence false",
            "log_type error",
            "set_tcp_nodelay true",
            "max_inflight_messages 0",
            "max_queued_messages 0",
            ""));
    Process process = new ProcessBuilder(binary.toString(), "-c", settings.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("mosquitto.log").toFile())
        .start();
    awaitPort("mosquitto", process, port);
    return new Peer("Mosquitto", process, port);
  }

  static Peer hiveMq(Path directory) throws IOException, InterruptedException {
    Path lib = PeerFiles.hiveMq();
    int port = freePort();
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms1g",
            "-Xmx1g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "-cp",
            lib + "/*",
            "io.pacewire.peers.HiveMq",
            directory.resolve("hivemq").toString(),
            Integer.toString(port)))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("hivemq.log").toFile())
        .start();
    awaitPort("HiveMQ", process, port);
    return new Peer("HiveMQ CE", process, port);
  }

  private static void installMosquitto() throws IOException, InterruptedException {
    Optional<Path> apt = onPath("apt-get");
    if (apt.isEmpty() || !"root".equals(System.getProperty("user.name"))) {
      throw new IOException("mosquitto is not installed (Debian: apt-get install mosquitto)");
    }
    Process install = new ProcessBuilder(
            apt.get().toString(), "install", "-y", "--no-install-recommends", "mosquitto")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    boolean unused = install.waitFor(INSTALL_WITHIN_MIN, TimeUnit.MINUTES);
  }

  private static Optional<Path> onPath(String program) {
    return List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin").stream()
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(String name, Process process, int port)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_WITHIN_S);
    while (!answers(port)) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        Process unused = process.destroyForcibly();
        throw new IOException(name + " did not start; see its log");
      }
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        Process unused = process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
