package io.pacewire.gateway;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** What stands before the body of an answer that a role gave and the gateway hands on as it flows. */
final class AnswerHead {
  private AnswerHead() {}

  /** @param names of the headers that the caller may see */
  static void pass(HttpClientResponse inner, HttpServerResponse response, List<String> names) {
    response.setStatusCode(inner.statusCode());
    for (String name : names) {
      String value = inner.getHeader(name);
      if (value != null) {
        response.putHeader(name, value);
      }
    }
    response.setChunked(!response.headers().contains(HttpHeaders.CONTENT_LENGTH));
  }
}
