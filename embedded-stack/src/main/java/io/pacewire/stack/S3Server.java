package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An S3 protocol server over a directory, in a JVM of its own. */
final class S3Server implements ChildServer {
  static final String ACCESS_KEY = "s3-access-key";
  static final String SECRET_KEY = "s3-secret-key";
  private static final int THREADS = 16;

  private final JavaCommand java;
  private final Layout layout;
  private final Secrets secrets;
  private final int port;
  private final int heapMib;

  S3Server(ServerFiles files, Layout layout, Secrets secrets, int port, int heapMib)
      throws IOException {
    this.java = new JavaCommand(StackServer.S3, layout, files);
    this.layout = layout;
    this.secrets = secrets;
    this.port = port;
    this.heapMib = heapMib;
  }

  @Override
  public StackServer server() {
    return StackServer.S3;
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
  public void prepare() throws IOException {
    Path unused = Files.createDirectories(workingDirectory());
    String unusedSecret = secrets.value(SECRET_KEY);
    PrivateFiles.write(
        layout.settings(server()),
        String.join(
            "\n",
            "directory=" + workingDirectory(),
            "port=" + port,
            "access-key=" + secrets.value(ACCESS_KEY),
            "secret-file=" + secrets.file(SECRET_KEY),
            "threads=" + THREADS,
            ""));
  }

  @Override
  public List<String> command() {
    return java.line("io.pacewire.servers.S3Gateway", heapMib);
  }

  /** It holds nothing that is not in a file. */
  @Override
  public Duration leftoverGrace() {
    return Duration.ZERO;
  }

  @Override
  public void probe() throws IOException {
    Probe.s3(port);
  }

  @Override
  public void stoppedCleanly() throws IOException {
    java.keepArchive();
  }
}
