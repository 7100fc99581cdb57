package io.pacewire.bench.ingest;

import io.pacewire.bench.Opened;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The processes of a run: Kafka, generator, servers and peers; all of them end with it. */
final class Stage implements AutoCloseable {
  private final Path directory;
  private final Opened opened = new Opened();
  private final Broker broker;
  private final DeviceKeys keys;
  private final BenchCertificate certificate;
  private final Child load;

  /** The ingest role in a process of its own. */
  record Server(Child process, int mqttPort, int streamPort) {}

  Stage(Path directory) throws Exception {
    this.directory = directory;
    try {
      this.broker = opened.add(Broker.start(directory.resolve("data")));
      this.keys = opened.add(new DeviceKeys());
      this.certificate = BenchCertificate.in(directory);
      this.load = opened.add(
          Child.java(LoadMain.class, log("load"), "-Xms512m", "-Xmx2g", "-XX:+UseParallelGC"));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  Path directory() {
    return directory;
  }

  Broker broker() {
    return broker;
  }

  DeviceKeys keys() {
    return keys;
  }

  Server server(boolean tls) throws IOException {
    String[] options = System.getProperty(
            "pacewire.bench.server", "-Xms768m -Xmx768m -Xmn512m -XX:+UseSerialGC")
        .split(" ", -1);
    Child process = opened.add(Child.java(ServerMain.class, log("server"), options));
    JsonObject ports = process.ask(new JsonObject()
        .put("kafka", new JsonObject().put("bootstrapServers", broker.address()))
        .put("tokens", new JsonObject().put("jwksUrl", keys.url()))
        .put(
            "ingest",
            new JsonObject()
                .put("host", "127.0.0.1")
                .put("mqtt", new JsonObject().put("port", 0))
                .put("mqttWs", new JsonObject().put("port", 0))
                .put("stream", new JsonObject().put("port", 0))
                .put("trainingUrl", "http://127.0.0.1:1")
                .put("limits", unlimited())
                .put(
                    "tls",
                    new JsonObject()
                        .put("enabled", tls)
                        .put("certificateFile", certificate.certificate().toString())
                        .put("keyFile", certificate.key().toString()))));
    return new Server(process, ports.getInteger("mqttPort"), ports.getInteger("streamPort"));
  }

  /** What is measured is how fast ingest is, not how fast it lets anybody be. */
  private static JsonObject unlimited() {
    JsonObject limits = new JsonObject();
    for (String whose : List.of("device", "athlete", "deviceBackfill", "nodeBackfill")) {
      limits.put(whose, new JsonObject().put("batchesPerS", 0).put("bytesPerS", 0));
    }
    return limits.put("waitingConnections", 0);
  }

  Peer peer(String name) throws IOException, InterruptedException {
    return opened.add(
        switch (name) {
          case "hivemq" -> Peer.hiveMq(directory);
          case "mosquitto" -> Peer.mosquitto(directory);
          default -> throw new IllegalArgumentException("unknown peer " + name);
        });
  }

  /** Hands the plan to the generator; {@link #result} hears what came of it. */
  void begin(LoadPlan plan) throws IOException {
    load.tell(plan.json().encode());
    JsonObject begun = load.hear();
    if (!begun.containsKey("begun")) {
      throw new IOException("the generator could not begin: " + begun.getString("fault"));
    }
  }

  JsonObject result() throws IOException {
    return load.hear();
  }

  JsonObject run(LoadPlan plan) throws IOException {
    begin(plan);
    return result();
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  @Override
  public void close() {
    opened.close();
  }
}
