package io.pacewire.ingest;

import io.pacewire.platform.live.DeviceCommands;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * Hands commands to devices: into the mailbox first, which outlives every connection and node, then
 * a word to whichever node holds the device. A command leaves the mailbox when the device
 * acknowledged it.
 */
final class CommandPost {
  private final MailboxStore mailbox;
  private final DeviceCommands nodes;

  CommandPost(MailboxStore mailbox, DeviceCommands nodes) {
    this.mailbox = mailbox;
    this.nodes = nodes;
  }

  /** False where the device's mailbox is full. */
  Future<Boolean> send(UUID deviceId, DeviceCommand command) {
    return mailbox
        .offer(deviceId, command)
        .compose(queued -> queued
            ? nodes.send(deviceId, Buffer.buffer(command.id())).map(true) // whoever is there or not
            : Future.succeededFuture(false));
  }
}
