package io.pacewire.stack;

import org.jspecify.annotations.Nullable;

/** A server did not come up. */
public final class ServerFailedException extends StackException {
  private final StackServer server;

  ServerFailedException(StackServer server, String fault, @Nullable Throwable cause) {
    super(server.id() + " did not start: " + fault, cause);
    this.server = server;
  }

  public StackServer server() {
    return server;
  }
}
