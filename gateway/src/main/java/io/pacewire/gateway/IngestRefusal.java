package io.pacewire.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * What ingest said instead of opening a stream. It is handed on as it is: an answer of our own in its
 * place would make a device come again that never will be let in.
 */
final class IngestRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String PROBLEM = "application/problem+json";
  private static final List<String> HEADERS =
      List.of("Content-Type", "Retry-After", "WWW-Authenticate");
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final int status;
  private final transient MultiMap headers;
  private final transient Buffer body;

  private IngestRefusal(int status, MultiMap headers, Buffer body) {
    super("ingest refused with " + status, null, false, false);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** What is no word of ingest's about who asks, such as that it has no such path, is none of theirs. */
  static RuntimeException of(HttpClientResponse answer, Buffer body) {
    int status = answer.statusCode();
    boolean ofTheCaller = status >= 400 && status < 500 && status != NOT_FOUND;
    if (PROBLEM.equals(answer.getHeader("Content-Type"))) {
      return ofTheCaller || status == UNAVAILABLE
          ? new IngestRefusal(status, answer.headers(), body)
          : IngestRoutes.away(status);
    }
    return ofTheCaller
        ? new ProblemException(
            Problem.ofStatus(status, HttpResponseStatus.valueOf(status).reasonPhrase()))
        : IngestRoutes.away(status);
  }

  Future<Void> tell(HttpServerResponse response) {
    response.setStatusCode(status);
    for (String name : HEADERS) {
      String value = headers.get(name);
      if (value != null) {
        response.putHeader(name, value);
      }
    }
    return response.end(body);
  }
}
