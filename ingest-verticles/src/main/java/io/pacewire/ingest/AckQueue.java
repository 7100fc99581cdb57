package io.pacewire.ingest;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Puts acknowledgements back into the order the messages came in (MQTT 5.0, 4.6: PUBACKs go out in
 * order), since a connection with several sessions spans partitions that answer when they like.
 */
final class AckQueue {
  private final Queue<Slot> slots = new ArrayDeque<>(0); // it grows, and most connections are idle

  /** One message that waits for its acknowledgement. */
  static final class Slot {
    private Runnable send;
    private boolean ready;

    private Slot(Runnable send) {
      this.send = send;
    }
  }

  /** Takes a place in the line. */
  Slot expect(Runnable send) {
    Slot slot = new Slot(send);
    slots.add(slot);
    return slot;
  }

  /** Another acknowledgement than was expected, in the same place. */
  void instead(Slot slot, Runnable send) {
    slot.send = send;
  }

  void ready(Slot slot) {
    slot.ready = true;
  }

  /** Sends what is ready up to the first that is not. */
  void flush() {
    for (Slot head = slots.peek(); head != null && head.ready; head = slots.peek()) {
      slots.remove();
      head.send.run();
    }
  }

  int size() {
    return slots.size();
  }
}
