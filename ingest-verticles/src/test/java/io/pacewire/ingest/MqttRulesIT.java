package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.pacewire.events.EventTopics;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.LedgerEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the standard says, packet by packet. */
@ExtendWith(RealServers.class)
class MqttRulesIT {
  private static final int WINDOW = 8;

  @TempDir
  static Path folder;

  private static MqttBed bed;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final String batches = DeviceTopics.batches(session);

  @BeforeAll
  static void start() throws Exception {
    bed = new MqttBed(folder, Map.of("ingest.window", WINDOW, "ingest.maxBatchBytes", 4_096));
  }

  @AfterAll
  static void stop() throws Exception {
    bed.close();
  }

  private Connect v5() throws Exception {
    return new Connect(bed.token(athlete, device));
  }

  @Test
  void connackTellsWhatIsNotOffered_andAnIdWhereThereIsNone() throws Exception {
    try (RawClient client = bed.client()) {
      MqttConnAckMessage answer = client.connect(
          v5().id("").with(MqttProperties.SESSION_EXPIRY_INTERVAL, Integer.MAX_VALUE));
      MqttProperties told = answer.variableHeader().properties();
      assertThat(number(told, MqttProperties.RECEIVE_MAXIMUM)).isEqualTo(WINDOW);
      assertThat(number(told, MqttProperties.TOPIC_ALIAS_MAXIMUM)).isEqualTo(16);
      assertThat(number(told, MqttProperties.RETAIN_AVAILABLE)).isZero();
      assertThat(number(told, MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE)).isZero();
      assertThat(number(told, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE)).isZero();
      assertThat(number(told, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE)).isZero();
      assertThat(number(told, MqttProperties.SESSION_EXPIRY_INTERVAL)).isEqualTo(604_800);
      assertThat(number(told, MqttProperties.MAXIMUM_PACKET_SIZE)).isEqualTo(262_144);
      assertThat(told.getProperty(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER)).isNotNull();
      assertThat(told.getProperty(MqttProperties.MAXIMUM_QOS)).isNull();
    }
  }

  private static int number(MqttProperties properties, int id) {
    return ((MqttProperties.IntegerProperty) properties.getProperty(id)).value();
  }

  @Test
  void aPasswordNeedsNoUserName_inVersion5() throws Exception {
    try (RawClient client = bed.client()) {
      client.speaking5().bytes(withoutUserName(bed.token(athlete, device)));
      assertThat(((MqttConnAckMessage) client.next()).variableHeader().connectReturnCode())
          .isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
    }
  }

  /** Written by hand: the codec of the test will not. */
  private static byte[] withoutUserName(String token) {
    byte[] password = token.getBytes(UTF_8);
    ByteBuffer body = ByteBuffer.allocate(13 + 2 + password.length);
    body.put(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 5, 0x42, 0, 30, 0, 0, 0});
    body.putShort((short) password.length).put(password);
    int length = body.capacity();
    return ByteBuffer.allocate(3 + length)
        .put((byte) 0x10)
        .put((byte) ((length & 0x7F) | 0x80))
        .put((byte) (length >> 7))
        .put(body.array())
        .array();
  }

  static Stream<Arguments> refusedConnects() {
    return Stream.of(
        Arguments.of("bad token", 0x87, 5, change(one -> one.password = "x.y.z")),
        Arguments.of("no token", 0x87, 5, change(one -> one.password = null)),
        Arguments.of("long id", 0x85, 2, change(one -> one.clientId = "x".repeat(200))),
        Arguments.of("foreign will", 0x90, 5, change(one -> one.will("v1/other", "gone"))),
        Arguments.of("retained will", 0x9A, 5, change(one -> {
          one.will("v1/other", "gone");
          one.willRetain = true;
        })),
        Arguments.of("large will", 0x95, 5, null),
        Arguments.of(
            "tiny maximum",
            0x95,
            0,
            change(one -> one.with(MqttProperties.MAXIMUM_PACKET_SIZE, 20))),
        Arguments.of(
            "data without a method",
            0x82,
            0,
            change(one -> one.properties.add(new MqttProperties.BinaryProperty(
                MqttProperties.AUTHENTICATION_DATA, new byte[] {1})))),
        Arguments.of(
            "unknown method",
            0x8C,
            0,
            change(one -> one.properties.add(new MqttProperties.StringProperty(
                MqttProperties.AUTHENTICATION_METHOD, "SCRAM")))));
  }

  private interface Change {
    void apply(Connect connect);
  }

  private static Change change(Change change) {
    return change;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedConnects")
  void aConnectIsRefused_inTheWordsOfItsVersion(String what, int code5, int code3, Change change)
      throws Exception {
    for (int version : new int[] {5, 3}) {
      Connect connect = version == 5 ? v5() : v5().v3();
      if (change == null) {
        connect.will(DeviceTopics.presence(device), "x".repeat(5_000));
      } else {
        change.apply(connect);
      }
      int expected = version == 5 ? code5 : code3;
      if (expected != 0) {
        try (RawClient client = bed.client()) {
          MqttConnAckMessage answer = client.connect(connect);
          assertThat(answer.variableHeader().connectReturnCode().byteValue() & 0xFF)
              .as(what + " " + version)
              .isEqualTo(expected);
          assertThat(client.next()).isNull();
        }
      }
    }
  }

  @Test
  void everyQos_isAcknowledgedAfterKafka_asItsVersionWantsIt() throws Exception {
    int recordings = 0;
    for (Connect connect : List.of(v5().id("five"), v5().v3().id("three"))) {
      UUID recording = UUID.randomUUID();
      String topic = DeviceTopics.batches(recording);
      try (RawClient client = bed.client().connected(connect)) {
        client.publish(0, 0, topic, MqttBed.batch(recording, 0));
        client.publish(1, 7, topic, MqttBed.batch(recording, 1));
        client.publish(2, 8, topic, MqttBed.batch(recording, 2));
        MqttMessage puback = client.next();
        assertThat(RawClient.type(puback)).isEqualTo(MqttMessageType.PUBACK);
        assertThat(RawClient.packetId(puback)).isEqualTo(7);
        assertThat(RawClient.type(client.next())).isEqualTo(MqttMessageType.PUBREC);
        client.publish(2, 8, topic, MqttBed.batch(recording, 2)); // the PUBREC was lost on the way
        assertThat(RawClient.type(client.next())).isEqualTo(MqttMessageType.PUBREC);
        client.reply(MqttMessageType.PUBREL, 8);
        MqttMessage pubcomp = client.next();
        assertThat(RawClient.type(pubcomp)).isEqualTo(MqttMessageType.PUBCOMP);
        assertThat(RawClient.reason(pubcomp)).isZero();
        client.reply(MqttMessageType.PUBREL, 8); // as after a reconnect
        assertThat(RawClient.reason(client.next()))
            .isEqualTo(connect.version.protocolLevel() == 5 ? 0x92 : 0);
      }
      recordings += 1;
      assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 3 * recordings))
          .filteredOn(record -> header(record, "session").equals(recording.toString()))
          .extracting(record -> header(record, "seq"))
          .containsExactly("0", "1", "2");
    }
  }

  private static String header(
      org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void aliases_standForTopics() throws Exception {
    try (RawClient client = bed.client().connected(v5())) {
      client.send(aliased(1, batches, 3, 0));
      assertThat(RawClient.reason(client.next())).isZero();
      client.send(aliased(2, "", 3, 1));
      assertThat(RawClient.reason(client.next())).isZero();
    }
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 2)).hasSize(2);
  }

  private MqttPublishMessage aliased(int packetId, String topic, int alias, int seq) {
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.IntegerProperty(MqttProperties.TOPIC_ALIAS, alias));
    return RawClient.publishing(1, packetId, topic, MqttBed.batch(session, seq), properties);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void refusals_haveAReason(int qos) throws Exception {
    try (RawClient client = bed.client().connected(v5())) {
      client.publish(qos, 1, batches, "no batch".getBytes(UTF_8));
      assertThat(RawClient.reason(client.next())).isEqualTo(0x99);
      client.publish(qos, 2, "v1/devices/" + UUID.randomUUID() + "/presence", new byte[0]);
      assertThat(RawClient.reason(client.next())).isEqualTo(0x87);
      client.publish(qos, 3, "something/else", new byte[0]);
      assertThat(RawClient.reason(client.next())).isEqualTo(0x90);
    }
  }

  @Test
  void toVersion3_aRefusalIsAcknowledged_andToldInTheLedger() throws Exception {
    try (RawClient client = bed.client().connected(v5().v3())) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, DeviceTopics.ledger(device)))
          .containsExactly(1);
      client.publish(1, 9, batches, MqttBed.batch(session, 4, 4_000)); // larger than 4 KiB
      MqttPublishMessage told = client.nextPublish();
      byte[] bytes = new byte[told.payload().readableBytes()];
      told.payload().readBytes(bytes);
      assertThat(LedgerEntry.parse(bytes).refused()).containsOnlyKeys(4);
      assertThat(RawClient.packetId(client.next())).isEqualTo(9);
    }
  }

  @Test
  void toVersion3_aBatchOfALaterVersion_isToldInTheLedger() throws Exception {
    try (RawClient client = bed.client().connected(v5().v3())) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, DeviceTopics.ledger(device)))
          .containsExactly(1);
      byte[] later = MqttBed.batch(session, 5);
      later[Envelope.parse(later).batchFrom() + 1] = 2; // wire_version
      client.publish(1, 9, batches, later);
      MqttPublishMessage told = client.nextPublish();
      byte[] bytes = new byte[told.payload().readableBytes()];
      told.payload().readBytes(bytes);
      assertThat(LedgerEntry.parse(bytes).refused()).containsOnlyKeys(5);
      assertThat(RawClient.packetId(client.next())).isEqualTo(9);
    }
  }

  /** Its acknowledgement would look as if it were durable, and no ledger could name it. */
  @Test
  void toVersion3_whatIsNoBatchAtAll_isNotAcknowledged() throws Exception {
    try (RawClient client = bed.client().connected(v5().v3())) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, DeviceTopics.ledger(device)))
          .containsExactly(1);
      client.publish(1, 9, batches, "hello".getBytes(UTF_8));
      assertThat(client.next()).isNull();
    }
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        Arguments.of(
            "retained",
            0x9A,
            new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_MOST_ONCE, true, 0),
                new MqttPublishVariableHeader("a", 0, MqttProperties.NO_PROPERTIES),
                io.netty.buffer.Unpooled.EMPTY_BUFFER)),
        Arguments.of(
            "publish with a subscription id",
            0x82,
            publishing(
                new MqttProperties.IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, 1))),
        Arguments.of(
            "format 2",
            0x82,
            publishing(
                new MqttProperties.IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 2))),
        Arguments.of(
            "response topic with a wildcard",
            0x82,
            publishing(new MqttProperties.StringProperty(MqttProperties.RESPONSE_TOPIC, "a/#"))),
        Arguments.of(
            "topic with a zero",
            0x81,
            RawClient.publishing(1, 1, "a\0b", new byte[0], new MqttProperties())),
        Arguments.of("alias 17", 0x94, alias("a", 17)),
        Arguments.of("alias 0", 0x94, alias("a", 0)),
        Arguments.of("alias never set", 0x82, alias("", 5)),
        Arguments.of(
            "no topic", 0x82, RawClient.publishing(0, 0, "", new byte[0], new MqttProperties())),
        Arguments.of(
            "foreign topic, QoS 0",
            0x90,
            RawClient.publishing(0, 0, "x", new byte[0], new MqttProperties())),
        Arguments.of("second CONNECT", 0x82, new Connect("x").message()),
        Arguments.of(
            "PINGRESP",
            0x82,
            new MqttMessage(new MqttFixedHeader(
                MqttMessageType.PINGRESP, false, MqttQoS.AT_MOST_ONCE, false, 0))),
        Arguments.of(
            "AUTH without a method",
            0x82,
            MqttMessageBuilders.auth().reasonCode((byte) 0x19).build()),
        Arguments.of("subscription id", 0xA1, subscriptionId()));
  }

  private static MqttPublishMessage publishing(MqttProperties.MqttProperty<?> property) {
    MqttProperties properties = new MqttProperties();
    properties.add(property);
    return RawClient.publishing(1, 1, "a", new byte[0], properties);
  }

  private static MqttPublishMessage alias(String topic, int alias) {
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.IntegerProperty(MqttProperties.TOPIC_ALIAS, alias));
    return RawClient.publishing(0, 0, topic, new byte[0], properties);
  }

  private static MqttMessage subscriptionId() {
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, 1));
    return MqttMessageBuilders.subscribe()
        .messageId(1)
        .addSubscription(MqttQoS.AT_MOST_ONCE, "a")
        .properties(properties)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void whoBreaksTheRules_isToldWhy_andGoes(String what, int reason, MqttMessage message)
      throws Exception {
    try (RawClient client = bed.client().connected(v5())) {
      client.send(message);
      assertSentAway(client, what, reason);
    }
  }

  /** Written by hand: no codec would. */
  static Stream<Arguments> malformed() {
    byte[] id = {0, 5};
    byte[] none = {0};
    byte[] ledger = text("v1/devices/" + UUID.randomUUID() + "/ledger");
    byte[] topic = text(DeviceTopics.batches(UUID.randomUUID()));
    byte[] aliases = {6, 0x23, 0, 1, 0x23, 0, 2};
    byte[] expiry = {0, 5, 0x11, 0, 0, 1, 0};
    return Stream.of(
        Arguments.of("alias twice", 0x82, packet(0x32, topic, id, aliases, none)),
        Arguments.of(
            "format twice", 0x82, packet(0x32, topic, id, new byte[] {4, 1, 1, 1, 1}, none)),
        Arguments.of(
            "a property of CONNECT", 0x81, packet(0x32, topic, id, new byte[] {3, 0x21, 0, 9})),
        Arguments.of(
            "topic that is no UTF-8",
            0x81,
            packet(0x32, new byte[] {0, 3, (byte) 0xFF, (byte) 0xFE, 'A'}, id, none)),
        Arguments.of("topic with a zero", 0x81, packet(0x32, text("v1/a\0b"), id, none)),
        Arguments.of(
            "reserved bits", 0x81, packet(0x82, id, none, ledger, new byte[] {(byte) 0xC1})),
        Arguments.of("QoS 3", 0x81, packet(0x82, id, none, ledger, new byte[] {3})),
        Arguments.of("retain handling 3", 0x81, packet(0x82, id, none, ledger, new byte[] {0x31})),
        Arguments.of("a session kept after all", 0x82, packet(0xE0, expiry)),
        Arguments.of("DISCONNECT with an alias", 0x81, packet(0xE0, none, ALIAS)),
        Arguments.of("DISCONNECT with an expiry twice", 0x82, packet(0xE0, none, EXPIRY_TWICE)),
        Arguments.of(
            "SUBSCRIBE with an alias", 0x81, packet(0x82, id, ALIAS, ledger, new byte[] {1})),
        Arguments.of(
            "subscription id twice",
            0x82,
            packet(0x82, id, new byte[] {4, 0x0B, 1, 0x0B, 2}, ledger, new byte[] {1})),
        Arguments.of("UNSUBSCRIBE with a delay", 0x81, packet(0xA2, id, WILL_DELAY, ledger)),
        Arguments.of("properties beyond the packet", 0x81, packet(0xA2, id, new byte[] {99})),
        Arguments.of(
            "a filter that is no UTF-8",
            0x81,
            packet(0x82, id, none, new byte[] {0, 2, (byte) 0xFF, (byte) 0xFE}, new byte[] {1})),
        Arguments.of(
            "no local of a shared subscription",
            0x82,
            packet(0x82, id, none, text("$share/g/a"), new byte[] {5})));
  }

  private static final byte[] ALIAS = {3, 0x23, 0, 1};
  private static final byte[] WILL_DELAY = {5, 0x18, 0, 0, 0, 1};
  private static final byte[] EXPIRY_TWICE = {10, 0x11, 0, 0, 0, 0, 0x11, 0, 0, 0, 0};

  /** Refused before anybody looks at their token. */
  static Stream<Arguments> malformedConnects() {
    byte[] none = {0};
    byte[] id = text("raw");
    byte[] will = {10, 0x18, 0, 0, 0, 1, 0x18, 0, 0, 0, 2};
    return Stream.of(
        Arguments.of("expiry twice", 0x82, connecting(5, 0x02, EXPIRY_TWICE, id)),
        Arguments.of("an alias", 0x81, connecting(5, 0x02, ALIAS, id)),
        Arguments.of("a will's delay", 0x81, connecting(5, 0x02, WILL_DELAY, id)),
        Arguments.of(
            "problem information 7", 0x82, connecting(5, 0x02, new byte[] {2, 0x17, 7}, id)),
        Arguments.of("a delay twice", 0x82, connecting(5, 0x06, none, id, will, id, id)),
        Arguments.of("a will with an expiry", 0x81, connecting(5, 0x06, none, id, ALIAS, id, id)),
        Arguments.of("will QoS 3", 0x81, connecting(5, 0x1E, none, id, none, id, id)),
        Arguments.of("will QoS, no will", 0x81, connecting(5, 0x0A, none, id)),
        Arguments.of("will retain, no will", 0x81, connecting(5, 0x22, none, id)),
        Arguments.of("will QoS 3", 0, connecting(4, 0x1E, id, id, id)),
        Arguments.of("will QoS, no will", 0, connecting(4, 0x12, id)));
  }

  private static byte[] connecting(int version, int flags, byte[]... rest) {
    byte[][] parts = new byte[1 + rest.length][];
    parts[0] = new byte[] {0, 4, 'M', 'Q', 'T', 'T', (byte) version, (byte) flags, 0, 30};
    System.arraycopy(rest, 0, parts, 1, rest.length);
    return packet(0x10, parts);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("malformedConnects")
  void aConnectThatTheStandardForbids_isRefused(String what, int reason, byte[] bytes)
      throws Exception {
    try (RawClient client = bed.client().speaking5()) {
      client.bytes(bytes);
      MqttMessage answer = client.next();
      if (reason != 0) { // 3.1.1 has no word for it
        assertThat(((MqttConnAckMessage) answer)
                    .variableHeader()
                    .connectReturnCode()
                    .byteValue()
                & 0xFF)
            .as(what)
            .isEqualTo(reason);
        answer = client.next();
      }
      assertThat(answer).as(what).isNull();
    }
  }

  @Test
  void anIdThatIsInUse_isRefusedInVersion5_andIsFreeOnceItIsAnswered() throws Exception {
    MqttMessage first = publishing(5, 0);
    MqttMessage second = publishing(5, 1);
    try (RawClient client = bed.client().connected(v5())) {
      client.sendAtOnce(first, second);
      for (int reason : new int[] {0, 0x91}) {
        MqttMessage answer = client.next();
        assertThat(RawClient.packetId(answer)).isEqualTo(5);
        assertThat(RawClient.reason(answer)).isEqualTo(reason);
      }
      client.publish(1, 5, batches, MqttBed.batch(session, 1));
      assertThat(RawClient.reason(client.next())).isZero();
    }
    try (RawClient client = bed.client().connected(v5().v3())) {
      client.sendAtOnce(publishing(5, 2), publishing(5, 3)); // 3.1.1 may say the same again
      assertThat(RawClient.packetId(client.next())).isEqualTo(5);
      assertThat(RawClient.packetId(client.next())).isEqualTo(5);
    }
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 4)).hasSize(4);
  }

  private MqttMessage publishing(int packetId, int seq) {
    return RawClient.publishing(
        1, packetId, batches, MqttBed.batch(session, seq), MqttProperties.NO_PROPERTIES);
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(2 + bytes.length)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] packet(int first, byte[]... parts) {
    int length = Stream.of(parts).mapToInt(part -> part.length).sum();
    ByteBuffer packet = ByteBuffer.allocate(2 + length).put((byte) first).put((byte) length);
    Stream.of(parts).forEach(packet::put);
    return packet.array();
  }

  private static void assertSentAway(RawClient client, String what, int reason) throws Exception {
    MqttMessage farewell = client.next();
    assertThat(RawClient.type(farewell)).as(what).isEqualTo(MqttMessageType.DISCONNECT);
    assertThat(RawClient.reason(farewell)).as(what).isEqualTo(reason);
    assertThat(client.next()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void whatNoCodecWrites_endsVersion5_withItsReason(String what, int reason, byte[] bytes)
      throws Exception {
    try (RawClient client = bed.client().connected(v5())) {
      client.bytes(bytes);
      assertSentAway(client, what, reason);
    }
  }

  @Test
  void propertiesThatAClientMayPublishWith_areTaken() throws Exception {
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 1));
    properties.add(
        new MqttProperties.IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 70_000));
    properties.add(
        new MqttProperties.StringProperty(MqttProperties.CONTENT_TYPE, "\u00e9".repeat(99)));
    properties.add(new MqttProperties.StringProperty(MqttProperties.RESPONSE_TOPIC, "a/b"));
    properties.add(
        new MqttProperties.BinaryProperty(MqttProperties.CORRELATION_DATA, new byte[] {1, 2}));
    properties.add(new MqttProperties.IntegerProperty(MqttProperties.TOPIC_ALIAS, 3));
    properties.add(new MqttProperties.UserProperty("one", "1"));
    properties.add(new MqttProperties.UserProperty("one", "2"));
    try (RawClient client = bed.client().connected(v5())) {
      for (int qos = 0; qos <= 2; qos++) {
        client.send(RawClient.publishing(
            qos, qos == 0 ? 0 : qos, batches, MqttBed.batch(session, qos), properties));
      }
      assertThat(RawClient.reason(client.next())).isZero();
      assertThat(RawClient.reason(client.next())).isZero();
    }
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 3)).hasSize(3);
  }

  /** Longer than any packet that is taken: its beginning names it. */
  @Test
  void aBatchOfAnyLength_isAnsweredToVersion3_toldInTheLedger_andADeadLetter() throws Exception {
    try (RawClient client = bed.client().connected(v5().v3())) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, DeviceTopics.ledger(device)))
          .containsExactly(1);
      client.publish(1, 2, batches, MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(client.next())).isEqualTo(2);
      client.publish(1, 3, batches, beyondAllBounds(7));
      MqttPublishMessage told = client.nextPublish();
      byte[] bytes = new byte[told.payload().readableBytes()];
      told.payload().readBytes(bytes);
      assertThat(LedgerEntry.parse(bytes).refused()).containsExactly(Map.entry(7, "too-large"));
      assertThat(RawClient.packetId(client.next())).isEqualTo(3);
      client.publish(1, 4, batches, MqttBed.batch(session, 1));
      assertThat(RawClient.packetId(client.next())).isEqualTo(4);
    }
    assertThat(dead(1)).containsExactly("too-large");
  }

  @Test
  void aPacketTooLarge_endsVersion5_andIsADeadLetter() throws Exception {
    byte[] beginning = {0x32, (byte) 0xFF, (byte) 0xFF, 0x7F}; // of two megabytes
    try (RawClient client = bed.client().connected(v5())) {
      client.bytes(beginning);
      assertThat(RawClient.reason(client.next())).isEqualTo(0x95);
    }
    assertThat(dead(1)).containsExactly("too-large");
  }

  private byte[] beyondAllBounds(int seq) {
    byte[] whole = MqttBed.batch(session, seq);
    Envelope envelope = Envelope.parse(whole);
    byte[] batch = Arrays.copyOfRange(
        whole, envelope.batchFrom(), envelope.batchFrom() + envelope.batchLength());
    return Envelope.encode(envelope.sentAtEpochMs(), null, Arrays.copyOf(batch, 300_000));
  }

  private List<String> dead(int count) {
    return MqttBed.consumed(EventTopics.dead(EventTopics.TELEMETRY_LIVE), athlete, count).stream()
        .map(record -> header(record, "reason"))
        .toList();
  }

  @Test
  void moreThanTheReceiveMaximum_endsVersion5_andVersion3IsNotReadForAWhile() throws Exception {
    byte[][] messages = new byte[4 * WINDOW][];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = MqttBed.batch(session, i);
    }
    try (RawClient client = bed.client().connected(v5())) {
      // One too many and no more: what the server closes on unread would take its farewell along.
      for (int i = 0; i <= WINDOW; i++) {
        client.publish(2, i + 1, batches, messages[i]); // no PUBREL ever
      }
      MqttMessage last = client.next();
      for (MqttMessage next = last; next != null; next = client.next()) {
        last = next;
      }
      assertThat(RawClient.reason(last)).isEqualTo(0x93);
    }
    try (RawClient client = bed.client().connected(v5().v3())) {
      for (int i = 0; i < messages.length; i++) {
        client.publish(1, i + 1, batches, messages[i]);
      }
      for (int i = 0; i < messages.length; i++) {
        assertThat(RawClient.packetId(client.next())).isEqualTo(i + 1);
      }
    }
  }

  /** What ends a QoS 2 publish comes by the socket that could be held for too many of them. */
  @Test
  void manyQos2PublishesOfVersion3_doNotWaitForThemselves() throws Exception {
    UUID recording = UUID.randomUUID();
    int all = 4 * WINDOW;
    try (RawClient client = bed.client().connected(v5().v3())) {
      for (int i = 0; i < all; i++) {
        client.publish(2, i + 1, DeviceTopics.batches(recording), MqttBed.batch(recording, i));
      }
      for (int i = 0; i < all; i++) {
        MqttMessage received = client.next();
        assertThat(RawClient.type(received)).isEqualTo(MqttMessageType.PUBREC);
        assertThat(RawClient.packetId(received)).isEqualTo(i + 1);
      }
      for (int i = 0; i < all; i++) {
        client.reply(MqttMessageType.PUBREL, i + 1);
        assertThat(RawClient.type(client.next())).isEqualTo(MqttMessageType.PUBCOMP);
      }
    }
  }

  @Test
  void subscriptions_areToOnesOwnTopicsAlone() throws Exception {
    String ledger = DeviceTopics.ledger(device);
    String commands = DeviceTopics.commands(device);
    String[] asked = {
      ledger,
      commands,
      "v1/devices/+/ledger",
      "#",
      "$share/g/" + commands,
      "v1/other",
      "$SYS/x",
      "a/#/b",
      "a+"
    };
    try (RawClient client = bed.client().connected(v5().id("five"))) {
      assertThat(client.subscribe(3, MqttQoS.EXACTLY_ONCE, asked))
          .containsExactly(1, 1, 0xA2, 0xA2, 0x9E, 0x87, 0x87, 0x8F, 0x8F);
      client.send(MqttMessageBuilders.unsubscribe()
          .messageId(4)
          .addTopicFilter(ledger)
          .addTopicFilter(ledger)
          .addTopicFilter("x")
          .build());
      assertThat(((MqttUnsubAckMessage) client.next()).payload().unsubscribeReasonCodes())
          .containsExactly((short) 0, (short) 0x11, (short) 0x11);
    }
    try (RawClient client = bed.client().connected(v5().v3().id("three"))) {
      assertThat(client.subscribe(3, MqttQoS.AT_MOST_ONCE, asked))
          .containsExactly(0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80);
    }
  }

  @Test
  void silence_endsTheConnection_afterOneAndAHalfKeepAlives() throws Exception {
    Connect connect = v5();
    connect.keepAliveS = 1;
    long began = System.nanoTime();
    try (RawClient client = bed.client().connected(connect)) {
      assertThat(RawClient.reason(client.next())).isEqualTo(0x8D);
      assertThat(System.nanoTime() - began).isGreaterThan(1_400_000_000L);
    }
  }

  @Test
  void whoComesAgain_takesOver() throws Exception {
    try (RawClient first = bed.client().connected(v5().id("same"));
        RawClient second = bed.client().connected(v5().id("same"))) {
      assertThat(RawClient.reason(first.next())).isEqualTo(0x8E);
      second.publish(1, 1, batches, MqttBed.batch(session, 0));
      assertThat(RawClient.reason(second.next())).isZero();
    }
  }
}
