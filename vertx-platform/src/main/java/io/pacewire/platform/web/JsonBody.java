package io.pacewire.platform.web;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request's JSON object, read field by field; whatever is wrong is a 400 that names the field. */
public final class JsonBody {
  private static final int UUID_CHARS = 36;

  private final JsonObject json;

  private JsonBody(JsonObject json) {
    this.json = json;
  }

  public static JsonBody of(RoutingContext ctx) {
    try {
      JsonObject json = ctx.body().isEmpty() ? new JsonObject() : ctx.body().asJsonObject();
      if (json == null) {
        throw fault("body", "must be a JSON object");
      }
      return new JsonBody(json);
    } catch (DecodeException | ClassCastException e) {
      throw fault("body", "must be a JSON object");
    }
  }

  /** A text of 1 to {@code longest} characters after trimming. */
  public String text(String field, int longest) {
    String text = optionalText(field, longest);
    if (text == null) {
      throw fault(field, "is missing");
    }
    return text;
  }

  public @Nullable String optionalText(String field, int longest) {
    Object value = json.getValue(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw fault(field, "must be a text");
    }
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > longest) {
      throw fault(field, "must have 1 to " + longest + " characters");
    }
    // PostgreSQL takes no NUL, and nobody means the others.
    if (trimmed.chars().anyMatch(Character::isISOControl)) {
      throw fault(field, "must not have control characters");
    }
    return trimmed;
  }

  /** A text exactly as sent: a password's spaces are the athlete's own business. */
  public String verbatim(String field, int shortest, int longest) {
    Object value = json.getValue(field);
    if (!(value instanceof String text)) {
      throw fault(field, value == null ? "is missing" : "must be a text");
    }
    if (text.length() < shortest || text.length() > longest) {
      throw fault(field, "must have " + shortest + " to " + longest + " characters");
    }
    return text;
  }

  public boolean flag(String field) {
    Object value = json.getValue(field);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw fault(field, "must be true or false");
  }

  /** Whether a field is there and null, which takes away what it holds (RFC 7396). */
  public boolean isNull(String field) {
    return json.containsKey(field) && json.getValue(field) == null;
  }

  /** A whole number; null where the field is absent or null. */
  public @Nullable Integer optionalInteger(String field, int least, int most) {
    double value = number(field, least, most, Double.NaN);
    if (Double.isNaN(value)) {
      return null;
    }
    if (value != Math.rint(value)) {
      throw fault(field, "must be a whole number");
    }
    return (int) value;
  }

  public double number(String field, double least, double most, double otherwise) {
    Object value = json.getValue(field);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw fault(field, "must be " + least + " to " + most + ", was " + value);
  }

  /** A text that {@code parse} understands; its IllegalArgumentException says what is wrong. */
  public <T> T parsed(String field, int longest, Function<String, T> parse) {
    return parse(field, text(field, longest), parse);
  }

  /** A path or query parameter that is a UUID. */
  public static UUID uuid(String name, @Nullable String text) {
    if (text == null) {
      throw fault(name, "is missing");
    }
    try {
      if (text.length() == UUID_CHARS) { // fromString fills up shorter ones with zeros
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw fault(name, "is no UUID");
  }

  /** A query parameter that is a whole number. */
  public static int integer(
      String name, @Nullable String text, int least, int most, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    return parse(name, text, digits -> {
      int number;
      try {
        number = Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("must be a whole number", e);
      }
      if (number < least || number > most) {
        throw new IllegalArgumentException("must be " + least + " to " + most);
      }
      return number;
    });
  }

  public static <T> T parse(String field, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw fault(field, String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException fault(String field, String problem) {
    return new ProblemException(Problem.badRequest(field, problem));
  }
}
