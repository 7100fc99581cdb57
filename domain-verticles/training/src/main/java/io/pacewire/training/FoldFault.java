package io.pacewire.training;

import io.pacewire.platform.pg.PgFaults;

/** A fold that throws on what is stored of a session: it will each time, until there is another version. */
final class FoldFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  FoldFault(RuntimeException cause) {
    super("fold failed: " + cause, cause);
  }

  /**
   * Whether a session itself is at fault, so that it is set aside; anything else may pass, and is tried
   * again.
   */
  static boolean isOfSession(Throwable cause) {
    return cause instanceof FoldFault
        || cause instanceof IllegalArgumentException
        || PgFaults.isOfContent(cause);
  }
}
