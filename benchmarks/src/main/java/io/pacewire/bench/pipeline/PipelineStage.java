package io.pacewire.bench.pipeline;

import io.pacewire.bench.Opened;
import io.pacewire.bench.ingest.BenchCertificate;
import io.pacewire.bench.ingest.Child;
import io.pacewire.bench.ingest.DeviceKeys;
import io.pacewire.bench.ingest.LoadMain;
import io.pacewire.bench.ingest.LoadPlan;
import io.pacewire.launcher.ContextDatabases;
import io.pacewire.launcher.Topics;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.Endpoint;
import io.pacewire.stack.Endpoints;
import io.pacewire.stack.ServerFiles;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackMemory;
import io.pacewire.stack.StackServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The processes of a run: PostgreSQL, Kafka, Redis, generator and servers; all of them end with it. */
final class PipelineStage implements AutoCloseable {
  private static final StackMemory MEMORY = new StackMemory(512, 64, 32, 256);
  private static final String LOCAL = "127.0.0.1";
  private static final List<String> LIVE_LIMITS = List.of("device", "athlete");

  /** Where nothing holds a backlog back nobody asks whether clocks run as ours (ADR 43): some here run faster. */
  private static final List<String> EVERY_LIMIT =
      List.of("device", "athlete", "deviceBackfill", "nodeBackfill");

  private final Path directory;
  private final Opened opened = new Opened();
  private final EmbeddedStack stack;
  private final DeviceKeys keys;
  private final BenchCertificate certificate;
  private final Child load;
  private @Nullable Child others;
  private final Tables tables;

  /** Roles in a process of their own; a port is 0 where its role is not among them. */
  record Server(Child process, int streamPort, int trainingPort, int gatewayPort) {}

  PipelineStage(Path directory) throws Exception {
    this.directory = directory;
    try {
      stack =
          opened.add(EmbeddedStack.start(config(directory.resolve("data")), StackListener.SILENT));
      Topics.ensure(kafka());
      Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
      ContextDatabases.ensure(postgres, Endpoints.DATABASE, secrets());
      tables = opened.add(new Tables(postgres));
      keys = opened.add(new DeviceKeys());
      certificate = BenchCertificate.in(directory);
      load = generator();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private Child generator() throws IOException {
    return opened.add(
        Child.java(LoadMain.class, log("load"), "-Xms512m", "-Xmx2g", "-XX:+UseParallelGC"));
  }

  private static StackConfig config(Path data) {
    StackConfig config = StackConfig.in(data)
        .withServers(Set.of(StackServer.POSTGRES, StackServer.KAFKA, StackServer.REDIS))
        .withMemory(MEMORY);
    String home = System.getProperty("pacewire.home");
    return home == null
        ? config
        : config.withServerFiles(ServerFiles.at(Path.of(home, "embedded-stack/target/servers")));
  }

  private String kafka() {
    return stack.endpoints().of(StackServer.KAFKA).address();
  }

  private Path secrets() {
    return directory.resolve("data/secrets");
  }

  DeviceKeys keys() {
    return keys;
  }

  Tables tables() {
    return tables;
  }

  /** Where the row's files are. */
  Path directory() {
    return directory;
  }

  /** What a consumer group still has to read. */
  Backlog backlog() {
    return new Backlog(kafka());
  }

  /** Kafka's process, and PostgreSQL's with those of its connections. */
  List<Long> stores() throws IOException {
    List<Long> pids = new ArrayList<>();
    for (String server : List.of("kafka", "postgres")) {
      Path file = directory.resolve("data/run/" + server + ".pid");
      pids.add(Long.parseLong(Files.readString(file).split(" ", -1)[0]));
    }
    return pids;
  }

  /** @param training settings that differ from the usual ones */
  Server server(Set<String> roles, JsonObject training) throws IOException {
    return server(roles, training, options());
  }

  /** The same with options of its own for its JVM. */
  Server server(Set<String> roles, JsonObject training, String... options) throws IOException {
    return server(roles, training, unlimited(EVERY_LIMIT), options);
  }

  /** The usual options and more. */
  static String[] optionsAnd(String... more) {
    return Stream.of(options(), more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The same, which lets in as much of a backlog as a node does, and of what is live whatever comes. */
  Server sparingServer(Set<String> roles, JsonObject training) throws IOException {
    return server(roles, training, unlimited(LIVE_LIMITS), options());
  }

  private static String[] options() {
    return System.getProperty("pacewire.bench.server", "-Xms1g -Xmx1536m -XX:+UseParallelGC")
        .split(" ", -1);
  }

  private Server server(
      Set<String> roles, JsonObject training, JsonObject limits, String... options)
      throws IOException {
    Child process = opened.add(Child.java(PipelineServerMain.class, log("server"), options));
    JsonObject ports = process.ask(new JsonObject()
        .put("roles", new JsonArray(List.copyOf(roles)))
        .put("tree", tree(String.join("-", new TreeSet<>(roles)), training, limits)));
    return new Server(
        process,
        ports.getInteger("streamPort", 0),
        ports.getInteger("trainingPort", 0),
        ports.getInteger("gatewayPort", 0));
  }

  private JsonObject tree(String node, JsonObject training, JsonObject limits) {
    Endpoint postgres = stack.endpoints().of(StackServer.POSTGRES);
    Endpoint redis = stack.endpoints().of(StackServer.REDIS);
    JsonObject any = new JsonObject().put("port", 0);
    JsonObject tls = new JsonObject()
        .put("certificateFile", certificate.certificate().toString())
        .put("keyFile", certificate.key().toString());
    return new JsonObject()
        .put("kafka", new JsonObject().put("bootstrapServers", kafka()).put("node", node))
        .put("tokens", new JsonObject().put("jwksUrl", keys.url()))
        .put(
            "redis",
            new JsonObject()
                .put("host", redis.host())
                .put("port", redis.port())
                .put("passwordFile", String.valueOf(redis.passwordFile())))
        .put(
            "postgres",
            new JsonObject()
                .put("host", postgres.host())
                .put("port", postgres.port())
                .put("database", Endpoints.DATABASE)
                .put(
                    "training",
                    new JsonObject()
                        .put(
                            "passwordFile",
                            ContextDatabases.passwordFile(secrets(), "training").toString())))
        .put("training", training)
        .put(
            "ingest",
            new JsonObject()
                .put("host", LOCAL)
                .put("mqtt", any)
                .put("mqttWs", any)
                .put("stream", any)
                .put("trainingUrl", "http://127.0.0.1:1")
                .put("limits", limits)
                .put("tls", tls.copy().put("enabled", false)))
        .put("gateway", gateway(tls));
  }

  private static JsonObject gateway(JsonObject tls) {
    JsonObject gateway = new JsonObject().put("port", 0).put("tls", tls);
    for (String url : List.of(
        "public",
        "stream",
        "mqtt",
        "identity",
        "training",
        "inventory",
        "gamification",
        "ingest")) {
      gateway.put(url + "Url", "http://127.0.0.1:1"); // nobody goes there
    }
    return gateway;
  }

  /** What is measured is how fast it is, not how fast it lets anybody be. */
  private static JsonObject unlimited(List<String> kinds) {
    JsonObject limits = new JsonObject();
    for (String kind : kinds) {
      limits.put(kind, new JsonObject().put("batchesPerS", 0).put("bytesPerS", 0));
    }
    return limits;
  }

  /** Hands the plan to the generator; {@link #result} hears what came of it. */
  void begin(LoadPlan plan) throws IOException {
    begin(load, plan);
  }

  /** @throws IOException where a device was refused something, or not told that all of it is durable */
  JsonObject result() throws IOException {
    return result(load);
  }

  /** The same beside it, by a generator of its own. */
  void beginBeside(LoadPlan plan) throws IOException {
    if (others == null) {
      others = generator();
    }
    begin(others, plan);
  }

  JsonObject resultBeside() throws IOException {
    return result(Objects.requireNonNull(others));
  }

  private static void begin(Child generator, LoadPlan plan) throws IOException {
    generator.tell(plan.json().encode());
    JsonObject begun = generator.hear();
    if (!begun.containsKey("begun")) {
      throw new IOException("the generator could not begin: " + begun.getString("fault"));
    }
  }

  private static JsonObject result(Child generator) throws IOException {
    JsonObject result = generator.hear();
    String fault = result.getString("fault");
    if (fault != null) {
      throw new IOException("a device was told: " + fault);
    }
    return result;
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  @Override
  public void close() {
    opened.close();
  }
}
