package io.pacewire.launcher;

import io.pacewire.events.AccessRevoked;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.KafkaSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cuts off a device or a sign-in on every node, for an operator. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Cuts off a device or a sign-in on every node within seconds and refuses the tokens it has.",
      "A device that still knows its secret may come back with a new token a minute later:",
      "delete it to keep it out."
    })
final class RevokeCommand implements Callable<Integer> {
  private static final long WITHIN_S = 30;

  @ArgGroup(multiplicity = "1")
  Whom whom = new Whom();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Brokers. Default: those of the platform in the data directory.")
  @Nullable
  String brokers;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of a platform on this machine. Default: ${DEFAULT-VALUE}")
  Path dataDirectory = Path.of(".pacewire");

  static final class Whom {
    @Option(names = "--device", paramLabel = "ID", description = "A device, by its id.")
    @Nullable
    UUID device;

    @Option(
        names = "--session",
        paramLabel = "ID",
        description = "A sign-in, the sid of its tokens.")
    @Nullable
    UUID session;
  }

  @Override
  public Integer call() throws Exception {
    UUID device = whom.device;
    UUID id = device == null ? whom.session : device;
    if (id == null) {
      throw new StartException("neither --device nor --session");
    }
    String kind = device == null ? "session" : "device";
    long now = System.currentTimeMillis();
    EventEnvelope event = EventEnvelope.of(
        EventTopics.REVOCATIONS,
        id,
        "access/" + kind + "/" + id + "/revoked-" + now,
        now,
        new AccessRevoked(id, kind, now));
    Vertx vertx = Vertx.vertx();
    try {
      EventPublisher publisher =
          EventPublisher.create(vertx, new KafkaSettings(brokers()), "pacewire-revoke");
      var unused = publisher
          .publish(event)
          .eventually(publisher::close)
          .toCompletionStage()
          .toCompletableFuture()
          .get(WITHIN_S, TimeUnit.SECONDS);
    } finally {
      var unused =
          vertx.close().toCompletionStage().toCompletableFuture().get(WITHIN_S, TimeUnit.SECONDS);
    }
    System.out.println("Revoked: " + kind + " " + id);
    return 0;
  }

  private String brokers() {
    if (brokers != null) {
      return brokers;
    }
    JsonObject ports = new EndpointsFile(dataDirectory).read().getJsonObject("ports");
    if (ports == null) {
      throw new StartException("no platform ran in " + dataDirectory + "; say --kafka HOST:PORT");
    }
    return "127.0.0.1:" + ports.getInteger("stack.kafka.port");
  }
}
