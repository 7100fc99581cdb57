package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.events.AccessRevoked;
import io.pacewire.events.EventTopics;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.StallingRedis;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a connection: sessions, commands that wait, ledgers, wills. */
@ExtendWith(RealServers.class)
class MqttSessionsIT {
  private static final int MOST_COMMANDS = 5;

  @TempDir
  static Path folder;

  private static MqttBed bed;

  /** Another node, which knows nothing but what is in Redis. */
  private static MqttBed other;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final String commands = DeviceTopics.commands(device);
  private final String ledger = DeviceTopics.ledger(device);

  @BeforeAll
  static void start() throws Exception {
    Map<String, Object> settings = Map.of("ingest.mqtt.commandsQueued", MOST_COMMANDS);
    bed = new MqttBed(java.nio.file.Files.createDirectory(folder.resolve("one")), settings);
    other = new MqttBed(
        bed.vertx, java.nio.file.Files.createDirectory(folder.resolve("two")), settings);
  }

  @AfterAll
  static void stop() throws Exception {
    bed.close();
  }

  private Connect v5(MqttBed at) throws Exception {
    return new Connect(at.token(athlete, device))
        .keep()
        .with(MqttProperties.SESSION_EXPIRY_INTERVAL, 60);
  }

  private static boolean isPresent(MqttConnAckMessage answer) {
    assertThat(answer.variableHeader().connectReturnCode().byteValue()).isZero();
    return answer.variableHeader().isSessionPresent();
  }

  @Test
  void commandsWait_andAreDeliveredByAnyNode_untilTheyAreAcknowledged() throws Exception {
    try (RawClient client = bed.client()) {
      assertThat(isPresent(client.connect(v5(bed)))).isFalse();
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, commands)).containsExactly(1);
      client.disconnect(0);
      assertThat(client.next()).isNull();
    }
    for (int i = 1; i <= 3; i++) {
      MqttBed.command(device, "c" + i, "{\"do\":" + i + "}");
      queued(i);
    }
    MqttBed.command(device, "c3", "{\"do\":3}"); // twice is once
    List<Integer> ids = new ArrayList<>();
    try (RawClient client = other.client()) {
      assertThat(isPresent(client.connect(v5(other)))).isTrue();
      for (int i = 1; i <= 3; i++) {
        MqttPublishMessage got = client.nextPublish();
        assertThat(RawClient.text(got)).isEqualTo("{\"do\":" + i + "}");
        assertThat(got.fixedHeader().isDup()).isFalse();
        assertThat(expiryS(got)).isBetween(1, 60);
        ids.add(got.variableHeader().packetId());
      }
      client.reply(MqttMessageType.PUBACK, ids.get(0));
      queued(2);
    } // without a word
    try (RawClient client = bed.client()) {
      assertThat(isPresent(client.connect(v5(bed)))).isTrue();
      for (int i = 1; i <= 2; i++) {
        MqttPublishMessage again = client.nextPublish();
        assertThat(again.variableHeader().packetId()).isEqualTo(ids.get(i));
        assertThat(again.fixedHeader().isDup()).isTrue();
        client.reply(MqttMessageType.PUBACK, ids.get(i));
      }
      queued(0);
      MqttBed.command(device, "c2", "{\"do\":2}"); // as Kafka brings again what was not committed
      MqttBed.command(device, "c4", "{}"); // one that finds the device there
      MqttPublishMessage got = client.nextPublish();
      assertThat(RawClient.text(got)).isEqualTo("{}");
      client.reply(MqttMessageType.PUBACK, got.variableHeader().packetId());
      queued(0);
      client.disconnect(0);
    }
  }

  private static int expiryS(MqttPublishMessage got) {
    return ((MqttProperties.IntegerProperty) got.variableHeader()
            .properties()
            .getProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL))
        .value();
  }

  private void queued(int count) {
    Awaitility.await().until(() -> size("mqtt:{" + device + "}:commands") == count);
  }

  private static int size(String key) throws Exception {
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    try {
      return Await.get(redis.send(Request.cmd(Command.HLEN).arg(key))).toInteger();
    } finally {
      Await.get(redis.close());
    }
  }

  @Test
  void theMailboxIsBounded_andWhatExpiresIsNotDelivered() throws Exception {
    MqttBed.command(device, "brief", "{}", Instant.now().plusSeconds(1));
    for (int i = 0; i < MOST_COMMANDS + 2; i++) {
      MqttBed.command(device, "n" + i, "{\"n\":" + i + "}");
    }
    assertThat(MqttBed.consumed(EventTopics.dead(EventTopics.DEVICE_COMMANDS), device, 2))
        .isNotEmpty();
    Instant expired = Instant.now().plusMillis(1_000);
    Awaitility.await().until(() -> Instant.now().isAfter(expired));
    try (RawClient client = bed.client().connected(v5(bed).v3())) {
      assertThat(client.subscribe(1, MqttQoS.AT_MOST_ONCE, commands)).containsExactly(0);
      List<String> got = new ArrayList<>();
      queued(0);
      while (!client.isQuiet(500)) {
        got.add(RawClient.text(client.nextPublish()));
      }
      assertThat(got)
          .startsWith("{\"n\":0}", "{\"n\":1}")
          .doesNotContain("{}")
          .hasSizeBetween(MOST_COMMANDS - 1, MOST_COMMANDS);
    }
  }

  @Test
  void aCleanStart_forgets_andASessionWithoutTimeEndsWithItsConnection() throws Exception {
    for (Connect brief : List.of(
        new Connect(bed.token(athlete, device)).keep(),
        new Connect(bed.token(athlete, device)).v3())) {
      try (RawClient client = bed.client().connected(v5(bed))) {
        assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, commands)).containsExactly(1);
        client.disconnect(0);
        assertThat(client.next()).isNull();
      }
      try (RawClient client = bed.client()) {
        assertThat(isPresent(client.connect(brief))).isEqualTo(!brief.clean);
        client.disconnect(0);
        assertThat(client.next()).isNull();
      }
      Awaitility.await().until(() -> size("mqtt:{" + device + "}:sessions") == 0);
      try (RawClient client = bed.client()) {
        assertThat(isPresent(client.connect(v5(bed).v3()))).isFalse();
        client.disconnect(0);
      }
      try (RawClient client = bed.client().connected(new Connect(bed.token(athlete, device)))) {
        client.disconnect(0);
      }
    }
  }

  /** The displaced connection leaves after the new one began: what was discarded stays so. */
  @Test
  void aDiscardedSession_doesNotComeBack() throws Exception {
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    MqttSessionStore store = new MqttSessionStore(redis, InstantSource.system());
    MqttSession displaced = session(claim(ConnectionOwners.create(bed.vertx)));
    Await.get(store.take(displaced));
    Await.get(store.leave(displaced));
    assertThat(Await.get(store.find(device, "raw"))).isPresent();
    Await.get(store.save(displaced)); // a command's end, which Redis was slow to hear of
    assertThat(keptUntilMs()).isLessThanOrEqualTo(System.currentTimeMillis() + 60_000);
    Await.get(store.forget(device, "raw"));
    Await.get(store.leave(displaced));
    assertThat(Await.get(store.find(device, "raw"))).isEmpty();
    Await.get(store.save(displaced));
    assertThat(Await.get(store.find(device, "raw"))).isEmpty();
    Await.get(redis.close());
  }

  /** What a client does that takes one command and goes. */
  @Test
  void whatIsSavedAfterTheConnectionsEnd_doesNotMakeTheSessionLastLonger() throws Exception {
    try (RawClient client = bed.client().connected(v5(bed))) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, commands)).containsExactly(1);
      MqttBed.command(device, "c1", "{}");
      int packetId = client.nextPublish().variableHeader().packetId();
      Awaitility.await().until(() -> kept().contains("\"c1\":" + packetId));
      client.sendAtOnce(
          RawClient.replying(MqttMessageType.PUBACK, packetId),
          MqttMessageBuilders.disconnect().reasonCode((byte) 0).build());
      assertThat(client.next()).isNull();
    }
    Awaitility.await().until(() -> kept().contains("\"sent\":{}"));
    assertThat(keptUntilMs()).isLessThanOrEqualTo(System.currentTimeMillis() + 60_000);
  }

  private long keptUntilMs() throws Exception {
    return Long.parseLong(kept().split(" ", 2)[0]);
  }

  private String kept() throws Exception {
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    try {
      return String.valueOf(Await.get(redis.send(
          Request.cmd(Command.HGET).arg("mqtt:{" + device + "}:sessions").arg("raw"))));
    } finally {
      Await.get(redis.close());
    }
  }

  /** Several connections lead to Redis, and one that is new is slower. */
  @Test
  void aSaveThatALaterOneOvertook_changesNothing() throws Exception {
    StallingRedis slow = new StallingRedis();
    RedisCommands held = slow.client(bed.vertx);
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    MqttSessionStore store = new MqttSessionStore(redis, InstantSource.system());
    MqttSession session = session(claim(ConnectionOwners.create(bed.vertx)));
    Await.get(store.take(session));
    slow.stall();
    session.commandsQos(1);
    Future<Void> first = new MqttSessionStore(held, InstantSource.system()).save(session);
    session.ledgerQos(1);
    Await.get(store.save(session));
    slow.goOn();
    Await.get(first);
    assertThat(Await.get(store.find(device, "raw")).orElseThrow().getInteger("ledger"))
        .as("what was acknowledged")
        .isEqualTo(1);
    Await.get(redis.close());
    Await.get(held.close());
    slow.close();
  }

  private MqttSession session(ConnectionOwners.Claim claim) {
    return new MqttSession(device, "raw", 60, claim);
  }

  private ConnectionOwners.Claim claim(ConnectionOwners node) throws Exception {
    return Await.get(node.claim(device + "/raw", () -> {}));
  }

  /** Redis was slow, and the client gave up and came again before the first answer. */
  @Test
  void aConnectionThatIsOvertakenAsItComes_takesNoSession() throws Exception {
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    MqttSessionStore store = new MqttSessionStore(redis, InstantSource.system());
    ConnectionOwners node = ConnectionOwners.create(bed.vertx);
    ConnectionOwners.Claim lost = claim(node);
    MqttSession newer = session(claim(node));
    Await.get(store.take(newer));
    MqttConnectRequest request =
        new MqttConnectRequest(5, "raw", false, false, 60, 60, 10, 1_000, true, null, false, null);
    Device sender = new Device(athlete, device, "public", 0, 0);
    assertThatThrownBy(() -> Await.get(new MqttSessions(store).open(sender, request, lost)))
        .hasStackTraceContaining("newer");
    assertThatThrownBy(() -> Await.get(store.save(session(lost))))
        .as("where Redis did not answer before, either")
        .hasStackTraceContaining("newer");
    assertThat(has(store, newer)).isTrue();
    Await.get(redis.close());
  }

  /** Its command was under way when it was overtaken, or its node did not know. */
  @Test
  void aSessionThatAnOlderConnectionTookLate_isTakenBack_withTheNextChange() throws Exception {
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    MqttSessionStore store = new MqttSessionStore(redis, InstantSource.system());
    ConnectionOwners cutOff = ConnectionOwners.create(bed.vertx);
    MqttSession older = session(claim(cutOff));
    MqttSession newer = session(claim(ConnectionOwners.create(bed.vertx)));
    Await.get(store.take(newer));
    Await.get(store.take(older));
    newer.commandsQos(1);
    Await.get(store.save(newer));
    assertThat(has(store, newer)).isTrue();
    assertThat(Await.get(store.find(device, "raw")).orElseThrow().getInteger("commands"))
        .isEqualTo(1);
    ConnectionOwners.Claim unused = claim(cutOff); // now it knows
    assertThatThrownBy(() -> Await.get(store.save(older))).hasStackTraceContaining("newer");
    Await.get(store.leave(older));
    assertThat(has(store, newer)).isTrue();
    Await.get(redis.close());
  }

  /** Commands are acknowledged to Redis, and saved, after their connection is gone. */
  @Test
  void aConnectionThatIsOver_takesNothingBack() throws Exception {
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    MqttSessionStore store = new MqttSessionStore(redis, InstantSource.system());
    ConnectionOwners node = ConnectionOwners.create(bed.vertx);
    ConnectionOwners.Claim over = claim(node);
    MqttSession older = session(over);
    Await.get(store.take(older));
    over.release();
    MqttSession newer = session(claim(node));
    Await.get(store.take(newer));
    assertThatThrownBy(() -> Await.get(store.save(older))).hasStackTraceContaining("newer");
    assertThat(has(store, newer)).isTrue();
    Await.get(redis.close());
  }

  private boolean has(MqttSessionStore store, MqttSession session) throws Exception {
    return !Await.get(store.isOvertaken(device, "raw", session.connection()));
  }

  /** Nobody listened when it was refused, and its acknowledgement looked as any. */
  @Test
  void whatVersion3WasRefused_isTold_wheneverItAsksForItsLedger() throws Exception {
    UUID session = UUID.randomUUID();
    byte[] changed = MqttBed.batch(session, 4);
    changed[changed.length - 1] ^= 1;
    Connect connect = new Connect(bed.token(athlete, device)).v3();
    try (RawClient client = bed.client().connected(connect)) {
      for (int twice = 1; twice <= 2; twice++) {
        client.publish(1, twice, DeviceTopics.batches(session), changed);
        assertThat(RawClient.packetId(client.next())).isEqualTo(twice);
      }
    }
    try (RawClient client =
        other.client().connected(new Connect(other.token(athlete, device)).v3())) {
      assertThat(client.subscribe(1, MqttQoS.AT_MOST_ONCE, ledger)).containsExactly(0);
      MqttPublishMessage told = client.nextPublish();
      byte[] bytes = new byte[told.payload().readableBytes()];
      told.payload().readBytes(bytes);
      LedgerEntry entry = LedgerEntry.parse(bytes);
      assertThat(entry.sessionId()).isEqualTo(session);
      assertThat(entry.refused()).containsExactly(Map.entry(4, "hash-mismatch"));
      assertThat(client.isQuiet(300)).isTrue();
    }
  }

  /** Of several sessions and writers, more than an entry holds, before anybody listens. */
  @Test
  void allThatVersion3WasRefused_isTold_onceItSubscribes_andOnce() throws Exception {
    List<String> refused = new ArrayList<>();
    try (RawClient client =
        bed.client().connected(new Connect(bed.token(athlete, device)).v3().keep())) {
      for (int i = 0; i < RefusalStore.MOST_OF_A_DEVICE; i++) {
        // Most in six recordings, the rest alone in theirs.
        UUID session = i % 2 == 0 ? new UUID(7, i % 3) : new UUID(8, i);
        int writer = i % 4 == 0 ? 1 : 0;
        client.publish(
            1, i + 1, DeviceTopics.batches(session), MqttBed.changedBatch(session, writer, i));
        refused.add(session + " " + writer + " " + i);
      }
      for (int i = 0; i < refused.size(); i++) {
        assertThat(RawClient.packetId(client.next())).isEqualTo(i + 1);
      }
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, ledger)).containsExactly(1);
      assertThat(refusalsTold(client, refused.size())).containsExactlyInAnyOrderElementsOf(refused);
      assertThat(client.isQuiet(300)).isTrue();
    }
  }

  /** Acknowledges each of the messages, which hold so many refusals at least. */
  private static List<String> refusalsTold(RawClient client, int count) throws Exception {
    List<String> told = new ArrayList<>();
    while (told.size() < count) {
      MqttPublishMessage message = client.nextPublish();
      LedgerEntry entry = entry(message);
      entry
          .refused()
          .keySet()
          .forEach(seq -> told.add(entry.sessionId() + " " + entry.writer() + " " + seq));
      client.reply(MqttMessageType.PUBACK, message.variableHeader().packetId());
    }
    return told;
  }

  /** Whoever listens hears of all, and is not in the way of its own batches for ever. */
  @Test
  void moreThanIsKept_isNotAcknowledged_untilTheDeviceHasHeardOfSome() throws Exception {
    UUID session = UUID.randomUUID();
    Connect connect = new Connect(bed.token(athlete, device)).v3();
    RedisCommands redis = RealServers.redis().client(bed.vertx);
    RefusalStore store = new RefusalStore(redis);
    for (int seq = 0; seq < RefusalStore.MOST_OF_A_DEVICE; seq++) {
      Await.get(store.keep(device, refusal(session, seq)));
    }
    Await.get(store.keep(device, refusal(session, 0))); // twice is once
    byte[] changed = MqttBed.changedBatch(session, 0, 1_000);
    try (RawClient deaf = bed.client().connected(connect)) {
      deaf.publish(1, 1, DeviceTopics.batches(session), changed);
      assertThat(deaf.next()).as("the end of the connection").isNull();
    }
    try (RawClient client = bed.client().connected(connect)) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, ledger)).containsExactly(1);
      assertThat(refusalsTold(client, RefusalStore.MOST_OF_A_DEVICE))
          .hasSize(RefusalStore.MOST_OF_A_DEVICE);
      Awaitility.await()
          .ignoreExceptions()
          .until(() -> Await.get(store.keep(device, refusal(session, 999)).map(true)));
      client.publish(1, 1, DeviceTopics.batches(session), changed);
      assertThat(refusalsTold(client, 1)).containsExactly(session + " 0 1000");
      assertThat(RawClient.packetId(client.next())).isEqualTo(1);
    }
    Await.get(redis.close());
  }

  private static LedgerEntry refusal(UUID session, int seq) {
    LedgerEntry entry = new LedgerEntry(session, 0);
    entry.refuse(seq, "malformed");
    return entry;
  }

  /** Training is away when the device subscribes; until it is there again the token is another one. */
  @Test
  void aLedgerThatIsNotKnown_isAskedForAgain_withTheTokenThatHoldsThen() throws Exception {
    UUID session = UUID.randomUUID();
    String renewed = bed.token(athlete, device, 700);
    try (RawClient client = bed.client()) {
      Connect connect = new Connect(null);
      connect.user = null;
      connect.properties.add(auth(bed.token(athlete, device)));
      connect.properties.add(method());
      client.connected(connect);
      client.publish(1, 5, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(client.next())).isEqualTo(5);
      bed.ledgerStatus = 503;
      int before = bed.ledgersAsked.size();
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, ledger)).containsExactly(1);
      Awaitility.await().until(() -> bed.ledgersAsked.size() > before);
      client.send(reAuthenticate(renewed));
      assertThat(RawClient.type(client.next())).isEqualTo(MqttMessageType.AUTH);
      bed.ledgerStatus = 200;
      assertThat(entry(client.nextPublish()).isComplete()).isTrue();
      assertThat(bed.ledgerTokens).last().isEqualTo(renewed);
    } finally {
      bed.ledgerStatus = 200;
    }
  }

  @Test
  void aDeviceHasFewSessions() throws Exception {
    for (int i = 0; i < MqttSessionStore.MOST_OF_A_DEVICE + 4; i++) {
      try (RawClient client = bed.client().connected(v5(bed).id("client-" + i))) {
        client.disconnect(0);
        assertThat(client.next()).isNull();
      }
    }
    assertThat(size("mqtt:{" + device + "}:sessions"))
        .isLessThanOrEqualTo(MqttSessionStore.MOST_OF_A_DEVICE);
  }

  @Test
  void theLedger_isToldAsItChanges_andAfterAResumeAsItStands() throws Exception {
    UUID session = UUID.randomUUID();
    try (RawClient client = bed.client().connected(v5(bed))) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, ledger)).containsExactly(1);
      client.publish(1, 5, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(client.next())).isEqualTo(5);
      bed.stored(device, session, 0, 0);
      MqttPublishMessage told = client.nextPublish();
      assertThat(told.fixedHeader().qosLevel()).isEqualTo(MqttQoS.AT_LEAST_ONCE);
      assertThat(entry(told).stored().firstMissing()).isEqualTo(1);
      client.disconnect(0);
      assertThat(client.next()).isNull();
    }
    Awaitility.await().until(() -> kept().contains(session.toString()));
    try (RawClient client = other.client()) {
      assertThat(isPresent(client.connect(v5(other)))).isTrue();
      LedgerEntry whole = entry(client.nextPublish());
      assertThat(whole.sessionId()).isEqualTo(session);
      assertThat(whole.isComplete()).isTrue();
      assertThat(whole.stored().firstMissing()).isEqualTo(7);
      assertThat(other.ledgersAsked).contains("/v1/sessions/" + session + "/ledger?writer=0");
    }
  }

  @Test
  void changesOfTheLedger_areMerged_whileTheClientDoesNotAcknowledge() throws Exception {
    UUID session = UUID.randomUUID();
    Connect connect = v5(bed).with(MqttProperties.RECEIVE_MAXIMUM, 1);
    try (RawClient client = bed.client().connected(connect)) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, ledger)).containsExactly(1);
      for (int i = 0; i < 300; i++) {
        bed.stored(device, session, i, i);
      }
      MqttPublishMessage first = client.nextPublish();
      assertThat(entry(first).stored().firstMissing()).isEqualTo(1);
      assertThat(client.isQuiet(200)).isTrue();
      client.reply(MqttMessageType.PUBACK, first.variableHeader().packetId());
      MqttPublishMessage rest = client.nextPublish();
      assertThat(entry(rest).stored().contains(1)).isTrue();
      assertThat(entry(rest).stored().contains(299)).isTrue();
    }
  }

  private static LedgerEntry entry(MqttPublishMessage message) {
    byte[] bytes = new byte[message.payload().readableBytes()];
    message.payload().getBytes(message.payload().readerIndex(), bytes);
    return LedgerEntry.parse(bytes);
  }

  @Test
  void aPacketLargerThanTheClientTakes_isDroppedAsIfSent() throws Exception {
    Connect connect = v5(bed).with(MqttProperties.MAXIMUM_PACKET_SIZE, 200);
    try (RawClient client = bed.client().connected(connect)) {
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, commands)).containsExactly(1);
      MqttBed.command(device, "big", "\"" + "x".repeat(300) + "\"");
      MqttBed.command(device, "small", "{}");
      assertThat(RawClient.text(client.nextPublish())).isEqualTo("{}");
    }
  }

  @Test
  void aWill_isToldUnlessTheClientSaysGoodbyeOrComesBack() throws Exception {
    String presence = DeviceTopics.hubPresence(device);
    try (RawClient client = bed.client().connected(v5(bed).will(presence, "clean"))) {
      client.publish(1, 1, presence, "online".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(RawClient.packetId(client.next())).isEqualTo(1);
      client.disconnect(0);
      assertThat(client.next()).isNull();
    }
    try (RawClient client = bed.client().connected(v5(bed).will(presence, "with will"))) {
      client.disconnect(4);
      assertThat(client.next()).isNull();
    }
    Connect delayed = v5(bed).will(presence, "came back");
    delayed.willProperties.add(
        new MqttProperties.IntegerProperty(MqttProperties.WILL_DELAY_INTERVAL, 5));
    bed.client().connected(delayed).close();
    RawClient back = other.client().connected(v5(other).will(presence, "lost"));
    back.close();
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_HUB, device, 3))
        .extracting(record -> new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly("online", "with will", "lost");
    Connect late = v5(bed).will(presence, "late");
    late.willProperties.add(
        new MqttProperties.IntegerProperty(MqttProperties.WILL_DELAY_INTERVAL, 5));
    bed.client().connected(late).close();
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_HUB, device, 4))
        .extracting(record -> new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly("online", "with will", "lost", "late");
  }

  /** Cut off is silent: whose token was stolen has no last word. */
  @Test
  void whoIsRevoked_hasNoWillTold() throws Exception {
    String presence = DeviceTopics.hubPresence(device);
    EventPublisher publisher = EventPublisher.create(bed.vertx, RealServers.kafka(), "identity");
    try (RawClient client = bed.client().connected(v5(bed).will(presence, "revoked"))) {
      long now = System.currentTimeMillis() - 100_000; // between its token and the next one
      Await.get(publisher.publish(EventEnvelope.of(
          EventTopics.REVOCATIONS,
          device,
          "access/device/" + device + "/revoked-" + now,
          now,
          new AccessRevoked(device, "device", now))));
      assertThat(RawClient.reason(client.next())).isEqualTo(0x87);
      assertThat(client.next()).isNull();
    }
    Connect next = new Connect(bed.freshToken(athlete, device));
    try (RawClient client = bed.client().connected(next)) {
      client.publish(1, 1, presence, "later".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(RawClient.packetId(client.next())).isEqualTo(1);
    }
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_HUB, device, 1))
        .extracting(record -> new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly("later");
    Await.get(publisher.close());
  }

  @Test
  void aNewToken_takesThePlaceOfTheOld_withoutANewConnection() throws Exception {
    try (RawClient client = bed.client()) {
      Connect connect = new Connect(null);
      connect.user = null;
      connect.properties.add(auth(bed.token(athlete, device, 3)));
      connect.properties.add(method());
      MqttConnAckMessage answer = client.connect(connect);
      assertThat(answer.variableHeader().connectReturnCode().byteValue()).isZero();
      assertThat(answer
              .variableHeader()
              .properties()
              .getProperty(MqttProperties.AUTHENTICATION_METHOD))
          .isNotNull();
      assertThat(client.subscribe(1, MqttQoS.AT_MOST_ONCE, commands)).containsExactly(0);
      client.send(reAuthenticate(bed.token(athlete, device)));
      MqttMessage renewed = client.next();
      if (RawClient.type(renewed) == MqttMessageType.PUBLISH) { // the warning was as fast
        assertThat(RawClient.text((MqttPublishMessage) renewed)).contains("token-expires");
        renewed = client.next();
      }
      assertThat(RawClient.type(renewed)).isEqualTo(MqttMessageType.AUTH);
      assertThat(RawClient.reason(renewed)).isZero();
      client.send(reAuthenticate(bed.token(athlete, UUID.randomUUID())));
      assertThat(RawClient.reason(client.next())).isEqualTo(0x87);
      assertThat(client.next()).isNull();
    }
  }

  @Test
  void whoListensForCommands_isWarnedBeforeTheTokenExpires() throws Exception {
    Connect connect = new Connect(bed.token(athlete, device, 65)).v3();
    try (RawClient client = bed.client().connected(connect)) {
      assertThat(client.subscribe(1, MqttQoS.AT_MOST_ONCE, commands)).containsExactly(0);
      assertThat(RawClient.text(client.nextPublish())).contains("token-expires");
    }
  }

  private static MqttProperties.BinaryProperty auth(String token) {
    return new MqttProperties.BinaryProperty(
        MqttProperties.AUTHENTICATION_DATA,
        token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static MqttProperties.StringProperty method() {
    return new MqttProperties.StringProperty(
        MqttProperties.AUTHENTICATION_METHOD, "pacewire-token");
  }

  private static MqttMessage reAuthenticate(String token) {
    MqttProperties properties = new MqttProperties();
    properties.add(method());
    properties.add(auth(token));
    return MqttMessageBuilders.auth()
        .reasonCode((byte) 0x19)
        .properties(properties)
        .build();
  }
}
