package io.pacewire.ingest;

import io.pacewire.platform.live.LedgerFeed;
import io.vertx.core.Context;
import java.time.InstantSource;

/**
 * What the web doors of one event loop work with.
 *
 * @param loop the event loop they are on
 */
record WebServices(
    Context loop,
    IngestConfig config,
    DeviceTokens tokens,
    SamplePublisher publisher,
    LedgerFeed ledgers,
    LedgerQueries queries,
    Turnstiles turnstiles,
    HeldBodies bodies,
    WebMeters meters,
    InstantSource clock) {

  BatchAdmission admission() {
    return new BatchAdmission(config.maxBatchBytes());
  }
}
