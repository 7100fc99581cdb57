package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.pacewire.wire.DeviceTopics;
import org.jspecify.annotations.Nullable;

/** MQTT 3.1.1 or 5, QoS 1; packet identifier is the message's number modulo {@link #CYCLE}, plus one. */
final class MqttSpeech implements Speech {
  static final int VERSION_3 = 4;
  static final int VERSION_5 = 5;
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 2;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int PUBACK = 4;
  private static final int DISCONNECT = 14;
  private static final int CLEAN_USER_PASSWORD = 0xC2;
  private static final int KEEP_ALIVE_S = 1_200;
  private static final int FIRST_FAILURE = 0x80;

  private final int version;
  private final String clientId;
  private final @Nullable String token;
  private final Messages messages;
  private final byte[] topic;

  MqttSpeech(int version, String clientId, @Nullable String token, Messages messages) {
    this.version = version;
    this.clientId = clientId;
    this.token = token;
    this.messages = messages;
    this.topic = DeviceTopics.batches(messages.session()).getBytes(UTF_8);
  }

  @Override
  public void greet(ByteBuf out) {
    connect(out, version, clientId, token);
  }

  static void connect(ByteBuf out, int version, String clientId, @Nullable String token) {
    byte[] id = clientId.getBytes(UTF_8);
    byte[] password = token == null ? new byte[0] : token.getBytes(UTF_8);
    int properties = version == VERSION_5 ? 4 : 0; // receive maximum alone
    int rest = 10 + properties + 2 + id.length;
    if (token != null) {
      rest += 2 + 6 + 2 + password.length;
    }
    out.writeByte(CONNECT);
    length(out, rest);
    text(out, "MQTT".getBytes(UTF_8));
    out.writeByte(version).writeByte(token == null ? 2 : CLEAN_USER_PASSWORD);
    out.writeShort(KEEP_ALIVE_S);
    if (properties > 0) {
      out.writeByte(3).writeByte(0x21).writeShort(0xFFFF);
    }
    text(out, id);
    if (token != null) {
      text(out, "device".getBytes(UTF_8));
      text(out, password);
    }
  }

  @Override
  public void write(long number, ByteBuf out) {
    int properties = version == VERSION_5 ? 1 : 0;
    out.writeByte(PUBLISH_QOS_1);
    length(out, 2 + topic.length + 2 + properties + messages.length(number));
    text(out, topic);
    out.writeShort((int) (number % CYCLE) + 1);
    if (properties > 0) {
      out.writeByte(0);
    }
    messages.write(number, out);
  }

  @Override
  public void read(ByteBuf in, Heard heard) {
    while (in.isReadable(2)) {
      int start = in.readerIndex();
      int type = in.readByte() >> 4 & 0xF;
      int length = length(in);
      if (length < 0 || !in.isReadable(length)) {
        in.readerIndex(start);
        return;
      }
      int end = in.readerIndex() + length;
      answer(type, length, in, heard);
      in.readerIndex(end);
    }
  }

  private void answer(int type, int length, ByteBuf in, Heard heard) {
    switch (type) {
      case CONNACK -> {
        int code = in.getByte(in.readerIndex() + 1);
        if (code == 0) {
          heard.admitted();
        } else {
          heard.refused("CONNACK " + (code & 0xFF));
        }
      }
      case PUBACK -> {
        int number = in.readUnsignedShort() - 1;
        int code = length > 2 ? in.readUnsignedByte() : 0;
        if (code < FIRST_FAILURE) {
          heard.acknowledged(number, number);
        } else {
          heard.refused("PUBACK " + code);
        }
      }
      case DISCONNECT -> heard.refused("DISCONNECT " + (length > 0 ? in.readUnsignedByte() : 0));
      default -> {
        // ledger changes and the like
      }
    }
  }

  static void text(ByteBuf out, byte[] text) {
    out.writeShort(text.length).writeBytes(text);
  }

  /** Remaining length (MQTT 5.0, 1.5.5). */
  static void length(ByteBuf out, int value) {
    int rest = value;
    do {
      int digit = rest & 0x7F;
      rest >>>= 7;
      out.writeByte(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
  }

  /** Negative where it is not there whole yet. */
  static int length(ByteBuf in) {
    int value = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      if (!in.isReadable()) {
        return -1;
      }
      int digit = in.readByte();
      value |= (digit & 0x7F) << shift;
      if (digit >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("no MQTT: remaining length of more than four bytes");
  }
}
