package io.pacewire.stack;

import java.time.Duration;

/** Told what happens to the servers. Called on the stack's own threads: return soon, and do not throw. */
public interface StackListener {
  /** Hears nothing. */
  StackListener SILENT = new StackListener() {};

  default void starting(StackServer server) {}

  /** It answers its own protocol. */
  default void ready(StackServer server, Duration took) {}

  /** A process that an earlier, killed instance left behind was stopped. */
  default void leftoverStopped(StackServer server, long pid) {}

  /** A preferred port was taken by a stranger, another one was picked. */
  default void portMoved(StackPort port, int from, int to) {}

  default void died(StackServer server, int exitStatus, Duration restartIn) {}

  /** It answers again, on the same port. */
  default void restarted(StackServer server, Duration took) {}

  /** Less space is left than configured; reported again only after it had recovered. */
  default void diskLow(long usableBytes, long minimumBytes) {}
}
