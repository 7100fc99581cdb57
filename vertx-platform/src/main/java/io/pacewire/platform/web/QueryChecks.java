package io.pacewire.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Parameter;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the validator of Vert.x does not look at in a query. */
final class QueryChecks {
  private static final int LONGEST_VALUE = 2_048;

  private QueryChecks() {}

  /**
   * @param query as it was meant, unescaped
   * @param known of the operation
   * @throws ProblemException 400 where a parameter is unknown, given twice, or no text
   */
  static void check(MultiMap query, List<Parameter> known) {
    Set<String> names = known.stream()
        .filter(one -> one.getIn() == Location.QUERY)
        .map(Parameter::getName)
        .collect(Collectors.toSet());
    for (String name : query.names()) {
      if (!names.contains(name)) {
        // Who mistypes a filter would be given what was not asked for.
        throw fault(name, "is no parameter of this");
      }
      List<String> values = query.getAll(name);
      if (values.size() > 1) {
        throw fault(name, "is given more than once");
      }
      check(name, values.get(0));
    }
  }

  /** The validator unescapes a value once more, and falls over what is no escape. */
  private static void check(String name, String value) {
    if (value
        .chars()
        .allMatch(one -> one == ',')) { // of which the validator says that the body is missing
      throw fault(name, "is empty");
    }
    if (value.length() > LONGEST_VALUE) {
      throw fault(name, "must have at most " + LONGEST_VALUE + " characters");
    }
    try {
      if (URLDecoder.decode(value, UTF_8).chars().noneMatch(Character::isISOControl)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw fault(name, "has characters that it cannot have");
  }

  private static ProblemException fault(String name, String problem) {
    return new ProblemException(Problem.badRequest(name, problem));
  }
}
