package io.pacewire.gateway;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.RequestId;
import io.pacewire.platform.web.RoleClient;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands a request on to the role that answers it: headers by name, never the cookies. */
final class ApiProxy {
  private static final System.Logger LOG = System.getLogger(ApiProxy.class.getName());
  private static final long TIMEOUT_MS = 30_000;
  private static final List<String> REQUEST_HEADERS = List.of(
      "Accept", "Accept-Language", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key");
  private static final Set<String> RESPONSE_HEADERS = Set.of(
      "content-type",
      "etag",
      "cache-control",
      "retry-after",
      "location",
      "vary",
      "idempotency-replayed",
      "set-cookie",
      "www-authenticate");

  private final WebClient client;

  ApiProxy(Vertx vertx) {
    this.client = RoleClient.create(vertx);
  }

  /**
   * @param upstream base URL of the role
   * @param token of the caller, null for an open route
   * @param cookies passed on only where the role itself works with them
   */
  Future<HttpResponse<Buffer>> ask(
      RoutingContext ctx, String upstream, @Nullable String token, boolean cookies) {
    String query = ctx.request().query();
    String uri = upstream + ctx.request().path() + (query == null ? "" : "?" + query);
    HttpMethod method = ctx.request().method();
    HttpRequest<Buffer> request = client
        .requestAbs(method, uri)
        .timeout(TIMEOUT_MS)
        .putHeader("X-Request-Id", RequestId.of(ctx))
        // Ours, never the caller's own: roles count tries by it.
        .putHeader("X-Forwarded-For", ctx.request().remoteAddress().hostAddress());
    for (String name : REQUEST_HEADERS) {
      String value = ctx.request().getHeader(name);
      if (value != null) {
        request.putHeader(name, value);
      }
    }
    if (token != null) {
      request.bearerTokenAuthentication(token);
    }
    String sent = ctx.request().getHeader("Cookie");
    if (cookies && sent != null) {
      request.putHeader("Cookie", sent);
    }
    Buffer body = ctx.body().buffer();
    Future<HttpResponse<Buffer>> answer = body == null ? request.send() : request.sendBuffer(body);
    return answer.recover(cause -> {
      LOG.log(WARNING, "no answer from {0}: {1}", upstream, cause.getMessage());
      return Future.failedFuture(
          new ProblemException(Problem.unavailable("the part that answers this is not there now")));
    });
  }

  /** Gives a role's answer to the caller. */
  static Future<Void> answer(RoutingContext ctx, HttpResponse<Buffer> response) {
    return answer(ctx, response.statusCode(), passed(response), response.body());
  }

  static Future<Void> answer(
      RoutingContext ctx, int status, MultiMap headers, @Nullable Buffer body) {
    ctx.response().setStatusCode(status).headers().addAll(headers);
    return body == null ? ctx.response().end() : ctx.response().end(body);
  }

  /** What of an answer's headers is the caller's. */
  static MultiMap passed(HttpResponse<Buffer> response) {
    MultiMap passed = MultiMap.caseInsensitiveMultiMap();
    response.headers().forEach((name, value) -> {
      if (RESPONSE_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        passed.add(name, value);
      }
    });
    return passed;
  }
}
