package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.RequestId;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.Pipe;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Hands batches on to ingest as their bodies flow, and its answers back. Used from one event loop. */
final class BatchForward {
  private static final System.Logger LOG = System.getLogger(BatchForward.class.getName());
  static final String PATH = "/v1/batches";
  static final String REFUSED = "pacewire.gateway.ingest.refused";
  private static final long ANSWER_WITHIN_MS = 75_000;
  private static final long LAST_WORD_MS = 2_000;

  /** One of the connections to ingest gets free, or a new one is made. */
  private static final long CONNECTED_WITHIN_MS = 5_000;

  private static final List<String> REQUEST_HEADERS =
      List.of("Content-Type", "Content-Encoding", "Content-Length", "Expect");
  private static final List<String> RESPONSE_HEADERS =
      List.of("Content-Type", "Content-Length", "Retry-After", "WWW-Authenticate");

  private final IngestUpstream upstream;
  private final HttpClient client;
  private final TokenGate gate;
  private final RequestShares shares = new RequestShares();
  private final Counter refused;

  BatchForward(IngestUpstream upstream, HttpClient client, TokenGate gate, MeterRegistry registry) {
    this.upstream = upstream;
    this.client = client;
    this.gate = gate;
    this.refused = registry.counter(REFUSED, "limit", "athleteRequests");
  }

  void pass(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    UnreadBody.pause(request);
    gate.device(request)
        .compose(caller -> {
          enter(ctx, caller);
          return send(ctx, caller);
        })
        .compose(answer -> answer(request, answer))
        .onFailure(cause -> {
          if (!ctx.response().headWritten()) {
            ctx.fail(cause);
          }
          UnreadBody.resume(request);
        });
  }

  /** Before a connection to ingest is asked for: who waits for one keeps others waiting. */
  private void enter(RoutingContext ctx, Caller caller) {
    if (ctx.response().closed()) {
      return; // nothing would tell that it ended
    }
    try {
      shares.enter(caller.principal());
    } catch (ProblemException full) {
      refused.increment();
      if (ctx.request().version() != HttpVersion.HTTP_2) { // where a stream ends by itself
        ctx.response().putHeader("Connection", "close"); // its body is not waited for
      }
      throw full;
    }
    ctx.addEndHandler(ended -> shares.leave(caller.principal()));
  }

  private Future<HttpClientResponse> send(RoutingContext ctx, Caller caller) {
    RequestOptions options = new RequestOptions()
        .setMethod(ctx.request().method())
        .setAbsoluteURI(upstream.url() + PATH)
        .setConnectTimeout(CONNECTED_WITHIN_MS)
        .setIdleTimeout(ANSWER_WITHIN_MS)
        .putHeader("Authorization", "Bearer " + caller.token())
        .putHeader("X-Request-Id", RequestId.of(ctx))
        .putHeader("X-Forwarded-For", ctx.request().remoteAddress().hostAddress());
    for (String name : REQUEST_HEADERS) {
      String value = ctx.request().getHeader(name);
      if (value != null) {
        options.putHeader(name, value);
      }
    }
    if (ctx.response().closed()) {
      return Future.failedFuture("the device hung up"); // while its token was verified
    }
    return client
        .request(options)
        .compose(inner -> flow(ctx, inner))
        .recover(cause -> Future.failedFuture(IngestRoutes.away(cause)));
  }

  /** Ingest may answer before it has read everything; with what it answers the rest is nobody's. */
  static Future<HttpClientResponse> flow(RoutingContext ctx, HttpClientRequest inner) {
    HttpServerRequest request = ctx.request();
    if (ctx.response().closed()) { // meanwhile: its body would be waited for in vain
      var unused = inner.reset();
      return Future.failedFuture("the device hung up");
    }
    if (request.getHeader("Content-Length") == null) {
      inner.setChunked(true);
    }
    inner.exceptionHandler(cause -> LOG.log(DEBUG, "body not passed: {0}", cause.getMessage()));
    inner.continueHandler(go -> IngestRoutes.discard(ctx.response().writeContinue()));
    ctx.addEndHandler(ended -> {
      if (ended.failed() || !inner.response().isComplete()) { // or somebody else answered
        var unused = inner.reset();
      }
    });
    Pipe<Buffer> body = request.pipe().endOnFailure(false);
    Future<Void> sent = body.to(inner);
    IngestRoutes.discard(sent.onFailure(gone -> awaitLastWord(ctx, inner)));
    return inner.response().onSuccess(answer -> {
      if (!sent.isComplete()) {
        body.close();
        ctx.addEndHandler(told -> abandon(inner));
      }
    });
  }

  /**
   * After a request that was not sent to its end nothing else may go over its connection. A reset would not
   * close it once the answer has come, and the next request would be taken for the rest of this one.
   */
  private static void abandon(HttpClientRequest inner) {
    IngestRoutes.discard(inner.connection().close());
  }

  /** Who does not take the rest of a body may have said why: that is on its way. */
  private static void awaitLastWord(RoutingContext ctx, HttpClientRequest inner) {
    long unused = ctx.vertx().setTimer(LAST_WORD_MS, late -> {
      if (!inner.response().isComplete()) {
        var unusedToo = inner.reset();
      }
    });
  }

  private static Future<Void> answer(HttpServerRequest request, HttpClientResponse inner) {
    HttpServerResponse response = request.response();
    AnswerHead.pass(inner, response, RESPONSE_HEADERS);
    UnreadBody.resume(request);
    return inner.pipeTo(response);
  }
}
