package io.pacewire.platform.web;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Connections to who does not read. */
public final class Connections {
  private Connections() {}

  /**
   * Ends it without a word, and lets go of what was to be sent. Closing would wait until the other side
   * has read all of that, which it does not.
   */
  public static void sever(HttpConnection connection) {
    var unused =
        ((ConnectionBase) connection).channel().pipeline().firstContext().close();
  }
}
