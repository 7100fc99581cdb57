package io.pacewire.launcher;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting there is: the one table that documentation and the command line are made of. */
final class Settings {
  /**
   * @param fallback null where the embedded mode decides
   * @param least smallest number that is taken; {@code most} the largest, 0 where it is no number
   */
  record Setting(String key, @Nullable String fallback, long least, long most, String meaning) {
    Setting(String key, String fallback, String meaning) {
      this(
          key, fallback, 0, key.toLowerCase(Locale.ROOT).endsWith("port") ? LAST_PORT : 0, meaning);
    }
  }

  private static final int LAST_PORT = 65_535;

  static final List<Setting> ALL = List.of(
      new Setting("gateway.host", "127.0.0.1", "address the gateway listens on"),
      new Setting("gateway.port", "8443", "HTTPS port of console and REST"),
      new Setting(
          "gateway.maxStreams",
          "10000",
          1,
          1000000,
          "devices whose WebSocket is handed on to ingest at once"),
      new Setting(
          "gateway.streamSilenceS",
          "150",
          1,
          7200,
          "such a WebSocket ends after so long without a sign of one of its ends, s; longer than ingest.idleTimeoutS"),
      new Setting(
          "gateway.management.host",
          "127.0.0.1",
          "address of plain HTTP for probes: /health and /metrics"),
      new Setting("gateway.management.port", "0", "its port: /metrics and /health"),
      new Setting("ingest.host", "127.0.0.1", "address the ingest doors listen on"),
      new Setting("ingest.mqtt.port", "8883", "MQTT over TLS"),
      new Setting("ingest.mqttWs.port", "8885", "MQTT over WebSocket with TLS, path /mqtt"),
      new Setting(
          "ingest.mqtt.sessionMaxS", "604800", 1, 31536000, "longest an MQTT session is kept, s"),
      new Setting("ingest.mqtt.keepAliveMaxS", "1200", 5, 65535, "longest keep-alive of MQTT 5, s"),
      new Setting(
          "ingest.mqtt.unreadS", "30", 1, 3600, "a client that does not read is closed after, s"),
      new Setting(
          "ingest.mqtt.commandsQueued", "100", 1, 10000, "commands that wait for one device"),
      new Setting(
          "ingest.mqtt.commandBytesQueued", "262144", 1024, 16777216, "bytes of such commands"),
      new Setting("ingest.stream.port", "8884", "binary WebSocket and POST /v1/batches over TLS"),
      new Setting(
          "ingest.maxBatchBytes", "65536", 4096, 1048576, "largest batch taken, envelope and all"),
      new Setting(
          "ingest.maxBodyBytes",
          "1048576",
          65536,
          16777216,
          "largest body of POST /v1/batches, packed and unpacked"),
      new Setting("ingest.window", "256", 1, 65536, "batches a device may have on the way"),
      new Setting(
          "ingest.loops",
          "0",
          0,
          64,
          "event loops for MQTT, and as many for the web doors; 0 for half the cores"),
      new Setting(
          "ingest.inFlightBytes", "16777216", 1048576, 1073741824, "bytes on their way to Kafka"),
      new Setting(
          "ingest.unfinishedBytes",
          "0",
          0,
          1073741824,
          "bytes of packets and frames that have begun and are not whole; 0 for an eighth of the heap"),
      new Setting(
          "ingest.heldBytes",
          "0",
          0,
          1073741824,
          "bytes read of connections that are not read on for now, beyond 4 KiB of each; 0 for an eighth of the heap"),
      new Setting(
          "ingest.packetWithinS", "60", 1, 3600, "seconds a packet or frame may take to be whole"),
      new Setting(
          "ingest.connectTimeoutS",
          "10",
          1,
          120,
          "seconds for a TLS handshake, and for a CONNECT, a request or more of a body"),
      new Setting("ingest.idleTimeoutS", "90", 5, 3600, "a silent WebSocket is closed after"),
      new Setting(
          "ingest.tls.enabled", "true", "false only where ingest.host is a loopback address"),
      new Setting(
          "ingest.management.host",
          "127.0.0.1",
          "address of plain HTTP for probes: /health and /metrics"),
      new Setting("ingest.management.port", "0", "its port: /metrics and /health"),
      new Setting(
          "ingest.limits.burstS", "20", 1, 3600, "seconds' worth of a limit that may come at once"),
      new Setting(
          "ingest.limits.backfillBurstS", "1", 1, 3600, "the same of the limits on backlog"),
      new Setting(
          "ingest.limits.debtS",
          "10",
          1,
          30,
          "so far over a limit a device is slowed, beyond it deferred"),
      new Setting(
          "ingest.limits.deviceConnections",
          "16",
          0,
          1000000,
          "MQTT and stream connections of one device at once, on each node; 0 for any number"),
      new Setting(
          "ingest.limits.waitingConnections",
          "4096",
          0,
          1000000,
          "connections at all doors together that have brought no CONNECT and no request yet, on each node; 0 for any number"),
      new Setting(
          "ingest.limits.forgedTokensPerS",
          "20",
          0,
          1000000,
          "tokens that the issuer did not sign, from one address, on each node, with a burst of ten seconds: beyond it five times as many a second are looked at of all from there that are not known yet; 0 for any number"),
      new Setting(
          "ingest.limits.device.batchesPerS",
          "50",
          0,
          10000000,
          "one device live, on each node, as it is on one at a time, batches a second; 0 for no limit"),
      new Setting(
          "ingest.limits.device.bytesPerS",
          "1048576",
          0,
          2000000000,
          "one device live, on each node, bytes a second; 0 for no limit"),
      new Setting(
          "ingest.limits.athlete.batchesPerS",
          "100",
          0,
          10000000,
          "all devices of an athlete, divided by the nodes of ingest, on each of which it is as much as one device may send of both lanes at least, batches a second; 0 for no limit"),
      new Setting(
          "ingest.limits.athlete.bytesPerS",
          "2097152",
          0,
          2000000000,
          "all devices of an athlete, divided likewise, bytes a second; 0 for no limit"),
      new Setting(
          "ingest.limits.tenant.batchesPerS",
          "0",
          0,
          10000000,
          "all athletes of a tenant, public for those of none, divided by the nodes of ingest, batches a second; 0 for no limit"),
      new Setting(
          "ingest.limits.tenant.bytesPerS",
          "0",
          0,
          2000000000,
          "all athletes of a tenant, public for those of none, divided likewise, bytes a second; 0 for no limit"),
      new Setting(
          "ingest.limits.deviceBackfill.batchesPerS",
          "20",
          0,
          10000000,
          "one device's backlog, on each node, batches a second; 0 for no limit"),
      new Setting(
          "ingest.limits.deviceBackfill.bytesPerS",
          "65536",
          0,
          2000000000,
          "one device's backlog, on each node, bytes a second; 0 for no limit"),
      new Setting(
          "ingest.limits.nodeBackfill.batchesPerS",
          "2500",
          0,
          10000000,
          "everybody's backlog, on each node, batches a second; 0 for no limit"),
      new Setting(
          "ingest.limits.nodeBackfill.bytesPerS",
          "2097152",
          0,
          2000000000,
          "everybody's backlog, on each node, bytes a second; 0 for no limit"),
      new Setting("identity.port", "0", "HTTP port of the role, on loopback"),
      new Setting("identity.hashThreads", "2", 1, 64, "passwords hashed at the same time"),
      new Setting("training.port", "0", "HTTP port of the role, on loopback"),
      new Setting(
          "training.consumers",
          "2",
          1,
          64,
          "that take in telemetry side by side; of use up to the number of processors"),
      new Setting("training.pollRecords", "1000", 1, 10000, "most batches of one poll"),
      new Setting(
          "training.liveLagMs",
          "500",
          50,
          600000,
          "so long live batches may wait before backlog does, ms"),
      new Setting(
          "training.foldsInMemory",
          "20000",
          100,
          1000000,
          "writers whose state is kept between polls"),
      new Setting(
          "training.silenceEndsAfterS",
          "21600",
          1,
          604800,
          "a session that nobody finished is closed then, s"),
      new Setting(
          "training.missingGivenUpAfterS",
          "120",
          1,
          604800,
          "a finished session goes without missing batches then, s"),
      new Setting(
          "training.revisionAfterS",
          "30",
          1,
          604800,
          "so long nothing more may come before a training takes in what came late, s"),
      new Setting(
          "training.sealAfterS",
          "3600",
          1,
          604800,
          "so long after its last batch a finished session is sealed, s"),
      new Setting(
          "training.keepMonths",
          "0",
          0,
          1200,
          "so many months before this one recordings are kept, 0 for ever; figures stay"),
      new Setting("training.importMaxMib", "2048", 1, 65536, "an upload may be so long, MiB"),
      new Setting("training.importThreads", "1", 1, 64, "archives read at the same time"),
      new Setting(
          "training.importsWaiting", "100", 1, 100000, "imports that may wait, of all athletes"),
      new Setting("inventory.port", "0", "HTTP port of the role, on loopback"),
      new Setting("gamification.port", "0", "HTTP port of the role, on loopback"),
      new Setting("cluster.enabled", "false", "this node joins others"),
      new Setting("cluster.host", "127.0.0.1", "address the other nodes reach this one at"),
      new Setting(
          "cluster.port", "5701", 1, LAST_PORT, "how nodes find each other; for their eyes only"),
      new Setting(
          "cluster.members", "", "host:port of other nodes, by commas; one that runs is enough"),
      new Setting("stack.postgres.port", "0", "PostgreSQL of the embedded stack"),
      new Setting("stack.kafka.port", "0", "Kafka of the embedded stack"),
      new Setting("stack.kafka.controllerPort", "0", "Kafka's controller"),
      new Setting("stack.redis.port", "0", "Redis of the embedded stack"),
      new Setting("stack.s3.port", "0", "S3 of the embedded stack"),
      new Setting("stack.smtp.port", "0", "SMTP of the embedded stack"),
      new Setting(
          "stack.minimumFreeMib", "512", 0, 1048576, "nothing starts with less free disk space"));

  private static final String CONTEXTS = "identity, training, inventory, gamification";

  /** What the embedded mode knows by itself and a node of a distributed system has to be told. */
  static final List<Setting> DISTRIBUTED = distributed();

  private Settings() {}

  private static List<Setting> distributed() {
    List<Setting> all = new ArrayList<>(List.of(
        told("kafka.bootstrapServers", "host:port of brokers, by commas"),
        told(
            "kafka.node",
            "name of this node and of no other, the same after a restart: what it read is its own"
                + " again at once, even if it was killed; none where not set"),
        told("postgres.host", "PostgreSQL; 127.0.0.1 where not set"),
        told("postgres.port", "5432 where not set"),
        told("postgres.database", "pacewire where not set"),
        told(
            "training.databases",
            "where whose rows are, 1024 slots: FROM-TO=postgresql://HOST:PORT/DATABASE by commas;"
                + " postgres.* where not set"),
        told("redis.host", "Redis; 127.0.0.1 where not set"),
        told("redis.port", "6379 where not set"),
        told("redis.passwordFile", "file with its password"),
        told(
            "metrics.tokenFile",
            "file with the token that another machine has to show (Authorization: Bearer) to read"
                + " /metrics of any role; where not set only this machine may"),
        told("tokens.issuer", "who signs tokens; pacewire where not set"),
        told("tokens.audience", "whom tokens are for; pacewire where not set"),
        told("tokens.jwksUrl", "identity's /.well-known/jwks.json"),
        told("identity.signingKeyFile", "PEM of the key that signs tokens, or a folder of several"),
        told("gateway.publicUrl", "the gateway as browsers see it"),
        told("gateway.streamUrl", "where devices stream, as they see it"),
        told("gateway.mqttUrl", "where devices send MQTT, as they see it"),
        told("ingest.trainingUrl", "the training role, for ledgers")));
    all.add(told("gateway.ingestUrl", "ingest's web doors, as the gateway reaches them"));
    all.add(
        told("gateway.ingestTrustFile", "authorities of their certificate, PEM; else the JDK's"));
    for (String role : List.of("gateway", "ingest")) {
      all.add(told(role + ".tls.certificateFile", "PEM of the certificate and its chain"));
      all.add(told(role + ".tls.keyFile", "PEM of its key"));
    }
    for (String context : CONTEXTS.split(", ", -1)) {
      all.add(told("gateway." + context + "Url", "the role, as the gateway reaches it"));
      all.add(told(context + ".host", "address it listens on; 127.0.0.1 where not set"));
      all.add(told("postgres." + context + ".user", "pw_" + context + " where not set"));
      all.add(told("postgres." + context + ".passwordFile", "file with the user's password"));
      String usual = context.equals("training")
          ? "most at once; 20 where not set, of which one athlete has 16 at the most"
          : "most at once; 4 where not set";
      all.add(told("postgres." + context + ".connections", usual));
    }
    return List.copyOf(all);
  }

  private static Setting told(String key, String meaning) {
    return new Setting(key, null, 0, 0, meaning);
  }

  static List<String> keys() {
    return ALL.stream().map(Setting::key).toList();
  }

  static JsonObject read(@Nullable Path file, Map<String, String> options) {
    return read(ALL, file, options);
  }

  /** For a node whose servers are elsewhere: there is no stack to be set, but much to be told. */
  static JsonObject readDistributed(@Nullable Path file, Map<String, String> options) {
    return read(
        Stream.concat(ALL.stream(), DISTRIBUTED.stream())
            .filter(setting -> !setting.key().startsWith("stack."))
            .toList(),
        file,
        options);
  }

  private static JsonObject read(
      List<Setting> known, @Nullable Path file, Map<String, String> options) {
    JsonObject defaults = new JsonObject();
    for (Setting setting : known) {
      if (setting.fallback() != null) {
        ConfigSource.put(defaults, setting.key(), setting.fallback());
      }
    }
    JsonObject read = ConfigSource.read(
        defaults, file, options, known.stream().map(Setting::key).toList());
    known.forEach(setting -> check(setting, read));
    return read;
  }

  /** Before any server is started: what cannot be right would only be found when a role reads it. */
  private static void check(Setting setting, JsonObject read) {
    if (setting.most() == 0) {
      return;
    }
    String value = String.valueOf(value(setting.key(), read));
    boolean isNumber = value.matches("-?\\d{1,18}");
    if (!isNumber
        || Long.parseLong(value) < setting.least()
        || Long.parseLong(value) > setting.most()) {
      throw new ConfigException(setting.key() + " must be a whole number from " + setting.least()
          + " to " + setting.most() + ", was " + value);
    }
  }

  private static @Nullable Object value(String key, JsonObject tree) {
    Object value = tree;
    for (String part : key.split("\\.", -1)) {
      value = value instanceof JsonObject section ? section.getValue(part) : null;
    }
    return value;
  }
}
