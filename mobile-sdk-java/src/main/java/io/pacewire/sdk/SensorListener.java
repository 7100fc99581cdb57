package io.pacewire.sdk;

import java.util.UUID;

/**
 * Told what happens to samples before they are on disk. Called on the SDK's callback thread, in
 * order; a slow listener delays other callbacks and nothing else.
 */
public interface SensorListener {
  /**
   * A sample was not recorded: it makes no sense (the reason names the field and its value), or the
   * session has ended.
   */
  default void sampleRejected(UUID sessionId, String reason) {}

  /** The device could not keep up or its disk is full: this many samples are lost for good. */
  default void samplesLost(UUID sessionId, long count, String reason) {}

  /** The store cannot be written just now; samples wait in memory, as many as fit. */
  default void storeFailing(String reason) {}

  /** The store can be written again. */
  default void storeRecovered() {}
}
