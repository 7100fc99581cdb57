package io.pacewire.platform.live;

/** What the nodes know a connection by: its node, when it was opened there, and its number there. */
final class OwnerToken {
  private OwnerToken() {}

  /** @param nodeId another one each time that a node is started */
  static String of(String nodeId, long openedAtMs, int number) {
    return nodeId + "/" + openedAtMs + "/" + number;
  }

  static String nodeId(String token) {
    return token.substring(0, token.indexOf('/'));
  }

  /** By the clocks of their nodes, and by a node's own count; of two nodes' at one time it is always the same one. */
  static boolean isNewer(String token, String other) {
    int byTime = Long.compare(part(token, 1), part(other, 1));
    if (byTime != 0) {
      return byTime > 0;
    }
    int byNode = nodeId(token).compareTo(nodeId(other));
    return byNode == 0 ? part(token, 2) > part(other, 2) : byNode > 0;
  }

  private static long part(String token, int index) {
    return Long.parseLong(token.split("/", -1)[index]);
  }
}
