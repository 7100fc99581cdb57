package io.pacewire.gateway;

import io.vertx.core.http.HttpServerRequest;

/** What is left of the body of a request that was paused. */
final class UnreadBody {
  private UnreadBody() {}

  /** Lets it come. Over HTTP/2 a request that has come whole must not be resumed: that throws. */
  static void resume(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.resume();
    }
  }
}
