package io.pacewire.platform.web;

import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request that waits for a decision. Over HTTP/2 one that has come whole can neither be
 * paused nor resumed: that throws, and there is no need.
 */
public final class UnreadBody {
  private UnreadBody() {}

  /** Keeps what has not come yet from coming. */
  public static void pause(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.pause();
    }
  }

  /** Lets the rest come. */
  public static void resume(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.resume();
    }
  }
}
