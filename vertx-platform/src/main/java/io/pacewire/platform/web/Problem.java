package io.pacewire.platform.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An error as callers get it (RFC 9457).
 *
 * @param name kebab-case; the type is {@code urn:pacewire:problem:name}
 * @param extra further members, such as the fields at fault
 */
public record Problem(
    int status, String name, String title, String detail, Map<String, Object> extra) {

  public Problem {
    extra = Map.copyOf(extra);
  }

  public static Problem of(int status, String name, String title, String detail) {
    return new Problem(status, name, title, detail, Map.of());
  }

  /** A field of the request that is wrong, and how. */
  public static Problem badRequest(String field, String fault) {
    return new Problem(
        400,
        "bad-request",
        "The request is not valid",
        field + " " + fault,
        Map.of(
            "errors",
            new JsonArray().add(new JsonObject().put("field", field).put("problem", fault))));
  }

  public static Problem unauthorized(String detail) {
    return of(401, "unauthorized", "Sign in first", detail);
  }

  public static Problem forbidden(String detail) {
    return of(403, "forbidden", "This is not allowed", detail);
  }

  /** The same for what is not there and for what is another's, so that nothing can be guessed. */
  public static Problem notFound(String what, Object id) {
    return of(404, "not-found", "There is no such " + what, what + " " + id + " was not found");
  }

  public static Problem conflict(String name, String detail) {
    return of(409, name, "This conflicts with what is there", detail);
  }

  public static Problem tooLarge(String detail) {
    return of(413, "too-large", "The request is too large", detail);
  }

  public static Problem tooManyRequests(String detail, long retryAfterS) {
    return of(429, "too-many-requests", "Too many requests", detail)
        .with("retryAfterS", retryAfterS);
  }

  public static Problem unavailable(String detail) {
    return of(503, "unavailable", "Not available now", detail).with("retryAfterS", 2L);
  }

  public static Problem internal() {
    return of(
        500, "internal", "Something failed here", "The failure was noted with the request id");
  }

  /** Any status of HTTP that has no problem of its own. */
  public static Problem ofStatus(int status, String title) {
    String name = title.toLowerCase(Locale.ROOT).replace(' ', '-');
    return of(status, name, title, title);
  }

  public Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extra);
    more.put(member, value);
    return new Problem(status, name, title, detail, more);
  }

  JsonObject json(String instance, String requestId) {
    JsonObject json = new JsonObject()
        .put("type", "urn:pacewire:problem:" + name)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("instance", instance)
        .put("requestId", requestId);
    extra.forEach(json::put);
    return json;
  }
}
