package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.vertx.mqtt.MqttAuth;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in its CONNECT.
 *
 * @param assignedId whether the client left the choice of its id to us
 * @param sessionExpiryS so long the session is to outlive the connection
 * @param receiveMaximum messages of QoS 1 it takes at once without acknowledging
 * @param maxPacketBytes largest packet it takes
 * @param authData whether there is data for such a method
 * @param authMethod of enhanced authentication (MQTT 5.0, 4.12), null where it wants none
 */
record MqttConnectRequest(
    int version,
    String clientId,
    boolean assignedId,
    boolean cleanStart,
    long sessionExpiryS,
    int keepAliveS,
    int receiveMaximum,
    long maxPacketBytes,
    boolean problemInformation,
    @Nullable String authMethod,
    boolean authData,
    @Nullable String token) {
  static final String TOKEN_METHOD = "pacewire-token";
  private static final int MAX_CLIENT_ID = 128;
  /** Of a CONNACK with all that it may have to tell. */
  private static final int LEAST_PACKET_BYTES = 128;

  private static final int MOST_IN_FLIGHT = 65_535;

  /** @param auth what vertx-mqtt read of it already */
  static MqttConnectRequest of(
      MqttConnectMessage connect, @Nullable MqttAuth auth, MqttConfig config) {
    MqttConnectVariableHeader header = connect.variableHeader();
    MqttProperties properties = header.properties();
    String id = connect.payload().clientIdentifier();
    boolean assigned = id == null || id.isEmpty();
    boolean version5 = header.version() >= MqttDoor.MQTT_5;
    long expiryS = version5
        ? number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0)
        : header.isCleanSession() ? 0 : config.sessionMaxS();
    return new MqttConnectRequest(
        header.version(),
        assigned ? UUID.randomUUID().toString() : id,
        assigned,
        header.isCleanSession(),
        Math.min(expiryS, config.sessionMaxS()),
        keepAliveS(header, config),
        (int) number(properties, MqttProperties.RECEIVE_MAXIMUM, MOST_IN_FLIGHT),
        number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
        number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) != 0,
        text(properties),
        properties.getProperty(MqttProperties.AUTHENTICATION_DATA) != null,
        token(properties, connect.payload(), auth));
  }

  /** What is wrong with it, whoever asks. */
  void check() {
    if (version < MqttDoor.MQTT_3_1_1) {
      throw new MqttRefusal(
          MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION,
          MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION,
          "MQTT 3.1");
    }
    if (clientId.length() > MAX_CLIENT_ID) {
      throw new MqttRefusal(
          MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID,
          MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED,
          "client id is longer than " + MAX_CLIENT_ID);
    }
    if (authMethod != null && !TOKEN_METHOD.equals(authMethod)) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
          "authentication method");
    }
    if (authData && authMethod == null) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR, "data without a method");
    }
    if (maxPacketBytes > 0 && maxPacketBytes < LEAST_PACKET_BYTES) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE,
          "the client takes no packet of " + LEAST_PACKET_BYTES + " bytes");
    }
    if (receiveMaximum == 0 || maxPacketBytes == 0) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR, "a maximum of 0");
    }
  }

  boolean isVersion5() {
    return version >= MqttDoor.MQTT_5;
  }

  /** 3.1.1 knows no keep-alive of the server's. */
  private static int keepAliveS(MqttConnectVariableHeader header, MqttConfig config) {
    int asked = header.keepAliveTimeSeconds();
    boolean tooLong = asked == 0 || asked > config.keepAliveMaxS();
    return header.version() >= MqttDoor.MQTT_5 && tooLong ? config.keepAliveMaxS() : asked;
  }

  /** A number that the decoder reads as signed. */
  static long number(MqttProperties properties, int id, long otherwise) {
    return properties.getProperty(id) instanceof MqttProperties.IntegerProperty property
        ? Integer.toUnsignedLong(property.value())
        : otherwise;
  }

  private static @Nullable String text(MqttProperties properties) {
    return properties.getProperty(MqttProperties.AUTHENTICATION_METHOD)
            instanceof MqttProperties.StringProperty property
        ? property.value()
        : null;
  }

  /** With the method comes the token as its data; else, or beside it, as the password. */
  private static @Nullable String token(
      MqttProperties properties, MqttConnectPayload payload, @Nullable MqttAuth auth) {
    MqttProperty<?> authData = properties.getProperty(MqttProperties.AUTHENTICATION_DATA);
    if (authData instanceof MqttProperties.BinaryProperty binary) {
      return new String(binary.value(), UTF_8);
    }
    if (auth != null) {
      return auth.getPassword(); // the same text once in memory
    }
    byte[] password = payload.passwordInBytes();
    return password == null ? null : new String(password, UTF_8);
  }
}
