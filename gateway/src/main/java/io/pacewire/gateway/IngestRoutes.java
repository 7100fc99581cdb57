package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.RequestId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.streams.Pipe;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The two web doors of ingest, for whoever reaches the gateway alone: handed on as they flow, held
 * nowhere. The gateway looks at the token; what a device may is ingest's to say.
 */
final class IngestRoutes {
  private static final System.Logger LOG = System.getLogger(IngestRoutes.class.getName());
  private static final String STREAM = "/v1/stream";
  private static final String BATCHES = "/v1/batches";
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
  private final WebSocketClient sockets;
  private final TokenGate gate;
  private final int maxStreams;
  private final AtomicInteger streams = new AtomicInteger();
  private final RequestShares shares = new RequestShares();
  private final Counter refused;

  IngestRoutes(
      IngestUpstream upstream,
      HttpClient client,
      WebSocketClient sockets,
      TokenGate gate,
      int maxStreams,
      MeterRegistry registry) {
    this.refused = registry.counter("pacewire.gateway.ingest.refused", "limit", "athleteRequests");
    this.upstream = upstream;
    this.client = client;
    this.sockets = sockets;
    this.gate = gate;
    this.maxStreams = maxStreams;
  }

  /** Ahead of whatever reads bodies. */
  void mount(Router router) {
    router.get(STREAM).handler(this::stream);
    router.post(BATCHES).handler(this::batches);
  }

  private void stream(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      ctx.fail(new ProblemException(Problem.ofStatus(426, "Upgrade Required")));
      return;
    }
    request.pause();
    device(request)
        .compose(caller -> {
          if (streams.get() >= maxStreams) {
            return Future.failedFuture(
                new ProblemException(Problem.unavailable("too many streams are open here")));
          }
          streams.incrementAndGet();
          return open(ctx, caller).onFailure(cause -> streams.decrementAndGet());
        })
        .onFailure(cause -> {
          UnreadBody.resume(request);
          if (cause instanceof IngestRefusal refusal) {
            discard(refusal.tell(ctx.response()));
          } else {
            ctx.fail(cause);
          }
        });
  }

  /** The device gets its socket only once ingest gave one. */
  private Future<Void> open(RoutingContext ctx, Caller caller) {
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setAbsoluteURI(upstream.socketUrl() + STREAM)
        .putHeader("Authorization", "Bearer " + caller.token())
        .putHeader("X-Request-Id", RequestId.of(ctx))
        .putHeader("X-Forwarded-For", ctx.request().remoteAddress().hostAddress());
    if (ctx.response().closed()) {
      return Future.failedFuture("the device hung up");
    }
    return sockets.connect(options).recover(IngestRoutes::refused).compose(inner -> {
      inner.pause();
      if (ctx.response().closed()) {
        discard(inner.close());
        return Future.failedFuture("the device hung up");
      }
      ctx.request().resume();
      return ctx.request()
          .toWebSocket()
          .onFailure(cause -> discard(inner.close()))
          .map(outer -> {
            new SocketPipe(outer, inner, streams::decrementAndGet).open();
            return null;
          });
    });
  }

  private static <T> Future<T> refused(Throwable cause) {
    Throwable refusal = IngestRefusal.of(cause);
    return Future.failedFuture(refusal == null ? away(cause) : refusal);
  }

  private void batches(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    request.pause();
    device(request)
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
        .setAbsoluteURI(upstream.url() + BATCHES)
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
        .recover(cause -> Future.failedFuture(away(cause)));
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
    inner.continueHandler(go -> discard(ctx.response().writeContinue()));
    ctx.addEndHandler(ended -> {
      if (ended.failed()) {
        var unused = inner.reset();
      }
    });
    Pipe<Buffer> body = request.pipe().endOnFailure(false);
    Future<Void> sent = body.to(inner);
    discard(sent.onFailure(gone -> awaitLastWord(ctx, inner)));
    return inner.response().onSuccess(answer -> {
      if (!sent.isComplete()) {
        body.close();
      }
    });
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
    response.setStatusCode(inner.statusCode());
    boolean sized = false;
    for (String name : RESPONSE_HEADERS) {
      String value = inner.getHeader(name);
      if (value != null) {
        response.putHeader(name, value);
        sized |= name.equals("Content-Length");
      }
    }
    response.setChunked(!sized);
    boolean early = !request.isEnded();
    UnreadBody.resume(request);
    return inner.pipeTo(response).onComplete(told -> {
      if (early) { // what ingest was not sent leaves its connection of no use
        var unused = inner.request().reset();
      }
    });
  }

  /** By bearer token alone: no page of a browser streams with its cookie. */
  private Future<Caller> device(HttpServerRequest request) {
    return BearerHandler.token(request.getHeader("Authorization")) == null
        ? Future.failedFuture(new ProblemException(Problem.unauthorized("no bearer token")))
        : gate.caller(request);
  }

  private static ProblemException away(Throwable cause) {
    LOG.log(WARNING, "no answer from ingest: {0}", cause.getMessage());
    return new ProblemException(Problem.unavailable("ingest does not answer now"));
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "gone: {0}", cause.getMessage()));
  }
}
