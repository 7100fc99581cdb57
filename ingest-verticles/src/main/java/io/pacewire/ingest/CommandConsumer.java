package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.KafkaBatchLoop;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.kafka.RecordHeaders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Commands for devices as anybody with the right to the topic may produce them: key the device,
 * headers {@code id} and {@code expires-at} (epoch ms), value JSON.
 */
final class CommandConsumer {
  private static final System.Logger LOG = System.getLogger(CommandConsumer.class.getName());
  private static final String GROUP = "ingest-commands";
  private static final int RECORDS_A_BATCH = 100;

  private final CommandPost commands;
  private final InstantSource clock;
  private final DeadLetters deadLetters;
  private final KafkaBatchLoop loop;

  CommandConsumer(Vertx vertx, KafkaSettings kafka, CommandPost commands, InstantSource clock) {
    this.commands = commands;
    this.clock = clock;
    this.deadLetters = DeadLetters.create(vertx, kafka, GROUP);
    this.loop = KafkaBatchLoop.create(
        vertx, kafka, GROUP, Set.of(EventTopics.DEVICE_COMMANDS), RECORDS_A_BATCH, this::apply);
  }

  Future<Void> start() {
    return loop.start();
  }

  Future<Void> close() {
    return loop.close().eventually(deadLetters::close);
  }

  /** Twice is once: a command that waits already, or was delivered, is not queued again. */
  private Future<Void> apply(ConsumerRecords<String, byte[]> batch) {
    Future<Void> chain = Future.succeededFuture();
    for (ConsumerRecord<String, byte[]> record : batch) {
      chain = chain.compose(before -> apply(record));
    }
    return chain;
  }

  private Future<Void> apply(ConsumerRecord<String, byte[]> record) {
    UUID device;
    DeviceCommand command;
    try {
      device = UUID.fromString(String.valueOf(record.key()));
      command = command(record);
    } catch (IllegalArgumentException e) {
      return deadLetters.put(record, String.valueOf(e.getMessage()));
    }
    if (command.expiresAtMs() <= clock.millis()) {
      LOG.log(DEBUG, "command {0} expired before it was queued", command.id());
      return Future.succeededFuture();
    }
    return commands
        .send(device, command)
        .compose(
            queued -> queued ? Future.succeededFuture() : deadLetters.put(record, "mailbox-full"));
  }

  private static DeviceCommand command(ConsumerRecord<String, byte[]> record) {
    byte[] payload = record.value();
    if (payload == null) {
      throw new IllegalArgumentException("no payload");
    }
    String id = RecordHeaders.text(record, "id");
    if (id == null) {
      throw new IllegalArgumentException("no header id");
    }
    return new DeviceCommand(
        id,
        Long.parseLong(String.valueOf(RecordHeaders.text(record, "expires-at"))),
        Buffer.buffer(payload));
  }
}
