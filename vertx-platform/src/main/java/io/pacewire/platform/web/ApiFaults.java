package io.pacewire.platform.web;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an API document's validator says of a request, as a problem that names the field. */
final class ApiFaults {
  /** The validator names a parameter in its message alone. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?:query|path|header|cookie) parameter ([A-Za-z0-9_-]+)");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private ApiFaults() {}

  /** Null where the failure is another. */
  static @Nullable Problem find(@Nullable Throwable failure) {
    if (failure instanceof ValidatorException fault) {
      return problem(fault);
    }
    return failure != null && failure.getCause() instanceof ValidatorException fault
        ? problem(fault)
        : null;
  }

  private static Problem problem(ValidatorException fault) {
    String message = String.valueOf(fault.getMessage());
    Matcher parameter = PARAMETER.matcher(message);
    if (parameter.find()) {
      return Problem.badRequest(parameter.group(1), "is not valid: " + reason(fault));
    }
    if (fault instanceof SchemaValidationException schema) {
      return ofBody(schema.getOutputUnit());
    }
    return fault.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT
        ? Problem.of(
            415, "unsupported-media-type", "The body is of another kind", "Content-Type " + message)
        : Problem.badRequest("body", "is not valid: " + message);
  }

  private static String reason(ValidatorException fault) {
    return fault instanceof SchemaValidationException schema
        ? String.valueOf(last(schema.getOutputUnit()).getError())
        : String.valueOf(fault.getMessage());
  }

  private static Problem ofBody(OutputUnit found) {
    OutputUnit last = last(found);
    String error = String.valueOf(last.getError());
    String field = field(String.valueOf(last.getInstanceLocation()));
    Matcher missing = QUOTED.matcher(error);
    if (error.contains("required property") && missing.find()) {
      String inside = field.equals("body") ? "" : field + ".";
      return Problem.badRequest(inside + missing.group(1), "is missing");
    }
    return Problem.badRequest(field, "is not valid: " + error);
  }

  /** The innermost of the errors. */
  private static OutputUnit last(OutputUnit found) {
    List<OutputUnit> errors = found.getErrors();
    return errors == null || errors.isEmpty() ? found : errors.get(errors.size() - 1);
  }

  /** A JSON pointer, as {@code #/parts/0/fromMs}, in a reader's spelling. */
  private static String field(String pointer) {
    String path = pointer.replaceFirst("^#?/?", "");
    return path.isEmpty() ? "body" : path.replace('/', '.');
  }
}
