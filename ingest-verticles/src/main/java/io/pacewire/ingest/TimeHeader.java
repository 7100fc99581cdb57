package io.pacewire.ingest;

import org.apache.kafka.common.header.internals.RecordHeader;

/** A header that holds a time: the batches of one millisecond share it. Used from one event loop. */
final class TimeHeader {
  private final String name;
  private long atMs;
  private RecordHeader header;

  TimeHeader(String name) {
    this.name = name;
    this.header = new RecordHeader(name, Decimal.ascii(0));
  }

  RecordHeader of(long epochMs) {
    if (epochMs != atMs) {
      atMs = epochMs;
      header = new RecordHeader(name, Decimal.ascii(epochMs));
    }
    return header;
  }
}
