package io.pacewire.ingest;

import io.pacewire.wire.MalformedBatchException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An object of a batch in JSON. Fields are found by the wire's name or its lowerCamelCase; whatever
 * is wrong is told with the field's whole path, a name that nobody asked for too.
 */
final class JsonPart {
  private static final int LONGEST_NUMBER = 20;

  private final String path;
  private final JsonObject values;
  private final Set<String> unread;

  private JsonPart(String path, JsonObject values) {
    this.path = path;
    this.values = values;
    this.unread = new HashSet<>(values.fieldNames());
  }

  static JsonPart of(String path, @Nullable Object value) {
    if (value instanceof JsonObject object) {
      return new JsonPart(path, object);
    }
    throw new MalformedBatchException((path.isEmpty() ? "body" : path) + " is no object");
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return values.getValue(name) != null || values.getValue(camelCase(name)) != null;
  }

  JsonPart part(String name) {
    return of(path(name), required(name));
  }

  /** Empty where there is none. */
  JsonArray array(String name) {
    Object value = value(name);
    if (value == null) {
      return new JsonArray();
    }
    if (value instanceof JsonArray array) {
      return array;
    }
    throw new MalformedBatchException(path(name) + " is no array");
  }

  long number(String name, long least, long most) {
    return number(path(name), required(name), least, most);
  }

  long number(String name, long otherwise, long least, long most) {
    Object value = value(name);
    return value == null ? otherwise : number(path(name), value, least, most);
  }

  /** @param most numbers that are taken */
  long[] numbers(String name, int most, long leastValue, long mostValue) {
    JsonArray array = array(name);
    if (array.size() > most) {
      throw new MalformedBatchException(
          path(name) + " has " + array.size() + " values, at most " + most);
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      String at = path(name) + "[" + i + "]";
      numbers[i] = number(at, array.getValue(i), leastValue, mostValue);
    }
    return numbers;
  }

  @Nullable
  String text(String name) {
    Object value = value(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new MalformedBatchException(path(name) + " is no text");
  }

  UUID uuid(String name) {
    String text = required(name).toString();
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // told below, with the field
    }
    throw new MalformedBatchException(path(name) + " is no UUID");
  }

  /** Something may be there, whatever it is. */
  void ignore(String name) {
    unread.remove(name);
    unread.remove(camelCase(name));
  }

  /** A mistyped name would otherwise be data that silently went missing. */
  void requireAllRead() {
    for (String name : unread) {
      String shown = name.length() > 64 ? name.substring(0, 64) : name;
      throw new MalformedBatchException(path(shown) + " is unknown");
    }
  }

  private Object required(String name) {
    Object value = value(name);
    if (value == null) {
      throw new MalformedBatchException(path(name) + " is missing");
    }
    return value;
  }

  private @Nullable Object value(String name) {
    String camel = camelCase(name);
    if (!camel.equals(name) && values.containsKey(name) && values.containsKey(camel)) {
      throw new MalformedBatchException(path(name) + " is there as " + camel + " too");
    }
    unread.remove(name);
    unread.remove(camel);
    Object value = values.getValue(name);
    return value == null ? values.getValue(camel) : value;
  }

  /** Texts are taken too: protobuf's own JSON writes 64-bit numbers so. */
  private static long number(String at, @Nullable Object value, long least, long most) {
    if (value instanceof Integer || value instanceof Long || isNumber(value)) {
      try {
        long number = Long.parseLong(String.valueOf(value));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // more than 64 bits: told below
      }
      throw new MalformedBatchException(at + " is " + value + ", must be " + least + ".." + most);
    }
    throw new MalformedBatchException(at + " is no whole number");
  }

  private static boolean isNumber(@Nullable Object value) {
    return value instanceof String text
        && text.length() <= LONGEST_NUMBER
        && text.matches("-?\\d+");
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char next = name.charAt(i);
      if (next == '_' && i + 1 < name.length()) {
        camel.append(Character.toUpperCase(name.charAt(++i)));
      } else {
        camel.append(next);
      }
    }
    return camel.toString();
  }
}
