package io.pacewire.training;

import io.pacewire.wire.LedgerEntry;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What devices are told after a poll batch was stored: one change a device and writer. */
final class LedgerChanges {
  private final Map<Address, LedgerEntry> entries = new LinkedHashMap<>();

  private record Address(UUID deviceId, UUID sessionId, int writer) {}

  private LedgerChanges() {}

  static LedgerChanges of(ChunkStore.Outcome outcome) {
    LedgerChanges changes = new LedgerChanges();
    for (TelemetryRecord record : outcome.stored()) {
      if (record.fault() == null) {
        changes.entry(record).stored().add(record.seq(), record.seq());
      } else {
        changes.entry(record).refuse(record.seq(), record.fault());
      }
    }
    for (TelemetryRecord record : outcome.refused()) {
      changes.entry(record).refuse(record.seq(), "conflicting-content");
    }
    for (TelemetryRecord record : outcome.failed()) {
      changes.entry(record).refuse(record.seq(), "not-storable");
    }
    return changes;
  }

  private LedgerEntry entry(TelemetryRecord record) {
    UUID sessionId = record.writer().session().sessionId();
    return entries.computeIfAbsent(
        new Address(record.deviceId(), sessionId, record.writer().writer()),
        address -> new LedgerEntry(sessionId, address.writer()));
  }

  interface Receiver {
    void accept(UUID deviceId, Buffer entry);
  }

  void forEach(Receiver receiver) {
    entries.forEach(
        (address, entry) -> receiver.accept(address.deviceId(), Buffer.buffer(entry.encode())));
  }
}
