package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The revision of a training as an entity tag (RFC 9110, 8.8.3): what is derived of one revision never changes. */
final class RevisionTag {
  private static final int NOT_MODIFIED = 304;

  private RevisionTag() {}

  static String of(Training training) {
    return "\"" + training.revision() + "\"";
  }

  /** Makes the answer, or none at all where the caller has it already (13.1.2). */
  static <T> Future<@Nullable T> unlessKnown(
      RoutingContext ctx, Training training, Supplier<Future<T>> answer) {
    return unlessKnown(ctx, training, null, answer);
  }

  /**
   * Where an address has several representations: each that is not its usual one has a tag of its own,
   * since a strong tag stands for the bytes.
   */
  static <T> Future<@Nullable T> unlessKnown(
      RoutingContext ctx, Training training, @Nullable String unusual, Supplier<Future<T>> answer) {
    String revision = Integer.toString(training.revision());
    return unlessKnown(ctx, unusual == null ? revision : revision + "-" + unusual, answer);
  }

  private static <T> Future<@Nullable T> unlessKnown(
      RoutingContext ctx, String name, Supplier<Future<T>> answer) {
    String tag = "\"" + name + "\"";
    HttpServerResponse response = ctx.response();
    response.putHeader("ETag", tag).putHeader("Cache-Control", "private, no-cache");
    return isKnown(ctx.request().getHeader("If-None-Match"), tag)
        ? response.setStatusCode(NOT_MODIFIED).end().map(ended -> null)
        : answer.get().map(made -> made);
  }

  private static boolean isKnown(@Nullable String header, String tag) {
    if (header == null) {
      return false;
    }
    for (String one : header.split(",", -1)) {
      String known = one.strip();
      if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
