package io.pacewire.activity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One data message: values by field number. What is invalid by its base type, has a size that is no
 * multiple of the type's, or is not there, is NaN or empty (FIT protocol, "Base Types").
 */
final class FitMessage {
  private final FitDefinition definition;
  private final FitDeveloperFields developerFields;
  private final ByteBuffer content;

  FitMessage(FitDefinition definition, FitDeveloperFields developerFields, byte[] content) {
    this.definition = definition;
    this.developerFields = developerFields;
    this.content = ByteBuffer.wrap(content)
        .order(definition.bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  int global() {
    return definition.global;
  }

  double number(int field) {
    return element(field, 0);
  }

  /** -1 where there is none. */
  int code(int field) {
    double value = number(field);
    return value >= 0 && value <= Integer.MAX_VALUE ? (int) value : -1;
  }

  /** In units: the stated or else the developer's own field that stands in for it. */
  double scaled(int field, double scale, double offset) {
    double value = number(field);
    return Double.isNaN(value) ? developer(field) : value / scale - offset;
  }

  int elements(int field) {
    if (!definition.has(field)) {
      return 0;
    }
    int width = width(definition.type(field));
    int size = definition.size(field);
    return width == 0 || size % width != 0 ? 0 : size / width;
  }

  double element(int field, int index) {
    if (index >= elements(field)) {
      return Double.NaN;
    }
    int type = definition.type(field);
    return value(definition.offset(field) + index * width(type), type);
  }

  String text(int field) {
    if (!definition.has(field)) {
      return "";
    }
    int from = definition.offset(field);
    int end = from;
    while (end < from + definition.size(field) && content.get(end) != 0) {
      end++;
    }
    return new String(content.array(), from, end - from, StandardCharsets.UTF_8);
  }

  /** Stands in for a field that is absent: a developer's own field may say that it is the same. */
  private double developer(int field) {
    int at = definition.developerFrom();
    for (int i = 0; i < definition.developerCount(); i++) {
      FitDeveloperFields.@Nullable Description described =
          developerFields.find(definition.developerIndex(i), definition.developerNumber(i));
      if (described != null && described.standsFor(definition.global, field)) {
        int width = width(described.type());
        boolean fits = width > 0 && definition.developerSize(i) >= width;
        return fits ? described.inUnits(value(at, described.type())) : Double.NaN;
      }
      at += definition.developerSize(i);
    }
    return Double.NaN;
  }

  private double value(int at, int type) {
    return switch (type & 0x1F) {
      case 0, 2, 13 -> valid(content.get(at) & 0xFF, 0xFF);
      case 1 -> valid(content.get(at), Byte.MAX_VALUE);
      case 3 -> valid(content.getShort(at), Short.MAX_VALUE);
      case 4 -> valid(content.getShort(at) & 0xFFFF, 0xFFFF);
      case 5 -> valid(content.getInt(at), Integer.MAX_VALUE);
      case 6 -> valid(content.getInt(at) & 0xFFFF_FFFFL, 0xFFFF_FFFFL);
      case 8 -> finite(content.getFloat(at));
      case 9 -> finite(content.getDouble(at));
      case 10 -> valid(content.get(at) & 0xFF, 0);
      case 11 -> valid(content.getShort(at) & 0xFFFF, 0);
      case 12 -> valid(content.getInt(at) & 0xFFFF_FFFFL, 0);
      case 14 -> valid(content.getLong(at), Long.MAX_VALUE);
      case 15 -> valid(content.getLong(at), -1);
      case 16 -> valid(content.getLong(at), 0);
      default -> Double.NaN;
    };
  }

  private static double valid(long value, long invalid) {
    return value == invalid ? Double.NaN : value;
  }

  /** The invalid pattern, all ones, is a NaN already. */
  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  /** Bytes of one number; 0 for texts and what nobody knows. */
  private static int width(int type) {
    return switch (type & 0x1F) {
      case 0, 1, 2, 10, 13 -> 1;
      case 3, 4, 11 -> 2;
      case 5, 6, 8, 12 -> 4;
      case 9, 14, 15, 16 -> 8;
      default -> 0;
    };
  }
}
