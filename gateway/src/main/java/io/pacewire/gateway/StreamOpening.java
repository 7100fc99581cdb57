package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.ChannelPipeline;
import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.web.RequestId;
import io.pacewire.platform.web.RequestsUnderWay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks ingest for the WebSocket that a device asks for: the handshake (RFC 6455, 4) is between those two, and
 * so is what they say afterwards.
 */
final class StreamOpening {
  private static final System.Logger LOG = System.getLogger(StreamOpening.class.getName());
  private static final String STREAM = "/v1/stream";
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final long CONNECTED_WITHIN_MS = 5_000;
  private static final long ANSWER_WITHIN_S = 30;
  private static final String IDLE = "idle";

  /** No extension: what is packed would be bounded by its packed bytes alone. */
  private static final List<String> ASKED =
      List.of("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol");

  private static final List<String> ANSWERED =
      List.of("Sec-WebSocket-Accept", "Sec-WebSocket-Protocol");

  private final Vertx vertx;
  private final IngestUpstream upstream;
  private final HttpClient client;
  private final RequestsUnderWay requests;

  StreamOpening(
      Vertx vertx, IngestUpstream upstream, HttpClient client, RequestsUnderWay requests) {
    this.vertx = vertx;
    this.upstream = upstream;
    this.client = client;
    this.requests = requests;
  }

  /**
   * The device gets its socket only once ingest gave one.
   *
   * @param ended of a pipe that was given
   */
  Future<SocketPipe> open(RoutingContext ctx, Caller caller, Consumer<SocketPipe> ended) {
    if (ctx.response().closed()) {
      return hungUp();
    }
    return client
        .request(options(ctx, caller))
        .compose(StreamOpening::ask)
        .recover(cause -> Future.failedFuture(IngestRoutes.away(cause)))
        .compose(answer -> answer.statusCode() == SWITCHING_PROTOCOLS
            ? join(ctx, answer, ended)
            : refused(answer));
  }

  /** The connection, whose request never ended, is of no use to another. */
  private static Future<SocketPipe> refused(HttpClientResponse answer) {
    return answer
        .body()
        .timeout(ANSWER_WITHIN_S, TimeUnit.SECONDS)
        .recover(cause -> Future.failedFuture(IngestRoutes.away(cause)))
        .<SocketPipe>compose(body -> Future.failedFuture(IngestRefusal.of(answer, body)))
        .eventually(() -> answer.request().connection().close());
  }

  private RequestOptions options(RoutingContext ctx, Caller caller) {
    HttpServerRequest request = ctx.request();
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setAbsoluteURI(upstream.url() + STREAM)
        .setConnectTimeout(CONNECTED_WITHIN_MS)
        .putHeader("Upgrade", "websocket")
        .putHeader("Connection", "Upgrade")
        .putHeader("Authorization", "Bearer " + caller.token())
        .putHeader("X-Request-Id", RequestId.of(ctx))
        .putHeader("X-Forwarded-For", request.remoteAddress().hostAddress());
    for (String name : ASKED) {
      String value = request.getHeader(name);
      if (value != null) {
        options.putHeader(name, value);
      }
    }
    return options;
  }

  private static Future<HttpClientResponse> ask(HttpClientRequest request) {
    // Of a stream that is open, too, which says for itself that it ended.
    request.exceptionHandler(cause -> LOG.log(DEBUG, "ingest: {0}", cause.getMessage()));
    return request
        .connect()
        .map(answer -> {
          if (answer.statusCode() == SWITCHING_PROTOCOLS) {
            answer.pause(); // what ingest says first may be here already
          }
          return answer;
        })
        .timeout(ANSWER_WITHIN_S, TimeUnit.SECONDS)
        .onFailure(late -> {
          var unused = request.reset();
        });
  }

  private Future<SocketPipe> join(
      RoutingContext ctx, HttpClientResponse answer, Consumer<SocketPipe> ended) {
    NetSocket ingest = answer.netSocket();
    ingest.pause();
    HttpServerRequest request = ctx.request();
    if (ctx.response().closed()) {
      IngestRoutes.discard(ingest.close());
      return hungUp();
    }
    ctx.response().putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
    for (String name : ANSWERED) {
      String value = answer.getHeader(name);
      if (value != null) {
        ctx.response().putHeader(name, value);
      }
    }
    withoutIdle(request);
    return request
        .toNetSocket()
        .onFailure(cause -> IngestRoutes.discard(ingest.close()))
        .map(device -> {
          device.pause();
          requests.handedOver(ctx);
          return new SocketPipe(
              vertx,
              PipeEnd.of(device, request.connection()),
              PipeEnd.of(ingest, answer.request().connection()),
              ended);
        });
  }

  /** Silence is looked at where both ends are known. */
  private static void withoutIdle(HttpServerRequest request) {
    ChannelPipeline pipeline = ((ConnectionBase) request.connection()).channel().pipeline();
    if (pipeline.get(IDLE) != null) {
      var unused = pipeline.remove(IDLE);
    }
  }

  private static <T> Future<T> hungUp() {
    return Future.failedFuture("the device hung up");
  }
}
