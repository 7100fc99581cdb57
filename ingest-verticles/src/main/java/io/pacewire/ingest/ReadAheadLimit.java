package io.pacewire.ingest;

/** What may speak against having more of a connection that cannot be handed on, as metrics say it. */
enum ReadAheadLimit {
  /** All that is held of one athlete. */
  ATHLETE_BYTES("athleteBytes"),
  /** All that is held of those that are nobody's yet. */
  WAITING_BYTES("waitingBytes"),
  /** What one of them may send before its CONNECT. */
  CONNECT_BYTES("connectBytes"),
  NODE_BYTES("nodeBytes"),
  TIME("time");

  private final String tag;

  ReadAheadLimit(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }
}
