package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which servers a configuration asks for, and where they are then found. */
final class ServerPlan {
  private final StackConfig config;
  private final Layout layout;
  private final Secrets secrets;

  ServerPlan(StackConfig config, Layout layout) {
    this.config = config;
    this.layout = layout;
    this.secrets = new Secrets(layout.secrets());
  }

  /** The servers in the order of their enum; a port that is not settled yet is 0. */
  List<ChildServer> servers(Map<StackPort, Integer> ports) throws IOException {
    List<ChildServer> servers = new ArrayList<>();
    for (StackServer server : StackServer.values()) {
      if (config.servers().contains(server)) {
        servers.add(server(server, ports));
      }
    }
    return servers;
  }

  Endpoints endpoints(Map<StackPort, Integer> ports) throws IOException {
    Map<StackServer, Endpoint> endpoints = new EnumMap<>(StackServer.class);
    for (StackServer server : config.servers()) {
      endpoints.put(server, endpoint(server, ports));
    }
    return new Endpoints(endpoints, ports, layout.mail());
  }

  private ChildServer server(StackServer server, Map<StackPort, Integer> ports) throws IOException {
    ServerFiles files = config.serverFiles();
    StackMemory memory = config.memory();
    return switch (server) {
      case POSTGRES ->
        new PostgresServer(
            files, layout, secrets, port(ports, StackPort.POSTGRES), memory.postgresBuffersMib());
      case KAFKA ->
        new KafkaServer(
            files,
            layout,
            port(ports, StackPort.KAFKA),
            port(ports, StackPort.KAFKA_CONTROLLER),
            memory.kafkaHeapMib());
      case REDIS -> new RedisServer(files, layout, secrets, port(ports, StackPort.REDIS));
      case S3 ->
        new S3Server(files, layout, secrets, port(ports, StackPort.S3), memory.s3HeapMib());
      case SMTP -> new SmtpServer(files, layout, port(ports, StackPort.SMTP), memory.smtpHeapMib());
    };
  }

  private Endpoint endpoint(StackServer server, Map<StackPort, Integer> ports) throws IOException {
    return switch (server) {
      case POSTGRES ->
        endpoint(
            server,
            port(ports, StackPort.POSTGRES),
            PostgresServer.USER,
            secrets.file(PostgresServer.SECRET));
      case KAFKA -> endpoint(server, port(ports, StackPort.KAFKA), null, null);
      case REDIS ->
        endpoint(server, port(ports, StackPort.REDIS), null, secrets.file(RedisServer.SECRET));
      case S3 ->
        endpoint(
            server,
            port(ports, StackPort.S3),
            secrets.value(S3Server.ACCESS_KEY),
            secrets.file(S3Server.SECRET_KEY));
      case SMTP -> endpoint(server, port(ports, StackPort.SMTP), null, null);
    };
  }

  private static Endpoint endpoint(
      StackServer server, int port, @Nullable String user, @Nullable Path passwordFile) {
    return new Endpoint(server, Loopback.HOST, port, user, passwordFile);
  }

  private static int port(Map<StackPort, Integer> ports, StackPort port) {
    return ports.getOrDefault(port, 0);
  }
}
