package io.pacewire.bench.ingest;

import io.netty.buffer.ByteBuf;

/** How a connection talks: MQTT, or the binary WebSocket. One for each connection. */
interface Speech {
  /** What a client says first. */
  void greet(ByteBuf out);

  /** Message {@code number} of this connection, counted from 0. */
  void write(long number, ByteBuf out);

  /** How many messages there are to send. */
  default long messages() {
    return Long.MAX_VALUE;
  }

  /** Reads as many whole answers as there are and leaves the rest. */
  void read(ByteBuf in, Heard heard);

  /** What the other side answered. */
  interface Heard {
    /** The connection may send. */
    void admitted();

    /** Messages {@code first} to {@code last} are acknowledged, each number modulo {@link #CYCLE}. */
    void acknowledged(int first, int last);

    /** A message, by its number modulo {@link #CYCLE}, is stored for good; where a speech listens for it. */
    void stored(int number);

    void refused(String why);
  }

  /** MQTT has as many packet identifiers; numbers are told modulo this. */
  int CYCLE = 65_535;
}
