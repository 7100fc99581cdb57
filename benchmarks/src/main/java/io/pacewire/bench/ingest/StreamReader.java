package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;
import java.util.function.Consumer;

/** The client's side of a binary WebSocket (RFC 6455) to ingest: the upgrade, and frames that come. */
final class StreamReader {
  private static final int BINARY = 0x82;
  private static final int OPCODE = 0x0F;
  private static final int CLOSE = 8;
  private static final int MASKED = 0x80;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final int PUBLISH_TAG = 1 << 3 | 2;
  private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

  private boolean upgraded;

  static void greet(String token, ByteBuf out) {
    String request = "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + token
        + "\r\n\r\n";
    out.writeCharSequence(request, US_ASCII);
  }

  /** A publish frame of an envelope, masked. */
  static byte[] publish(byte[] message, byte[] mask) {
    int content = 1 + lengthBytes(message.length) + message.length;
    ByteBuf out = Unpooled.buffer(content + 8);
    out.writeByte(BINARY);
    if (content < SHORT_LENGTH) {
      out.writeByte(MASKED | content);
    } else {
      out.writeByte(MASKED | SHORT_LENGTH).writeShort(content);
    }
    out.writeBytes(mask);
    int start = out.writerIndex();
    out.writeByte(PUBLISH_TAG);
    MqttSpeech.length(out, message.length); // protobuf writes lengths as MQTT does
    out.writeBytes(message);
    for (int at = start; at < out.writerIndex(); at++) {
      out.setByte(at, out.getByte(at) ^ mask[at - start & 3]);
    }
    return ByteBufUtil.getBytes(out);
  }

  /** Where in a {@link #publish} frame the masked bytes begin. */
  static int maskedFrom(byte[] frame) {
    return ((frame[1] & 0x7F) < SHORT_LENGTH ? 2 : 4) + 4;
  }

  private static int lengthBytes(int length) {
    return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : 3;
  }

  /** Reads as many whole frames as there are and leaves the rest. */
  void read(ByteBuf in, Speech.Heard heard, Consumer<LedgerEntry> entries) {
    if (!upgraded && !upgrade(in, heard)) {
      return;
    }
    while (in.isReadable(2)) {
      int start = in.readerIndex();
      int opcode = in.readByte() & OPCODE;
      int length = length(in);
      if (length < 0 || !in.isReadable(length)) {
        in.readerIndex(start);
        return;
      }
      byte[] content = new byte[length];
      in.readBytes(content);
      if (opcode == CLOSE) {
        heard.refused("close: " + new String(content, US_ASCII));
        return;
      }
      ServerFrame.parse(content).ledger().forEach(entries);
    }
  }

  /** Negative where it is not there whole yet. */
  private static int length(ByteBuf in) {
    int length = in.readByte() & 0x7F;
    int more = length == SHORT_LENGTH ? 2 : length == LONG_LENGTH ? 8 : 0;
    if (!in.isReadable(more)) {
      return more == 0 ? length : -1;
    }
    return more == 0 ? length : more == 2 ? in.readUnsignedShort() : (int) in.readLong();
  }

  private boolean upgrade(ByteBuf in, Speech.Heard heard) {
    int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEADERS), in);
    if (end < 0) {
      return false;
    }
    String head = in.readCharSequence(end + END_OF_HEADERS.length - in.readerIndex(), US_ASCII)
        .toString();
    if (!head.startsWith("HTTP/1.1 101")) {
      heard.refused(head.substring(0, head.indexOf('\r')));
      return false;
    }
    upgraded = true;
    heard.admitted();
    return true;
  }
}
