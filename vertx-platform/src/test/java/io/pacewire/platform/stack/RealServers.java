package io.pacewire.platform.stack;

import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.redis.RedisSettings;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.Endpoint;
import io.pacewire.stack.Endpoints;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One real PostgreSQL, Kafka and Redis for all tests of a run; stopped when the last one ended. */
public final class RealServers implements BeforeAllCallback {
  private static final int PARTITIONS = 4;
  private static volatile EmbeddedStack stack;

  /** Stops the servers: JUnit closes what its root store holds. */
  private record Running(EmbeddedStack stack) implements AutoCloseable {
    @Override
    public void close() {
      stack.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(
        Duration.ofSeconds(60)); // real servers, on a machine that may be busy
    Running running = context
        .getRoot()
        .getStore(Namespace.create(RealServers.class))
        .getOrComputeIfAbsent("stack", key -> new Running(launch()), Running.class);
    stack = running.stack();
  }

  private static EmbeddedStack launch() {
    try {
      Path target = Files.createDirectories(Path.of("target", "real-servers"));
      Path data = Files.createTempDirectory(target, "data");
      StackConfig config = StackConfig.in(data.toAbsolutePath())
          .withServers(EnumSet.of(StackServer.POSTGRES, StackServer.KAFKA, StackServer.REDIS));
      return EmbeddedStack.start(config, new StackListener() {});
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public static KafkaSettings kafka() {
    return new KafkaSettings(stack.endpoints().of(StackServer.KAFKA).address());
  }

  public static RedisSettings redis() throws Exception {
    Endpoint redis = stack.endpoints().of(StackServer.REDIS);
    return new RedisSettings(
        redis.host(), redis.port(), Files.readString(redis.passwordFile()).strip());
  }

  /** A new topic and its dead-letter topic. */
  public static void createTopic(String name) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(
              new NewTopic(name, PARTITIONS, (short) 1),
              new NewTopic(name + ".dead", 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  public static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka().bootstrapServers()));
  }

  /** Kills the broker as a power cut would; its supervisor starts it again on the same port. */
  public static void killKafka() throws Exception {
    Path pid = stack.endpoints().mailDirectory().resolveSibling("run").resolve("kafka.pid");
    ProcessHandle broker = ProcessHandle.of(Long.parseLong(Files.readString(pid).split(" ", -1)[0]))
        .orElseThrow();
    if (!broker.destroyForcibly()) {
      throw new IllegalStateException("the broker could not be killed");
    }
    ProcessHandle unused = broker.onExit().get(10, TimeUnit.SECONDS);
  }

  /** A schema of a role of its own; the classes of one module share it. */
  public static PgSettings schema(String name) throws Exception {
    Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
    try (Connection owner = connect();
        Statement statement = owner.createStatement()) {
      boolean unused = statement.execute("DO $$ BEGIN CREATE ROLE pw_" + name
          + " LOGIN PASSWORD 'test'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
      unused =
          statement.execute("CREATE SCHEMA IF NOT EXISTS " + name + " AUTHORIZATION pw_" + name);
    }
    return new PgSettings(
        postgres.host(), postgres.port(), Endpoints.DATABASE, name, "pw_" + name, "test", 6);
  }

  /** The same in a database of its own. */
  public static PgSettings schemaIn(String database, String name) throws Exception {
    PgSettings usual = schema(name);
    try (Connection owner = connect();
        Statement statement = owner.createStatement()) {
      boolean unused = statement.execute("CREATE DATABASE " + database);
    }
    try (Connection owner = connect(database);
        Statement statement = owner.createStatement()) {
      boolean unused = statement.execute("CREATE SCHEMA " + name + " AUTHORIZATION pw_" + name);
    }
    return usual.in(usual.host(), usual.port(), database);
  }

  /** What only the server's owner may do. */
  public static void execute(String database, String statements) throws Exception {
    try (Connection owner = connect(database);
        Statement statement = owner.createStatement()) {
      boolean unused = statement.execute(statements);
    }
  }

  private static Connection connect() throws Exception {
    return connect(Endpoints.DATABASE);
  }

  private static Connection connect(String database) throws Exception {
    Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
    String url = "jdbc:postgresql://" + postgres.address() + "/" + database;
    String password = Files.readString(postgres.passwordFile()).strip();
    return DriverManager.getConnection(url, postgres.user(), password);
  }
}
