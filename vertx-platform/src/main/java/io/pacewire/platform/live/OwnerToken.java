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

  /** By the clocks of their nodes; of two that opened at once it is always the same one. */
  static boolean isNewer(String token, String other) {
    int byTime = Long.compare(openedAtMs(token), openedAtMs(other));
    return byTime == 0 ? token.compareTo(other) > 0 : byTime > 0;
  }

  private static long openedAtMs(String token) {
    int from = token.indexOf('/') + 1;
    return Long.parseLong(token.substring(from, token.indexOf('/', from)));
  }
}
