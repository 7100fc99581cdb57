package io.pacewire.ingest;

import static io.pacewire.ingest.PacketBounds.AUTH;
import static io.pacewire.ingest.PacketBounds.CONNECT;
import static io.pacewire.ingest.PacketBounds.DISCONNECT;
import static io.pacewire.ingest.PacketBounds.PUBACK;
import static io.pacewire.ingest.PacketBounds.PUBREL;
import static io.pacewire.ingest.PacketBounds.SUBSCRIBE;
import static io.pacewire.ingest.PacketBounds.UNSUBSCRIBE;
import static io.pacewire.ingest.PacketBounds.WILL;

/** What a client may say beside the rest, and in which packet (MQTT 5.0, table 2-4). */
enum PacketProperty {
  PAYLOAD_FORMAT(0x01, Kind.FLAG, WILL),
  MESSAGE_EXPIRY(0x02, Kind.FOUR, WILL),
  CONTENT_TYPE(0x03, Kind.TEXT, WILL),
  RESPONSE_TOPIC(0x08, Kind.TEXT, WILL),
  CORRELATION(0x09, Kind.TEXT, WILL),
  SUBSCRIPTION_ID(0x0B, Kind.NUMBER, SUBSCRIBE),
  SESSION_EXPIRY(0x11, Kind.FOUR, CONNECT, DISCONNECT),
  AUTH_METHOD(0x15, Kind.TEXT, CONNECT, AUTH),
  AUTH_DATA(0x16, Kind.TEXT, CONNECT, AUTH),
  PROBLEM_INFORMATION(0x17, Kind.FLAG, CONNECT),
  WILL_DELAY(0x18, Kind.FOUR, WILL),
  RESPONSE_INFORMATION(0x19, Kind.FLAG, CONNECT),
  SERVER_REFERENCE(0x1C, Kind.TEXT, DISCONNECT),
  REASON_STRING(0x1F, Kind.TEXT, PUBACK, PUBREL, DISCONNECT, AUTH),
  RECEIVE_MAXIMUM(0x21, Kind.TWO, CONNECT),
  ALIAS_MAXIMUM(0x22, Kind.TWO, CONNECT),
  USER(0x26, Kind.PAIR, WILL, CONNECT, PUBACK, PUBREL, SUBSCRIBE, UNSUBSCRIBE, DISCONNECT, AUTH),
  PACKET_MAXIMUM(0x27, Kind.FOUR, CONNECT);

  private static final PacketProperty[] BY_ID = new PacketProperty[PACKET_MAXIMUM.id + 1];

  static {
    for (PacketProperty one : values()) {
      BY_ID[one.id] = one;
    }
  }

  private final int id;
  private final Kind kind;
  private final int packets;

  PacketProperty(int id, Kind kind, int... packets) {
    this.id = id;
    this.kind = kind;
    int bits = 0;
    for (int packet : packets) {
      bits |= 1 << packet;
    }
    this.packets = bits;
  }

  static boolean isOf(int id, int packet) {
    return id < BY_ID.length && BY_ID[id] != null && (BY_ID[id].packets & 1 << packet) != 0;
  }

  static Kind kind(int id) {
    return BY_ID[id].kind;
  }

  /** How a value is written. */
  enum Kind {
    FLAG,
    TWO,
    FOUR,
    NUMBER,
    TEXT,
    PAIR
  }
}
