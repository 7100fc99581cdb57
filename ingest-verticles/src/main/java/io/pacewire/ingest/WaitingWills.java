package io.pacewire.ingest;

import io.pacewire.platform.web.KeyCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The wills of an event loop that wait for their delay, one a client, bounded by device and in bytes: a
 * fleet may go all at once, and a device may come and go under any number of names.
 */
final class WaitingWills {
  static final int MOST_OF_DEVICE = 16;
  static final long MOST_BYTES = 16_777_216;
  /** Beside its payload. */
  private static final int OVERHEAD_BYTES = 1_024;

  private final LongConsumer stopTimer;
  private final Map<String, Waiting> byClient = new HashMap<>();
  private final KeyCounts<UUID> ofDevice = new KeyCounts<>();
  private long bytes;

  private record Waiting(LeftWill will, int bytes, long openedNanos, long timer) {}

  /** @param stopTimer for a will that is not to be told any more */
  WaitingWills(LongConsumer stopTimer) {
    this.stopTimer = stopTimer;
  }

  /** Whether there is room for another. */
  boolean hasRoom(Presence will) {
    return bytes + weight(will) <= MOST_BYTES
        && ofDevice.of(will.device().deviceId()) < MOST_OF_DEVICE;
  }

  /**
   * What waits until {@code timer} fires, in place of what was {@link #cancel cancelled} before.
   *
   * @param openedNanos when the connection was let in whose will it is
   */
  void hold(String client, LeftWill will, long openedNanos, long timer) {
    Waiting waiting = new Waiting(will, weight(will.presence()), openedNanos, timer);
    byClient.put(client, waiting);
    ofDevice.more(will.deviceId());
    bytes += waiting.bytes();
  }

  /** The client is back: what waited for it does no more. Null where nothing did. */
  @Nullable
  LeftWill take(String client) {
    Waiting waiting = byClient.get(client);
    if (waiting == null) {
      return null;
    }
    gone(client, waiting.timer());
    stopTimer.accept(waiting.timer());
    return waiting.will();
  }

  /**
   * A later will is the one that counts: that of a connection let in at {@code openedNanos}. False where
   * one of a still later connection waits.
   */
  boolean cancel(String client, long openedNanos) {
    Waiting waiting = byClient.get(client);
    if (waiting == null) {
      return true;
    }
    if (waiting.openedNanos() - openedNanos > 0) {
      return false;
    }
    LeftWill unused = take(client);
    return true;
  }

  /** Its timer has fired. */
  void gone(String client, long timer) {
    Waiting waiting = byClient.get(client);
    if (waiting != null && waiting.timer() == timer) {
      byClient.remove(client);
      bytes -= waiting.bytes();
      ofDevice.less(waiting.will().deviceId());
    }
  }

  /** All of them: none waits here any more. */
  List<LeftWill> takeAll() {
    List<LeftWill> all = new ArrayList<>();
    Map.copyOf(byClient).forEach((client, waiting) -> {
      stopTimer.accept(waiting.timer());
      gone(client, waiting.timer());
      all.add(waiting.will());
    });
    return all;
  }

  long bytes() {
    return bytes;
  }

  private static int weight(Presence will) {
    return OVERHEAD_BYTES + will.payload().length;
  }
}
