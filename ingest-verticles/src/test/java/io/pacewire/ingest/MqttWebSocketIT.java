package io.pacewire.ingest;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes around MQTT's packets over WebSocket is paid for as on the raw stream. */
@ExtendWith(RealServers.class)
class MqttWebSocketIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Held, as Vert.x closes the connections of a client that nobody has any more. */
  private WebSocketClient client;

  @Test
  void pingsOfTheWebSocket_costWhatTheyCostAStream(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", 1));
    client = bed.vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    WebSocket socket = Await.get(client.connect(new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(bed.webSocketPort())
        .setURI("/mqtt")
        .addSubProtocol("mqtt")));
    List<Buffer> answers = new CopyOnWriteArrayList<>();
    socket.binaryMessageHandler(answers::add);
    Await.get(socket.writeBinaryMessage(connect(bed.token(UUID.randomUUID(), UUID.randomUUID()))));
    await().atMost(PATIENCE).until(() -> answers.size() == 1); // CONNACK
    await().atMost(PATIENCE).until(() -> {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        sent.add(socket.writePing(Buffer.buffer(new byte[100])));
      }
      Await.get(Future.all(sent));
      return slowed(bed) > 0;
    });
    Await.get(socket.close());
    bed.close();
  }

  private static Buffer connect(String token) {
    EmbeddedChannel codec = new EmbeddedChannel(MqttEncoder.INSTANCE);
    codec.writeOutbound(new RawClient.Connect(token).message());
    ByteBuf bytes = codec.readOutbound();
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    bytes.release();
    boolean unused = codec.finishAndReleaseAll();
    return Buffer.buffer(copy);
  }

  private static double slowed(MqttBed bed) {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.slowed")
        .tag("door", "mqtt")
        .tag("limit", "device")
        .counter()
        .count();
  }
}
