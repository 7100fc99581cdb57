package io.pacewire.launcher;

import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.Endpoint;
import io.pacewire.stack.Endpoints;
import io.pacewire.stack.ServerFiles;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What training nodes need around them, all of it real: Kafka, PostgreSQL, an issuer of tokens. */
final class TrainingServers implements AutoCloseable {
  private static final int TOKEN_LIFE_S = 3_600;
  private static final int LOG_LINES = 40;

  private final Path folder;
  private final Path secrets;
  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedStack stack;
  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;

  TrainingServers(Path folder) throws Exception {
    this.folder = folder;
    this.secrets = Files.createDirectories(folder.resolve("secrets"));
    stack = EmbeddedStack.start(
        StackConfig.in(folder.resolve("stack"))
            .withServerFiles(ServerFiles.at(ServerProcess.serverFiles()))
            .withServers(Set.of(StackServer.KAFKA, StackServer.POSTGRES)),
        StackListener.SILENT);
    Topics.ensure(brokers());
    ContextDatabases.ensure(postgres(), Endpoints.DATABASE, secrets);
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
  }

  String brokers() {
    return stack.endpoints().of(StackServer.KAFKA).address();
  }

  private Endpoint postgres() {
    return stack.endpoints().of(StackServer.POSTGRES);
  }

  /** As the training role itself sees its tables, and nobody else's. */
  Connection connect() throws Exception {
    String url = "jdbc:postgresql://" + postgres().address() + "/" + Endpoints.DATABASE
        + "?currentSchema=training";
    String password = Files.readString(ContextDatabases.passwordFile(secrets, "training"));
    return DriverManager.getConnection(url, "pw_training", password.strip());
  }

  /** As above, when PostgreSQL may have been killed just now. */
  Connection connectAgain(Duration patience) {
    return await()
        .atMost(patience)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(this::connect, connection -> true);
  }

  /** Its database goes down with all its sessions, and is started again by whoever watches over it. */
  void killPostgres() throws Exception {
    Signals.send("KILL", postgresPid());
  }

  private long postgresPid() throws IOException {
    return Long.parseLong(
        Files.readString(folder.resolve("stack/run/postgres.pid")).split(" ", -1)[0]);
  }

  NodeProcess node(String name, Map<String, String> settings) throws IOException {
    JsonObject training = new JsonObject()
        .put("passwordFile", ContextDatabases.passwordFile(secrets, "training").toString());
    JsonObject config = new JsonObject()
        .put("kafka", new JsonObject().put("bootstrapServers", brokers()))
        .put(
            "postgres",
            new JsonObject()
                .put("host", postgres().host())
                .put("port", postgres().port())
                .put("database", Endpoints.DATABASE)
                .put("training", training))
        .put("tokens", new JsonObject().put("jwksUrl", issuer.settings().jwksUrl()));
    Path file = folder.resolve(name + ".json");
    Files.writeString(file, config.encode());
    return NodeProcess.start(folder, name, "training", file, settings);
  }

  /** The last lines of what each node logged, of those that were killed, too. */
  String logs() throws IOException {
    StringBuilder logs = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.err")) {
      for (Path file : files) {
        List<String> lines = Files.readAllLines(file);
        logs.append(file.getFileName()).append(":\n");
        lines
            .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
            .forEach(line -> logs.append("  ").append(line).append('\n'));
      }
    }
    return logs.toString();
  }

  /** Of a device, for its ledger. */
  String token(UUID athlete, UUID device) throws Exception {
    return signed(new JsonObject()
        .put("sub", athlete.toString())
        .put("did", device.toString())
        .put("scope", "ingest"));
  }

  /** Of an athlete who looks at trainings. */
  String athleteToken(UUID athlete) throws Exception {
    return signed(new JsonObject().put("sub", athlete.toString()).put("scope", "athlete"));
  }

  private String signed(JsonObject claims) throws Exception {
    long now = Instant.now().getEpochSecond();
    return TestIssuer.sign(
        key,
        "one",
        claims
            .put("iss", "pacewire")
            .put("aud", "pacewire")
            .put("tid", "public")
            .put("iat", now)
            .put("exp", now + TOKEN_LIFE_S));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    stack.close();
  }
}
