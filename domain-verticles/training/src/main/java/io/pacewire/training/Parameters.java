package io.pacewire.training;

import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters of a request; one that is wrong is a 400 that names it. */
final class Parameters {
  private static final int MOST_VALUES = 20;
  private static final int LONGEST_VALUE = 64;
  private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

  private final RoutingContext ctx;

  private Parameters(RoutingContext ctx) {
    this.ctx = ctx;
  }

  static Parameters of(RoutingContext ctx) {
    return new Parameters(ctx);
  }

  UUID athlete() {
    return JwtPrincipal.of(ctx).subject();
  }

  UUID id() {
    return JsonBody.uuid("id", ctx.pathParam("id"));
  }

  @Nullable
  String text(String name) {
    return ctx.request().getParam(name);
  }

  int integer(String name, int least, int most, int otherwise) {
    return JsonBody.integer(name, text(name), least, most, otherwise);
  }

  <T> @Nullable T parsed(String name, Function<String, T> parse) {
    String text = text(name);
    return text == null ? null : JsonBody.parse(name, text, parse);
  }

  long epochMs(String name, long otherwise) {
    Long value = parsed(name, text -> {
      long ms = whole(text);
      if (ms < 0 || ms > 9_999_999_999_999L) {
        throw new IllegalArgumentException("must be milliseconds since 1970");
      }
      return ms;
    });
    return value == null ? otherwise : value;
  }

  /** 0 to 1e9. */
  double amount(String name, double otherwise) {
    Double value = parsed(name, text -> {
      double number = Double.parseDouble(digits(text));
      if (!(number >= 0 && number <= 1e9)) {
        throw new IllegalArgumentException("must be 0 to 1e9");
      }
      return number;
    });
    return value == null ? otherwise : value;
  }

  @Nullable
  Boolean flag(String name) {
    return parsed(name, text -> {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException("must be true or false");
      }
      return text.equals("true");
    });
  }

  /** An ISO date from 1970 to 2199. */
  @Nullable
  LocalDate date(String name) {
    return parsed(name, text -> {
      try {
        LocalDate date = LocalDate.parse(text);
        if (!date.isBefore(EARLIEST) && date.isBefore(LATEST)) {
          return date;
        }
      } catch (DateTimeParseException e) {
        // told below
      }
      throw new IllegalArgumentException("must be a date from 1970 to 2199, as 2026-05-28");
    });
  }

  /** A zone of the IANA database, or null. */
  @Nullable
  ZoneId zone(String name) {
    return parsed(name, text -> {
      if (!ZoneId.getAvailableZoneIds().contains(text)) {
        throw new IllegalArgumentException("must be a time zone, as Europe/Berlin");
      }
      return ZoneId.of(text);
    });
  }

  /** Words of an enum, in lower case. */
  <E extends Enum<E>> E word(String name, Class<E> type, E otherwise) {
    E value = parsed(name, text -> {
      List<String> words = new ArrayList<>();
      for (E one : type.getEnumConstants()) {
        String word = one.name().toLowerCase(Locale.ROOT);
        if (word.equals(text)) {
          return one;
        }
        words.add(word);
      }
      throw new IllegalArgumentException("must be one of " + String.join(", ", words));
    });
    return value == null ? otherwise : value;
  }

  /** Values between commas, sorted, each once. */
  @Nullable
  List<String> values(String name) {
    return parsed(name, text -> {
      List<String> values = List.of(text.split(",", -1));
      if (values.size() > MOST_VALUES
          || values.stream().anyMatch(one -> one.isEmpty() || one.length() > LONGEST_VALUE)) {
        throw new IllegalArgumentException(
            "must be 1 to " + MOST_VALUES + " words with a comma between them");
      }
      return values.stream().distinct().sorted().toList();
    });
  }

  /** The two must not contradict each other. */
  static void ordered(String name, double least, String other, double most) {
    if (least > most) {
      throw new ProblemException(Problem.badRequest(name, "must not be more than " + other));
    }
  }

  private static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  /** What Java reads beside numbers, as 0x1p3 or 1d, is not meant. */
  private static String digits(String text) {
    if (!text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException("must be a number of 0 or more");
    }
    return text;
  }
}
