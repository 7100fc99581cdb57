package io.pacewire.stack;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Settles every port before the first server starts; those picked stay bound until all are settled. */
final class PortPicker implements AutoCloseable {
  /**
   * Below the range from which kernels take the ports of outgoing connections: from in there, a connection could take
   * the port of a server that is just being restarted.
   */
  private static final int LOWEST = 18_000;

  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;

  private final StackListener listener;
  private final Map<StackPort, ServerSocket> held = new EnumMap<>(StackPort.class);

  private PortPicker(StackListener listener) {
    this.listener = listener;
  }

  /** A port for each {@link StackPort} of the configured servers, all of them free a moment ago. */
  static Map<StackPort, Integer> pick(StackConfig config, StackListener listener)
      throws IOException {
    try (PortPicker picker = new PortPicker(listener)) {
      for (boolean wanted :
          new boolean[] {true, false}) { // what is asked for goes before what is free
        for (StackPort port : StackPort.values()) {
          if (config.servers().contains(port.server())
              && (config.choice(port).port() != 0) == wanted) {
            picker.settle(port, config.choice(port));
          }
        }
      }
      Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
      picker.held.forEach((port, socket) -> ports.put(port, socket.getLocalPort()));
      return ports;
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : held.values()) {
      socket.close();
    }
  }

  private void settle(StackPort port, PortChoice choice) throws IOException {
    Optional<ServerSocket> asked = choice.port() == 0 ? Optional.empty() : bind(choice.port());
    if (asked.isEmpty() && choice.required()) {
      throw new PortTakenException(choice.port(), port.setting());
    }
    ServerSocket socket = asked.isPresent() ? asked.get() : anyFree();
    held.put(port, socket);
    if (choice.port() != 0 && socket.getLocalPort() != choice.port()) {
      listener.portMoved(port, choice.port(), socket.getLocalPort());
    }
  }

  private static ServerSocket anyFree() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<ServerSocket> socket = bind(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST));
      if (socket.isPresent()) {
        return socket.get();
      }
    }
    throw new BindException("no free port found between " + LOWEST + " and " + HIGHEST);
  }

  private static Optional<ServerSocket> bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(Loopback.port(port));
      return Optional.of(socket);
    } catch (BindException taken) {
      socket.close();
      return Optional.empty();
    }
  }
}
