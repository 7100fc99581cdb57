package io.pacewire.platform.live;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * When a node said something of what goes on, or began to look at all of it. Only moments of one node can be
 * compared: the clocks of two may be seconds apart, and be set while they run.
 *
 * @param node one run of a node, "" for one of before this was said
 * @param version grows with time
 */
public record LiveMoment(String node, long version) {
  private static final String NODE = "node";
  private static final String VERSION = "version";
  private static final String THIS_NODE = UUID.randomUUID().toString();

  public static LiveMoment now() {
    return new LiveMoment(THIS_NODE, System.nanoTime());
  }

  /** As {@link #put} has put it. */
  public static LiveMoment of(JsonObject message) {
    return new LiveMoment(message.getString(NODE, ""), message.getLong(VERSION, 0L));
  }

  /** Returns the message, which says so then. */
  public JsonObject put(JsonObject message) {
    return message.put(NODE, node).put(VERSION, version);
  }

  /** Viewers need not know of nodes. */
  public static void removeNode(JsonObject message) {
    Object unused = message.remove(NODE);
  }

  /** Whether this is known to be the earlier one; of two nodes nothing is known. */
  public boolean isBefore(LiveMoment other) {
    return node.equals(other.node) && version - other.version < 0;
  }
}
