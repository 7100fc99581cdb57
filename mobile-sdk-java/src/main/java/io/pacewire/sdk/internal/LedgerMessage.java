package io.pacewire.sdk.internal;

import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;

/** What arrives on a device's ledger topic: a whole server frame, or one ledger entry alone. */
final class LedgerMessage {
  private static final byte FIRST_FIELD_BYTES = 0x0A;
  private static final byte ID_LENGTH = 16;

  private LedgerMessage() {}

  /**
   * Both begin with field 1. In an entry that is the session id, 16 bytes; in a frame it is an
   * entry, which is longer than the id in it.
   */
  static ServerFrame parse(byte[] payload) {
    if (payload.length > 1 && payload[0] == FIRST_FIELD_BYTES && payload[1] == ID_LENGTH) {
      return ServerFrame.of(LedgerEntry.parse(payload), 0);
    }
    return ServerFrame.parse(payload);
  }
}
