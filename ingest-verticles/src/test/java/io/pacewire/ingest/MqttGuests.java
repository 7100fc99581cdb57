package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.pacewire.wire.DeviceTopics;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.junit.jupiter.api.Assumptions;

/** MQTT clients of other people, as they are. */
enum MqttGuests {
  MOSQUITTO {
    @Override
    String visit(Visit visit) throws Exception {
      Assumptions.assumeFalse(visit.webSocket(), "mosquitto 2.0 speaks no WebSocket");
      skipUnless(Path.of("/usr/bin/mosquitto_pub"), "mosquitto-clients are not installed");
      List<String> common = List.of(
          "-h",
          "localhost",
          "-p",
          Integer.toString(visit.port()),
          "--cafile",
          visit.ca(),
          "-V",
          visit.version() == 5 ? "mqttv5" : "mqttv311",
          "-u",
          "device",
          "-P",
          visit.token());
      Process listener = start(with(
          List.of(
              "mosquitto_sub",
              "-C",
              "1",
              "-W",
              "40",
              "-q",
              "1",
              "-i",
              "listener",
              "-t",
              visit.commands()),
          common));
      for (int qos = 0; qos <= 2; qos++) {
        run(with(
            List.of(
                "mosquitto_pub",
                "-q",
                "" + qos,
                "-i",
                "sender",
                "-t",
                visit.topic(),
                "-f",
                visit.batchFile(qos)),
            common));
      }
      visit.command();
      return new String(listener.getInputStream().readAllBytes(), UTF_8).strip();
    }
  },

  HIVEMQ {
    @Override
    String visit(Visit visit) throws Exception {
      MqttClientBuilder builder = MqttClient.builder()
          .identifier("hivemq")
          .serverHost("localhost")
          .serverPort(visit.port())
          .sslConfig()
          .trustManagerFactory(visit.bed().trustManagers())
          .applySslConfig();
      if (visit.webSocket()) {
        builder = builder.webSocketConfig(
            MqttWebSocketConfig.builder().serverPath("mqtt").build());
      }
      return visit.version() == 5 ? five(builder, visit) : three(builder, visit);
    }

    private String five(MqttClientBuilder builder, Visit visit) throws Exception {
      Mqtt5BlockingClient client = builder.useMqttVersion5().buildBlocking();
      var unused = client
          .connectWith()
          .simpleAuth()
          .username("device")
          .password(visit.token().getBytes(UTF_8))
          .applySimpleAuth()
          .send();
      try (Mqtt5BlockingClient.Mqtt5Publishes all = client.publishes(MqttGlobalPublishFilter.ALL)) {
        var unusedGrant = client
            .subscribeWith()
            .topicFilter(visit.commands())
            .qos(MqttQos.AT_LEAST_ONCE)
            .send();
        for (int qos = 0; qos <= 2; qos++) {
          var unusedResult = client
              .publishWith()
              .topic(visit.topic())
              .qos(MqttQos.fromCode(qos))
              .payload(visit.batch(qos))
              .send();
        }
        visit.command();
        return new String(
            all.receive(30, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(), UTF_8);
      } finally {
        client.disconnect();
      }
    }

    private String three(MqttClientBuilder builder, Visit visit) throws Exception {
      Mqtt3BlockingClient client = builder.useMqttVersion3().buildBlocking();
      var unused = client
          .connectWith()
          .simpleAuth()
          .username("device")
          .password(visit.token().getBytes(UTF_8))
          .applySimpleAuth()
          .send();
      try (Mqtt3BlockingClient.Mqtt3Publishes all = client.publishes(MqttGlobalPublishFilter.ALL)) {
        var unusedGrant = client
            .subscribeWith()
            .topicFilter(visit.commands())
            .qos(MqttQos.AT_LEAST_ONCE)
            .send();
        for (int qos = 0; qos <= 2; qos++) {
          client
              .publishWith()
              .topic(visit.topic())
              .qos(MqttQos.fromCode(qos))
              .payload(visit.batch(qos))
              .send();
        }
        visit.command();
        return new String(
            all.receive(30, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(), UTF_8);
      } finally {
        client.disconnect();
      }
    }
  },

  PAHO {
    @Override
    String visit(Visit visit) throws Exception {
      String uri = visit.webSocket()
          ? "wss://localhost:" + visit.port() + "/mqtt"
          : "ssl://localhost:" + visit.port();
      return visit.version() == 5 ? five(uri, visit) : three(uri, visit);
    }

    private String three(String uri, Visit visit) throws Exception {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setUserName("device");
      options.setPassword(visit.token().toCharArray());
      options.setSocketFactory(visit.bed().trust().getSocketFactory());
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      CompletableFuture<String> heard = new CompletableFuture<>();
      var client =
          new org.eclipse.paho.client.mqttv3.MqttClient(uri, "paho", new MemoryPersistence());
      client.connect(options);
      client.subscribe(
          visit.commands(), 1, (topic, message) -> heard.complete(text(message.getPayload())));
      for (int qos = 0; qos <= 2; qos++) {
        client.publish(visit.topic(), visit.batch(qos), qos, false);
      }
      visit.command();
      try {
        return heard.get(30, TimeUnit.SECONDS);
      } finally {
        client.disconnect();
        client.close();
      }
    }

    private String five(String uri, Visit visit) throws Exception {
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setUserName("device");
      options.setPassword(visit.token().getBytes(UTF_8));
      options.setSocketFactory(visit.bed().trust().getSocketFactory());
      CompletableFuture<String> heard = new CompletableFuture<>();
      var client = new org.eclipse.paho.mqttv5.client.MqttClient(
          uri, "paho", new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
      client.setCallback(new PahoListener(heard));
      client.connect(options);
      var unused = client.subscribe(visit.commands(), 1);
      for (int qos = 0; qos <= 2; qos++) {
        client.publish(visit.topic(), visit.batch(qos), qos, false);
      }
      visit.command();
      try {
        return heard.get(30, TimeUnit.SECONDS);
      } finally {
        client.disconnect();
        client.close();
      }
    }
  },

  MQTT_JS {
    @Override
    String visit(Visit visit) throws Exception {
      Path folder = NodePackage.mqtt();
      Process node = new ProcessBuilder(
              "node",
              folder.resolve("guest.mjs").toString(),
              (visit.webSocket() ? "wss://localhost:" : "mqtts://localhost:")
                  + visit.port()
                  + (visit.webSocket() ? "/mqtt" : ""),
              "" + visit.version(),
              visit.token(),
              visit.ca(),
              visit.topic(),
              visit.batchFile(0),
              visit.batchFile(1),
              visit.batchFile(2),
              visit.commands())
          .directory(folder.toFile())
          .redirectError(new File("target/mqttjs.err"))
          .start();
      try (var lines = node.inputReader()) {
        String ready = lines.readLine();
        if (!"ready".equals(ready)) {
          throw new AssertionError(ready + Files.readString(Path.of("target/mqttjs.err")));
        }
        visit.command();
        return lines.readLine();
      } finally {
        var unused = node.waitFor(20, TimeUnit.SECONDS);
        node.destroy();
      }
    }
  };

  /** What a client is to do: subscribe to the commands, send a batch of each QoS, tell what came. */
  record Visit(
      MqttBed bed,
      Path folder,
      int version,
      boolean webSocket,
      UUID device,
      UUID session,
      String token) {
    int port() {
      return webSocket ? bed.webSocketPort() : bed.port();
    }

    String ca() {
      return bed.certificate.toString();
    }

    String topic() {
      return DeviceTopics.batches(session);
    }

    String commands() {
      return DeviceTopics.commands(device);
    }

    byte[] batch(int seq) {
      return MqttBed.batch(session, seq);
    }

    String batchFile(int seq) throws Exception {
      return Files.write(folder.resolve(session + "-" + seq), batch(seq)).toString();
    }

    void command() throws Exception {
      MqttBed.command(device, "hello", "{\"say\":\"hello\"}");
    }
  }

  /** The first command that the client got. */
  abstract String visit(Visit visit) throws Exception;

  private static String text(byte[] payload) {
    return new String(payload, UTF_8);
  }

  private static List<String> with(List<String> first, List<String> more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(more);
    return all;
  }

  private static Process start(List<String> command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void run(List<String> command) throws Exception {
    Process process = start(command);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new TimeoutException(said);
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(command.get(0) + ": " + said);
    }
  }

  static void skipUnless(Path there, String reason) {
    if (!Files.exists(there)) {
      System.err.println("SKIPPED: " + reason);
      Assumptions.abort(reason);
    }
  }
}
