package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.StallingRedis;
import io.pacewire.wire.DeviceTopics;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that hangs costs devices what it keeps, for a while, and nothing else (ADR 14). */
@ExtendWith(RealServers.class)
class SlowRedisIT {
  /** Less than the minute after which a mailbox is looked into in any case. */
  private static final Duration SOON = Duration.ofSeconds(40);

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final String commands = DeviceTopics.commands(device);
  private final String ledger = DeviceTopics.ledger(device);
  private StallingRedis redis;
  private MqttBed bed;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    redis = new StallingRedis();
    bed = new MqttBed(folder, redis.settings());
  }

  @AfterEach
  void close() throws Exception {
    bed.close();
    redis.close();
  }

  private Connect connect() throws Exception {
    return new Connect(bed.token(athlete, device))
        .keep()
        .with(MqttProperties.SESSION_EXPIRY_INTERVAL, 600);
  }

  @Test
  void aDeviceIsLetIn_sends_andHasWhatWaitsForIt_whenRedisIsBack() throws Exception {
    try (RawClient client = bed.client()) {
      assertThat(isPresent(client, connect())).isFalse();
      assertThat(client.subscribe(1, MqttQoS.AT_LEAST_ONCE, commands, ledger))
          .containsExactly(1, 1);
      leave(client);
    }
    await().until(() -> kept().contains("\"ledger\":1"));
    MqttBed.command(device, "c1", "{\"do\":1}");
    await().until(() -> waiting() == 1);
    redis.stall();
    try (RawClient client = bed.client()) {
      assertThat(isPresent(client, connect()))
          .as("what is not known is not resumed")
          .isFalse();
      client.publish(1, 7, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(client.next())).isEqualTo(7);
      redis.goOn();
      assertThat(client.subscribe(2, MqttQoS.AT_LEAST_ONCE, commands)).containsExactly(1);
      assertThat(acknowledged(client)).isEqualTo("{\"do\":1}");
      await().until(() -> waiting() == 0);
      leave(client);
    }
    assertThat(kept())
        .as("the session that was begun, not the one that was not known")
        .contains("\"commands\":1", "\"ledger\":-1");
    try (RawClient client = bed.client()) {
      assertThat(isPresent(client, connect())).isTrue();
      leave(client);
    }
  }

  /** Nobody subscribes a second time. */
  @Test
  void whoSubscribedMeanwhile_hasIt_too() throws Exception {
    MqttBed.command(device, "c1", "{\"do\":1}");
    await().until(() -> waiting() == 1);
    redis.stall();
    try (RawClient client = bed.client()) {
      assertThat(isPresent(client, connect())).isFalse();
      assertThat(client.subscribe(2, MqttQoS.AT_LEAST_ONCE, commands)).containsExactly(1);
      // Waits for Redis as long as the mailbox was waited for before.
      assertThat(client.subscribe(3, MqttQoS.AT_LEAST_ONCE, ledger)).containsExactly(1);
      redis.goOn();
      client.socket.setSoTimeout((int) SOON.toMillis());
      assertThat(acknowledged(client)).isEqualTo("{\"do\":1}");
      await().until(() -> waiting() == 0);
    }
  }

  @Test
  void whoGoesWhileRedisHangs_leavesNothingBehind() throws Exception {
    redis.stall();
    try (RawClient impatient = bed.client()) {
      impatient.send(connect().id("impatient").message());
    }
    try (RawClient patient = bed.client()) {
      assertThat(isPresent(patient, connect().id("patient"))).isFalse();
      await().until(() -> connections() == 1);
    }
    await().until(() -> connections() == 0);
    redis.goOn();
    try (RawClient again = bed.client()) {
      assertThat(isPresent(again, connect().id("impatient"))).isFalse();
      await().until(() -> connections() == 1);
    }
  }

  private static boolean isPresent(RawClient client, Connect connect) throws Exception {
    MqttConnAckMessage answer = client.connect(connect);
    assertThat(answer.variableHeader().connectReturnCode().byteValue()).isZero();
    return answer.variableHeader().isSessionPresent();
  }

  private static void leave(RawClient client) throws Exception {
    client.disconnect(0);
    assertThat(client.next()).isNull();
  }

  private static String acknowledged(RawClient client) throws Exception {
    MqttPublishMessage message = client.nextPublish();
    client.reply(MqttMessageType.PUBACK, message.variableHeader().packetId());
    return RawClient.text(message);
  }

  private double connections() {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.connections")
        .tag("door", "mqtt")
        .gauge()
        .value();
  }

  private int waiting() throws Exception {
    return Integer.parseInt(asked(Request.cmd(Command.HLEN).arg("mqtt:{" + device + "}:commands")));
  }

  private String kept() throws Exception {
    return asked(Request.cmd(Command.HGET).arg("mqtt:{" + device + "}:sessions").arg("raw"));
  }

  /** Past what hangs. */
  private String asked(Request question) throws Exception {
    RedisCommands direct = RealServers.redis().client(bed.vertx);
    try {
      return String.valueOf(Await.get(direct.send(question)));
    } finally {
      Await.get(direct.close());
    }
  }
}
