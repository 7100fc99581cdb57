package io.pacewire.platform.web;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers what could not be read as a request of HTTP/1 with a problem, and ends its connection. */
public final class InvalidRequests implements Handler<HttpServerRequest> {
  private static final System.Logger LOG = System.getLogger(InvalidRequests.class.getName());

  /** Closed while something is unread, a connection is reset, and the answer lost (RFC 9112, 9.6). */
  private static final long LINGER_MS = 500;

  private final Vertx vertx;

  public InvalidRequests(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpResponseStatus status = status(request.decoderResult().cause());
    Problem problem = Problem.ofStatus(status.code(), status.reasonPhrase());
    String id = UUID.randomUUID().toString();
    // The path is whatever came until then, if any: it is not told again.
    Buffer body = problem.json("/", id).toBuffer();
    request
        .response()
        .setStatusCode(status.code())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .putHeader(RequestId.HEADER, id)
        .end(body)
        .eventually(() -> vertx.timer(LINGER_MS, TimeUnit.MILLISECONDS))
        .eventually(() -> request.connection().close())
        .onFailure(gone -> LOG.log(DEBUG, "caller gone: {0}", gone.getMessage()));
  }

  private static HttpResponseStatus status(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }
}
