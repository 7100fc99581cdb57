package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client that says exactly what a test wants it to say. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket plain;
  final Socket socket;
  private final InputStream in;
  private final EmbeddedChannel codec =
      new EmbeddedChannel(new MqttDecoder(1 << 20), MqttEncoder.INSTANCE);
  private final Deque<MqttMessage> received = new ArrayDeque<>();

  private RawClient(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
  }

  static RawClient overTls(SSLContext trust, int port) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    return new RawClient(
        plain, trust.getSocketFactory().createSocket(plain, "localhost", port, true));
  }

  /** What a CONNECT says, with its usual values. */
  static final class Connect {
    MqttVersion version = MqttVersion.MQTT_5;
    String clientId = "raw";
    String user = "device";
    String password;
    boolean clean = true;
    int keepAliveS = 30;
    MqttProperties properties = new MqttProperties();
    String willTopic;
    String will;
    boolean willRetain;
    MqttProperties willProperties = new MqttProperties();

    Connect(String token) {
      password = token;
    }

    Connect v3() {
      version = MqttVersion.MQTT_3_1_1;
      return this;
    }

    Connect id(String id) {
      clientId = id;
      return this;
    }

    Connect keep() {
      clean = false;
      return this;
    }

    Connect with(int property, int value) {
      properties.add(new MqttProperties.IntegerProperty(property, value));
      return this;
    }

    Connect will(String topic, String text) {
      willTopic = topic;
      will = text;
      return this;
    }

    MqttConnectMessage message() {
      boolean hasWill = will != null;
      return new MqttConnectMessage(
          new MqttFixedHeader(MqttMessageType.CONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0),
          new MqttConnectVariableHeader(
              version.protocolName(),
              version.protocolLevel(),
              user != null,
              password != null,
              willRetain,
              hasWill ? 1 : 0,
              hasWill,
              clean,
              keepAliveS,
              properties),
          new MqttConnectPayload(
              clientId,
              willProperties,
              willTopic,
              hasWill ? will.getBytes(UTF_8) : null,
              user,
              password == null ? null : password.getBytes(UTF_8)));
    }
  }

  /** As it goes over the wire. */
  static byte[] bytes(MqttMessage message) {
    EmbeddedChannel codec = new EmbeddedChannel(MqttEncoder.INSTANCE);
    boolean unused = codec.writeOutbound(message);
    ByteBuf encoded = codec.readOutbound();
    byte[] bytes = new byte[encoded.readableBytes()];
    encoded.readBytes(bytes);
    encoded.release();
    boolean unusedToo = codec.finishAndReleaseAll();
    return bytes;
  }

  MqttConnAckMessage connect(Connect connect) throws IOException {
    send(connect.message());
    return (MqttConnAckMessage) next();
  }

  RawClient connected(Connect connect) throws IOException {
    MqttConnAckMessage answer = connect(connect);
    if (answer.variableHeader().connectReturnCode().byteValue() != 0) {
      throw new AssertionError(answer);
    }
    return this;
  }

  /** For a CONNECT that goes as bytes: what comes back is read as version 5. */
  RawClient speaking5() {
    codec.writeOutbound(new Connect(null).message());
    var unused = codec.releaseOutbound();
    return this;
  }

  void publish(int qos, int packetId, String topic, byte[] payload) throws IOException {
    send(publishing(qos, packetId, topic, payload, MqttProperties.NO_PROPERTIES));
  }

  static MqttPublishMessage publishing(
      int qos, int packetId, String topic, byte[] payload, MqttProperties properties) {
    return new MqttPublishMessage(
        new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.valueOf(qos), false, 0),
        new MqttPublishVariableHeader(topic, packetId, properties),
        Unpooled.wrappedBuffer(payload));
  }

  /** The codes of the answer. */
  List<Integer> subscribe(int packetId, MqttQoS qos, String... topics) throws IOException {
    MqttMessageBuilders.SubscribeBuilder builder =
        MqttMessageBuilders.subscribe().messageId(packetId);
    for (String topic : topics) {
      builder.addSubscription(qos, topic);
    }
    send(builder.build());
    return ((MqttSubAckMessage) next()).payload().reasonCodes();
  }

  void send(MqttMessage message) throws IOException {
    sendAtOnce(message);
  }

  /** In one write, so that one read of the other side brings all of them. */
  void sendAtOnce(MqttMessage... messages) throws IOException {
    for (MqttMessage message : messages) {
      codec.writeOutbound(message);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
      bytes.readBytes(all, bytes.readableBytes());
      bytes.release();
    }
    bytes(all.toByteArray());
  }

  void bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void reply(MqttMessageType type, int packetId) throws IOException {
    send(replying(type, packetId));
  }

  static MqttMessage replying(MqttMessageType type, int packetId) {
    MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
    return new MqttMessage(
        new MqttFixedHeader(type, false, qos, false, 0),
        new MqttPubReplyMessageVariableHeader(packetId, (byte) 0, MqttProperties.NO_PROPERTIES));
  }

  void disconnect(int reason) throws IOException {
    send(MqttMessageBuilders.disconnect().reasonCode((byte) reason).build());
  }

  /** Null at the end of the connection. */
  MqttMessage next() throws IOException {
    byte[] chunk = new byte[8_192];
    while (received.isEmpty()) {
      int read;
      try {
        read = in.read(chunk);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException reset) {
        return null;
      }
      if (read < 0) {
        return null;
      }
      codec.writeInbound(Unpooled.copiedBuffer(chunk, 0, read));
      for (MqttMessage one = codec.readInbound(); one != null; one = codec.readInbound()) {
        if (one.decoderResult().isFailure()) {
          throw new IOException(one.decoderResult().cause());
        }
        received.add(one);
      }
    }
    return received.remove();
  }

  /** Nothing comes for so long. */
  boolean isQuiet(int forMs) throws IOException {
    socket.setSoTimeout(forMs);
    try {
      MqttMessage message = next();
      if (message != null) {
        received.addFirst(message);
      }
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MS);
    }
  }

  MqttPublishMessage nextPublish() throws IOException {
    return (MqttPublishMessage) next();
  }

  static String text(MqttPublishMessage publish) {
    return publish.payload().toString(UTF_8);
  }

  /** The reason of an answer; 0 where it has none. */
  static int reason(MqttMessage message) {
    Object header = message.variableHeader();
    if (header instanceof MqttPubReplyMessageVariableHeader reply) {
      return reply.reasonCode() & 0xFF;
    }
    return header instanceof MqttReasonCodeAndPropertiesVariableHeader disconnect
        ? disconnect.reasonCode() & 0xFF
        : 0;
  }

  static int packetId(MqttMessage message) {
    return ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
  }

  static MqttMessageType type(MqttMessage message) {
    return message == null ? null : message.fixedHeader().messageType();
  }

  /** Past TLS, which would wait for a write that is not taken to say its goodbye. */
  void abort() throws IOException {
    plain.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    var unused = codec.finishAndReleaseAll();
  }
}
