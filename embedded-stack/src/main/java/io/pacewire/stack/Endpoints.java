package io.pacewire.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything of a running stack is found.
 *
 * @param ports every port in use, to be preferred at the next start
 * @param mailDirectory where the SMTP server puts what it took, one {@code .eml} file each
 */
public record Endpoints(
    Map<StackServer, Endpoint> servers, Map<StackPort, Integer> ports, Path mailDirectory) {
  /** The one database that is there from the start. */
  public static final String DATABASE = "pacewire";

  public Endpoints {
    servers = Map.copyOf(servers);
    ports = Map.copyOf(ports);
  }

  /**
   * The endpoint of a server.
   *
   * @throws IllegalArgumentException if the stack does not run it
   */
  public Endpoint of(StackServer server) {
    Endpoint endpoint = servers.get(server);
    if (endpoint == null) {
      throw new IllegalArgumentException("the stack does not run " + server.id());
    }
    return endpoint;
  }
}
