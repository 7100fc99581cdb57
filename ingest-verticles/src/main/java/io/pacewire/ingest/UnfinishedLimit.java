package io.pacewire.ingest;

/** What may speak against a packet or frame that has begun and does not end, as metrics say it. */
enum UnfinishedLimit {
  /** All that is held of one athlete. */
  ATHLETE_BYTES("athleteBytes"),
  /** All that is held of those that are nobody's yet. */
  WAITING_BYTES("waitingBytes"),
  /** What one of them may send before its CONNECT. */
  CONNECT_BYTES("connectBytes"),
  NODE_BYTES("nodeBytes"),
  TIME("time");

  private final String tag;

  UnfinishedLimit(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }
}
