package io.pacewire.ingest;

import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.live.DeviceCommands;
import io.pacewire.platform.live.LedgerFeed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/** What the MQTT connections of one event loop work with. */
record MqttServices(
    Context context,
    IngestConfig config,
    DeviceTokens tokens,
    SamplePublisher publisher,
    PresencePublisher presences,
    LoopMeters meters,
    WaitingWills wills,
    WillStore leftWills,
    LedgerFeed ledgers,
    LedgerQueries queries,
    MqttSessionStore sessions,
    MailboxStore mailbox,
    RefusalStore refusals,
    DeviceCommands commands,
    ConnectionOwners owners,
    Turnstiles turnstiles,
    InstantSource clock) {

  Vertx vertx() {
    return context.owner();
  }
}
