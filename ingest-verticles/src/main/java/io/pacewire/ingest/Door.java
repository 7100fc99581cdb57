package io.pacewire.ingest;

/** One connection, as back-pressure and acknowledgements see it. Used from its event loop alone. */
interface Door {
  /** Stops reading its socket. */
  void pause();

  void resume();

  /** The acknowledgements of this event-loop turn are complete: send them. */
  void flush();

  /** A batch could not be handed on for a passing reason: the device keeps it and comes back. */
  void fail(String reason);
}
