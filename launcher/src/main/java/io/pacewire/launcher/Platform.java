package io.pacewire.launcher;

import io.pacewire.identity.SigningKeys;
import io.pacewire.platform.cluster.ClusterSettings;
import io.pacewire.platform.config.ConfigSource;
import io.pacewire.stack.DataDirectoryLock;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.Endpoint;
import io.pacewire.stack.Endpoints;
import io.pacewire.stack.PortChoice;
import io.pacewire.stack.ServerFiles;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackPort;
import io.pacewire.stack.StackServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Everything on one machine: the embedded servers and all roles in this JVM. */
final class Platform implements AutoCloseable {
  private final Node node;
  private final EmbeddedStack stack;
  private final JsonObject endpoints;
  private final DevelopmentCertificate certificate;

  private Platform(
      Node node, EmbeddedStack stack, JsonObject endpoints, DevelopmentCertificate certificate) {
    this.node = node;
    this.stack = stack;
    this.endpoints = endpoints;
    this.certificate = certificate;
  }

  /** What {@code endpoints.json} says. */
  JsonObject endpoints() {
    return endpoints;
  }

  Path certificateAuthority() {
    return certificate.authority();
  }

  /**
   * Returns when everything answers.
   *
   * @param end asked for meanwhile, what is there is closed again
   * @throws StartException or the stack's own exception, each one line for the person who started
   */
  static Platform start(
      Path dataDirectory,
      Path serverFiles,
      JsonObject settings,
      StackListener listener,
      OrderlyEnd end) {
    ClusterSettings cluster = ClusterSettings.from(settings);
    DataDirectoryLock lock = DataDirectoryLock.acquire(dataDirectory);
    EndpointsFile file = new EndpointsFile(lock.directory());
    JsonObject earlier = file.read();
    // While the servers start: what takes time and needs none of them.
    CompletableFuture<Node> warm =
        CompletableFuture.supplyAsync(() -> Node.start(cluster, Node.roles()));
    CompletableFuture<DevelopmentCertificate> tls =
        CompletableFuture.supplyAsync(() -> certificate(lock.directory()));
    StackConfig config = stackConfig(lock.directory(), serverFiles, settings)
        .withPreferredPorts(stackPorts(earlier.getJsonObject("ports", new JsonObject())));
    Map<String, Integer> roles;
    try {
      roles = RolePorts.pick(
          RolePorts.read(settings),
          earlier.getJsonObject("ports", new JsonObject()),
          new HashSet<>());
    } catch (StartException taken) {
      lock.close();
      close(warm);
      throw taken;
    }
    EmbeddedStack stack;
    try {
      stack = EmbeddedStack.start(config, listener, lock);
    } catch (RuntimeException failure) {
      close(warm);
      throw failure;
    }
    try {
      end.check();
      Node node = warm.join();
      DevelopmentCertificate certificate = tls.join();
      JsonObject endpoints = endpoints(stack.endpoints(), roles, certificate);
      prepare(stack.endpoints(), lock.directory());
      end.check();
      node.run(
          Node.roles(),
          tree(stack.endpoints(), lock.directory(), roles, settings, certificate, endpoints));
      file.write(endpoints);
      return new Platform(node, stack, endpoints, certificate);
    } catch (CompletionException failure) {
      close(warm);
      stack.close();
      throw failure.getCause() instanceof RuntimeException known ? known : failure;
    } catch (IOException | RuntimeException failure) {
      close(warm);
      stack.close();
      throw failure instanceof RuntimeException known
          ? known
          : new StartException(String.valueOf(failure.getMessage()));
    }
  }

  /** The roles first, so that what they are doing is done while the servers are still there. */
  @Override
  public void close() {
    node.close();
    stack.close();
  }

  private static void close(CompletableFuture<Node> begun) {
    var unused =
        begun.thenAccept(Node::close).exceptionally(neverStarted -> null).join();
  }

  private static DevelopmentCertificate certificate(Path dataDirectory) {
    try {
      SigningKeys.generate(signingKey(dataDirectory));
      return DevelopmentCertificate.in(dataDirectory.resolve("tls"), Instant.now());
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private static Path secrets(Path dataDirectory) {
    return dataDirectory.resolve("secrets");
  }

  private static Path signingKey(Path dataDirectory) {
    return secrets(dataDirectory).resolve("token-signing-key.pem");
  }

  /** Roles and schemas, and topics, side by side. */
  private static void prepare(Endpoints servers, Path dataDirectory) {
    CompletableFuture<Void> topics = CompletableFuture.runAsync(() -> {
      try {
        Topics.ensure(servers.of(StackServer.KAFKA).address());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException("interrupted");
      } catch (ExecutionException | TimeoutException e) {
        throw new StartException("Kafka does not take the topics: " + e.getMessage());
      }
    });
    try {
      ContextDatabases.ensure(
          servers.of(StackServer.POSTGRES), Endpoints.DATABASE, secrets(dataDirectory));
    } catch (SQLException | IOException e) {
      throw new StartException("PostgreSQL does not take the contexts' schemas: " + e.getMessage());
    }
    topics.join();
  }

  private static StackConfig stackConfig(
      Path dataDirectory, Path serverFiles, JsonObject settings) {
    StackConfig config = StackConfig.in(dataDirectory)
        .withServerFiles(ServerFiles.at(serverFiles))
        .withMinimumFreeBytes((long) RolePorts.number(settings, "stack.minimumFreeMib") << 20);
    for (StackPort port : StackPort.values()) {
      config =
          config.withPort(port, PortChoice.configured(RolePorts.number(settings, port.setting())));
    }
    return config;
  }

  private static Map<StackPort, Integer> stackPorts(JsonObject earlier) {
    Map<StackPort, Integer> ports = new HashMap<>();
    for (StackPort port : StackPort.values()) {
      Integer number = earlier.getInteger(port.setting());
      if (number != null) {
        ports.put(port, number);
      }
    }
    return ports;
  }

  private static JsonObject endpoints(
      Endpoints servers, Map<String, Integer> roles, DevelopmentCertificate certificate) {
    JsonObject ports = new JsonObject();
    servers.ports().forEach((port, number) -> ports.put(port.setting(), number));
    roles.forEach(ports::put);
    return new JsonObject()
        .put("consoleUrl", "https://localhost:" + roles.get("gateway.port"))
        .put("streamUrl", "wss://localhost:" + roles.get("ingest.stream.port") + "/v1/stream")
        .put("mqttUrl", "mqtts://localhost:" + roles.get("ingest.mqtt.port"))
        .put("mqttWsUrl", "wss://localhost:" + roles.get("ingest.mqttWs.port") + "/mqtt")
        .put("certificateAuthority", certificate.authority().toString())
        .put("pid", ProcessHandle.current().pid())
        .put("ports", ports);
  }

  /** The same tree that a distributed installation writes into its file. */
  private static JsonObject tree(
      Endpoints servers,
      Path dataDirectory,
      Map<String, Integer> roles,
      JsonObject settings,
      DevelopmentCertificate certificate,
      JsonObject endpoints) {
    JsonObject tree = settings.copy();
    roles.forEach((key, port) -> ConfigSource.put(tree, key, port));
    Endpoint postgres = servers.of(StackServer.POSTGRES);
    ConfigSource.put(tree, "postgres.host", postgres.host());
    ConfigSource.put(tree, "postgres.port", postgres.port());
    ConfigSource.put(tree, "postgres.database", Endpoints.DATABASE);
    for (String context : ContextDatabases.CONTEXTS) {
      ConfigSource.put(
          tree,
          "postgres." + context + ".passwordFile",
          ContextDatabases.passwordFile(secrets(dataDirectory), context).toString());
      ConfigSource.put(
          tree, "gateway." + context + "Url", "http://127.0.0.1:" + roles.get(context + ".port"));
    }
    ConfigSource.put(
        tree, "kafka.bootstrapServers", servers.of(StackServer.KAFKA).address());
    Endpoint redis = servers.of(StackServer.REDIS);
    ConfigSource.put(tree, "redis.host", redis.host());
    ConfigSource.put(tree, "redis.port", redis.port());
    ConfigSource.put(tree, "redis.passwordFile", String.valueOf(redis.passwordFile()));
    ConfigSource.put(tree, "identity.signingKeyFile", signingKey(dataDirectory).toString());
    ConfigSource.put(
        tree,
        "tokens.jwksUrl",
        "http://127.0.0.1:" + roles.get("identity.port") + "/.well-known/jwks.json");
    for (String role : List.of("gateway", "ingest")) {
      ConfigSource.put(
          tree, role + ".tls.certificateFile", certificate.certificate().toString());
      ConfigSource.put(tree, role + ".tls.keyFile", certificate.key().toString());
    }
    ConfigSource.put(tree, "ingest.trainingUrl", "http://127.0.0.1:" + roles.get("training.port"));
    ConfigSource.put(
        tree, "gateway.ingestUrl", "https://localhost:" + roles.get("ingest.stream.port"));
    ConfigSource.put(tree, "gateway.ingestTrustFile", certificate.authority().toString());
    ConfigSource.put(tree, "gateway.publicUrl", endpoints.getString("consoleUrl"));
    ConfigSource.put(tree, "gateway.streamUrl", endpoints.getString("streamUrl"));
    ConfigSource.put(tree, "gateway.mqttUrl", endpoints.getString("mqttUrl"));
    return tree;
  }
}
