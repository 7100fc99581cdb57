package io.pacewire.ingest;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * What a node may have read and not handed on, of all connections together. Apart, so that who is held takes
 * no room from packets that are only on their way.
 *
 * @param unfinished of packets and frames that have begun and are not whole
 * @param held of connections that are not read on for now
 */
record ReadRoom(ReadAheadBytes unfinished, ReadAheadBytes held) {
  static ReadRoom of(IngestConfig config, MeterRegistry registry) {
    return of(
        config.roomBytes(config.unfinishedBytes()), config.roomBytes(config.heldBytes()), registry);
  }

  static ReadRoom of(long unfinishedBytes, long heldBytes, MeterRegistry registry) {
    return new ReadRoom(
        new ReadAheadBytes(unfinishedBytes, "unfinished", registry),
        new ReadAheadBytes(heldBytes, "held", registry));
  }
}
