package io.pacewire.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What to run and where.
 *
 * @param dataDirectory everything the servers keep; one running instance each
 * @param serverFiles binaries and class paths, see {@link ServerFiles}
 * @param ports choices; a port without one is any free port
 * @param minimumFreeBytes below this much usable space nothing is started, and a running stack warns
 * @param readyTimeout how long one server may take until it answers
 */
public record StackConfig(
    Path dataDirectory,
    ServerFiles serverFiles,
    Set<StackServer> servers,
    Map<StackPort, PortChoice> ports,
    StackMemory memory,
    long minimumFreeBytes,
    Duration readyTimeout) {
  /** The setting behind {@link #minimumFreeBytes()}, for messages. */
  public static final String FREE_SPACE_SETTING = "stack.minimumFreeMib";

  private static final long DEFAULT_FREE_BYTES = 512L << 20;
  private static final Duration DEFAULT_READY_TIMEOUT = Duration.ofSeconds(60);

  public StackConfig {
    servers = Set.copyOf(servers);
    ports = Map.copyOf(ports);
    if (minimumFreeBytes < 0) {
      throw new IllegalArgumentException(FREE_SPACE_SETTING + " must not be negative");
    }
    if (readyTimeout.isNegative() || readyTimeout.isZero()) {
      throw new IllegalArgumentException("readyTimeout must be positive, was " + readyTimeout);
    }
  }

  /** All servers on free ports, with the files found beside this library. */
  public static StackConfig in(Path dataDirectory) {
    return new StackConfig(
        dataDirectory,
        ServerFiles.besideThisLibrary(),
        EnumSet.allOf(StackServer.class),
        Map.of(),
        StackMemory.small(),
        DEFAULT_FREE_BYTES,
        DEFAULT_READY_TIMEOUT);
  }

  public StackConfig withServerFiles(ServerFiles files) {
    return new StackConfig(
        dataDirectory, files, servers, ports, memory, minimumFreeBytes, readyTimeout);
  }

  public StackConfig withServers(Set<StackServer> chosen) {
    return new StackConfig(
        dataDirectory, serverFiles, chosen, ports, memory, minimumFreeBytes, readyTimeout);
  }

  public StackConfig withPort(StackPort port, PortChoice choice) {
    Map<StackPort, PortChoice> changed = new EnumMap<>(StackPort.class);
    changed.putAll(ports);
    changed.put(port, choice);
    return new StackConfig(
        dataDirectory, serverFiles, servers, changed, memory, minimumFreeBytes, readyTimeout);
  }

  /** Prefers the ports of an earlier run ({@link Endpoints#ports()}); configured ones stay. */
  public StackConfig withPreferredPorts(Map<StackPort, Integer> earlier) {
    Map<StackPort, PortChoice> changed = new EnumMap<>(StackPort.class);
    earlier.forEach((port, number) -> changed.put(port, PortChoice.preferred(number)));
    ports.forEach((port, choice) -> {
      if (choice.port() != 0) {
        changed.put(port, choice);
      }
    });
    return new StackConfig(
        dataDirectory, serverFiles, servers, changed, memory, minimumFreeBytes, readyTimeout);
  }

  public StackConfig withMemory(StackMemory limits) {
    return new StackConfig(
        dataDirectory, serverFiles, servers, ports, limits, minimumFreeBytes, readyTimeout);
  }

  public StackConfig withMinimumFreeBytes(long bytes) {
    return new StackConfig(dataDirectory, serverFiles, servers, ports, memory, bytes, readyTimeout);
  }

  public StackConfig withReadyTimeout(Duration timeout) {
    return new StackConfig(
        dataDirectory, serverFiles, servers, ports, memory, minimumFreeBytes, timeout);
  }

  PortChoice choice(StackPort port) {
    return ports.getOrDefault(port, PortChoice.any());
  }
}
