package io.pacewire.servers;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One broker and controller: formats its directory when that is new, then serves until told to stop. */
public final class KafkaNode {
  private KafkaNode() {}

  public static void main(String[] args) throws Exception {
    ParentWatch.start();
    Properties settings = ParentWatch.settings(args[0]);
    format(settings);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
    server.startup();
    server.awaitShutdown();
  }

  private static void format(Properties settings) throws Exception {
    String directory = settings.getProperty("log.dirs");
    if (Files.exists(Path.of(directory, "meta.properties"))) {
      return; // The formatter writes this file last, so what has it is whole, and it would not
      // accept a new cluster id.
    }
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
        .setDirectories(List.of(directory))
        .setMetadataLogDirectory(directory)
        .setControllerListenerName(settings.getProperty("controller.listener.names"))
        .setIgnoreFormatted(true)
        .run();
  }
}
