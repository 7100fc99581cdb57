package io.pacewire.launcher;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ports of the roles: configured ones as they are, the others as in the run before. */
final class RolePorts {
  private static final String[] KEYS = {
    "gateway.port",
    "ingest.mqtt.port",
    "ingest.mqttWs.port",
    "ingest.stream.port",
    "identity.port",
    "training.port",
    "inventory.port",
    "ingest.management.port",
    "gateway.management.port",
    "gamification.port"
  };

  private RolePorts() {}

  /** What the settings want, by full key. */
  static Map<String, Integer> read(JsonObject settings) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String key : KEYS) {
      ports.put(key, number(settings, key));
    }
    return ports;
  }

  static int number(JsonObject settings, String key) {
    Object value = settings;
    for (String part : key.split("\\.", -1)) {
      value = value instanceof JsonObject section ? section.getValue(part) : null;
    }
    try {
      return Integer.parseInt(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new StartException(key + " must be a whole number, was " + value);
    }
  }

  /**
   * @param wanted by full key; 0 for any
   * @param earlier by full key, what the run before had
   * @throws StartException naming the port and its setting
   */
  static Map<String, Integer> pick(
      Map<String, Integer> wanted, JsonObject earlier, Set<Integer> used) {
    Map<String, Integer> picked = new LinkedHashMap<>();
    for (String key : KEYS) {
      int port = wanted.getOrDefault(key, 0);
      if (port != 0) {
        if (!isFree(port)) {
          throw new StartException("port " + port + " is taken; set " + key
              + " to another one (--set " + key + "=0 picks a free one)");
        }
      } else {
        int before = earlier.getInteger(key, 0);
        boolean again = before != 0
            && !used.contains(before)
            && !picked.containsValue(before)
            && isFree(before);
        port = again ? before : free(picked, used);
      }
      picked.put(key, port);
    }
    return picked;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int free(Map<String, Integer> picked, Set<Integer> used) {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (!picked.containsValue(port) && !used.contains(port)) {
          return port;
        }
      } catch (IOException e) {
        throw new StartException("no free port: " + e.getMessage());
      }
    }
  }
}
