package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.RequestId;
import io.pacewire.platform.web.Shares;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Archives that athletes bring and files that they take away: handed on as they flow, held nowhere,
 * however long they are.
 */
final class FileRoutes {
  private static final System.Logger LOG = System.getLogger(FileRoutes.class.getName());
  private static final long SILENT_MS = 75_000;
  private static final int CONNECT_MS = 2_000;
  private static final int MOST_REQUESTS = 64;
  private static final int MOST_WAITING = 64;
  private static final int MOST_OF_ONE = 8;
  private static final List<String> REQUEST_HEADERS = List.of(
      "Accept", "Content-Type", "Content-Length", "Expect", "Idempotency-Key", "If-None-Match");
  private static final List<String> RESPONSE_HEADERS = List.of(
      "Content-Type",
      "Content-Length",
      "Content-Disposition",
      "Pacewire-Incomplete",
      "Cache-Control",
      "ETag",
      "Location",
      "Retry-After",
      "Vary",
      "WWW-Authenticate",
      "Idempotency-Replayed");

  private final String upstream;
  private final HttpClient client;
  private final TokenGate gate;
  private final Shares shares = new Shares(MOST_OF_ONE);

  /** @param upstream base URL of the training role */
  FileRoutes(Vertx vertx, String upstream, TokenGate gate) {
    this.upstream = upstream;
    this.gate = gate;
    this.client = vertx.createHttpClient(
        new HttpClientOptions().setConnectTimeout(CONNECT_MS),
        new PoolOptions().setHttp1MaxSize(MOST_REQUESTS).setMaxWaitQueueSize(MOST_WAITING));
  }

  /** Ahead of whatever reads bodies. */
  void mount(Router router) {
    router.post("/v1/imports").handler(this::pass);
    router.get("/v1/export").handler(this::pass);
    router.get("/v1/trainings/:id/export").handler(this::pass);
  }

  private void pass(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (HttpMethod.POST.equals(request.method())) {
      UnreadBody.pause(request);
    }
    gate.caller(request)
        .compose(caller -> shares.within(
            caller.principal().subject(),
            () -> send(ctx, caller).compose(answer -> answer(ctx.response(), answer))))
        .onFailure(cause -> {
          if (ctx.response().headWritten()) {
            cut(ctx.response(), cause);
          } else {
            ctx.fail(cause);
          }
          UnreadBody.resume(request);
        });
  }

  private Future<HttpClientResponse> send(RoutingContext ctx, Caller caller) {
    HttpServerRequest request = ctx.request();
    String query = request.query();
    RequestOptions options = new RequestOptions()
        .setMethod(request.method())
        .setAbsoluteURI(upstream + request.path() + (query == null ? "" : "?" + query))
        .setIdleTimeout(SILENT_MS)
        .putHeader("Authorization", "Bearer " + caller.token())
        .putHeader("X-Request-Id", RequestId.of(ctx))
        .putHeader("X-Forwarded-For", request.remoteAddress().hostAddress());
    for (String name : REQUEST_HEADERS) {
      String value = request.getHeader(name);
      if (value != null) {
        options.putHeader(name, value);
      }
    }
    return client
        .request(options)
        .compose(inner ->
            HttpMethod.POST.equals(request.method()) ? BatchForward.flow(ctx, inner) : inner.send())
        .recover(cause -> {
          LOG.log(WARNING, "no answer from training: {0}", cause.getMessage());
          return Future.failedFuture(new ProblemException(
              Problem.unavailable("the part that answers this is not there now")));
        });
  }

  /** What breaks off within the role breaks off here, too: nobody may take it for whole. */
  private static Future<Void> answer(HttpServerResponse response, HttpClientResponse inner) {
    AnswerHead.pass(inner, response, RESPONSE_HEADERS);
    return inner.pipe().endOnFailure(false).to(response);
  }

  private static void cut(HttpServerResponse response, Throwable cause) {
    LOG.log(DEBUG, "broke off: {0}", cause.getMessage());
    if (!response.ended()) {
      var unused = response.reset();
    }
  }
}
