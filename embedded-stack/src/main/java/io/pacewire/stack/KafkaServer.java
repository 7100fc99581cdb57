package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One Kafka node, broker and controller, in a JVM of its own. */
final class KafkaServer implements ChildServer {
  private final JavaCommand java;
  private final Layout layout;
  private final int port;
  private final int controllerPort;
  private final int heapMib;

  KafkaServer(ServerFiles files, Layout layout, int port, int controllerPort, int heapMib)
      throws IOException {
    this.java = new JavaCommand(StackServer.KAFKA, layout, files);
    this.layout = layout;
    this.port = port;
    this.controllerPort = controllerPort;
    this.heapMib = heapMib;
  }

  @Override
  public StackServer server() {
    return StackServer.KAFKA;
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
    String listener = "PLAINTEXT://127.0.0.1:" + port;
    PrivateFiles.write(
        layout.settings(server()),
        String.join(
            "\n",
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
            "listeners=" + listener + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners=" + listener,
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names=CONTROLLER",
            "inter.broker.listener.name=PLAINTEXT",
            "log.dirs=" + workingDirectory(),
            "auto.create.topics.enable=false",
            // A killed broker counts as alive until its session ends; the default doubles the
            // restart.
            "broker.session.timeout.ms=3000",
            "broker.heartbeat.interval.ms=500",
            "num.partitions=8",
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=8",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "transaction.state.log.num.partitions=4",
            "share.coordinator.state.topic.replication.factor=1",
            "share.coordinator.state.topic.min.isr=1",
            "group.initial.rebalance.delay.ms=0",
            // 128 MiB of heap by default, of which one node's compacted topics need a sliver.
            "log.cleaner.dedupe.buffer.size=8388608",
            "log.cleaner.threads=1",
            "num.network.threads=2",
            "num.io.threads=4",
            "background.threads=4",
            ""));
  }

  @Override
  public List<String> command() {
    return java.line("io.pacewire.servers.KafkaNode", heapMib);
  }

  /** Enough to flush; killed earlier it would only look through its last segments at the next start. */
  @Override
  public Duration leftoverGrace() {
    return Duration.ofMillis(1_500);
  }

  @Override
  public void probe() throws IOException {
    Probe.kafka(port);
  }

  @Override
  public void stoppedCleanly() throws IOException {
    java.keepArchive();
  }
}
