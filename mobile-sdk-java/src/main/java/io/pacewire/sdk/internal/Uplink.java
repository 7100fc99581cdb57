package io.pacewire.sdk.internal;

/**
 * A way to the platform. Called on the uploader's thread and never blocks it; answers through
 * {@link UplinkEvents} from threads of its own. One connection at a time.
 */
public interface Uplink {
  /** Opens a connection; exactly one {@code closed} ends it, also if it never came up. */
  void connect(String token, UplinkEvents events);

  void send(StoredSession session, int seq, byte[] batch, long sentAtEpochMs);

  /**
   * Asks for the whole ledger of a session; the answer is a ledger event, if this uplink can ask at
   * all.
   */
  void query(StoredSession session);

  /** Shows a new token on the present connection. False if only a new connection can carry it. */
  boolean renew(String token);

  void disconnect();

  /** Frees threads and pools; the uplink is not used again. */
  void release();
}
