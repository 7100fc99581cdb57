package io.pacewire.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a protobuf message in a way that is allowed but that no tidy writer chooses: fields in any
 * order, repeated numbers packed in pieces or not at all, defaults spelled out, numbers longer than
 * they need be, fields in between that nobody knows.
 */
final class LooseWriter {
  private static final int UNKNOWN_FIELD = 900;

  private final Random random;

  LooseWriter(Random random) {
    this.random = random;
  }

  byte[] write(Message message) {
    List<Deque<byte[]>> fields = new ArrayList<>();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      fields.add(pieces(field.getKey(), field.getValue()));
    }
    ProtoWriter out = new ProtoWriter(256);
    while (!fields.isEmpty()) {
      Deque<byte[]> next = fields.get(random.nextInt(fields.size()));
      byte[] piece = next.remove();
      out.append(piece, 0, piece.length);
      if (next.isEmpty()) {
        fields.remove(next);
      }
      if (random.nextInt(8) == 0) {
        unknown(out);
      }
    }
    return out.toBytes();
  }

  private Deque<byte[]> pieces(FieldDescriptor field, Object value) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    if (!field.isRepeated()) {
      pieces.add(single(field, value));
      return pieces;
    }
    List<?> values = (List<?>) value;
    for (int i = 0; i < values.size(); ) {
      int run = Math.min(values.size() - i, 1 + random.nextInt(6));
      if (field.isPackable() && random.nextBoolean()) {
        pieces.add(packed(field, values.subList(i, i + run)));
        i += run;
      } else {
        pieces.add(single(field, values.get(i++)));
      }
    }
    return pieces;
  }

  private byte[] packed(FieldDescriptor field, List<?> values) {
    ProtoWriter content = new ProtoWriter(64);
    for (Object value : values) {
      number(content, raw(field, value));
    }
    return delimited(field, content.toBytes());
  }

  private byte[] single(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case MESSAGE -> delimited(field, write((Message) value));
      case BYTES -> delimited(field, ((ByteString) value).toByteArray());
      case STRING -> delimited(field, ((String) value).getBytes(StandardCharsets.UTF_8));
      case FIXED64 -> {
        ProtoWriter out = new ProtoWriter(16);
        out.fixed64(field.getNumber(), (Long) value);
        yield out.toBytes();
      }
      default -> {
        ProtoWriter out = new ProtoWriter(16);
        out.varint64((long) field.getNumber() << 3 | ProtoReader.VARINT);
        number(out, raw(field, value));
        yield out.toBytes();
      }
    };
  }

  private static byte[] delimited(FieldDescriptor field, byte[] content) {
    ProtoWriter out = new ProtoWriter(content.length + 8);
    out.raw(field.getNumber(), content, 0, content.length);
    return out.toBytes();
  }

  private static long raw(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case SINT32 -> (((Integer) value << 1) ^ ((Integer) value >> 31)) & 0xFFFF_FFFFL;
      case SINT64 -> ((Long) value << 1) ^ ((Long) value >> 63);
      case UINT32 -> (Integer) value & 0xFFFF_FFFFL;
      case BOOL -> (Boolean) value ? 1 : 0;
      case ENUM -> ((EnumValueDescriptor) value).getNumber();
      default -> throw new IllegalArgumentException("not on the wire: " + field);
    };
  }

  /** Up to ten bytes carry a number; more of them than needed are still the same number. */
  private void number(ProtoWriter out, long value) {
    if (random.nextInt(10) > 0 || value < 0 || value >= 1L << 42) {
      out.varint64(value);
      return;
    }
    byte[] padded = new byte[8];
    for (int i = 0; i < padded.length; i++) {
      int more = i < padded.length - 1 ? 0x80 : 0;
      padded[i] = (byte) (((value >>> (7 * i)) & 0x7F) | more);
    }
    out.append(padded, 0, padded.length);
  }

  private void unknown(ProtoWriter out) {
    int field = UNKNOWN_FIELD + random.nextInt(5);
    switch (random.nextInt(4)) {
      case 0 -> out.uint(field, random.nextLong());
      case 1 -> out.fixed64(field, random.nextLong());
      case 2 -> {
        out.varint64((long) field << 3 | ProtoReader.FIXED_32);
        out.append(new byte[] {1, 2, 3, 4}, 0, 4);
      }
      default -> out.text(field, "later");
    }
  }
}
