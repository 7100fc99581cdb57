package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A mail server that delivers nowhere: what it takes becomes a file. */
final class SmtpServer implements ChildServer {
  private static final int MAILS_KEPT = 1_000;

  private final JavaCommand java;
  private final Layout layout;
  private final int port;
  private final int heapMib;

  SmtpServer(ServerFiles files, Layout layout, int port, int heapMib) throws IOException {
    this.java = new JavaCommand(StackServer.SMTP, layout, files);
    this.layout = layout;
    this.port = port;
    this.heapMib = heapMib;
  }

  @Override
  public StackServer server() {
    return StackServer.SMTP;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path workingDirectory() {
    return layout.mail();
  }

  @Override
  public void prepare() throws IOException {
    Path unused = Files.createDirectories(workingDirectory());
    PrivateFiles.write(
        layout.settings(server()),
        String.join(
            "\n", "directory=" + workingDirectory(), "port=" + port, "kept=" + MAILS_KEPT, ""));
  }

  @Override
  public List<String> command() {
    return java.line("io.pacewire.servers.MailSink", heapMib);
  }

  /** It holds nothing that is not in a file. */
  @Override
  public Duration leftoverGrace() {
    return Duration.ZERO;
  }

  @Override
  public void probe() throws IOException {
    Probe.smtp(port);
  }

  @Override
  public void stoppedCleanly() throws IOException {
    java.keepArchive();
  }
}
