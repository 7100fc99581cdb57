package io.pacewire.ingest;

import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a connection is read: only while nothing speaks against it. More than one part may stop
 * it; it goes on when the last of them lets it. Used from one event loop.
 */
final class ReadGate {
  /** Who stops it. */
  enum Reason {
    /** Too much is on its way to Kafka. */
    BROKER,
    /** The device, or somebody it belongs to, is over a limit. */
    QUOTA,
    /** Its first words are not answered yet. */
    CONNECTING,
    /** The device has too much on its way. */
    WINDOW,
    /** The other side does not read what we write. */
    UNREAD
  }

  private final Runnable pause;
  private final Runnable resume;
  private final Set<Reason> against = EnumSet.noneOf(Reason.class);

  ReadGate(Runnable pause, Runnable resume) {
    this.pause = pause;
    this.resume = resume;
  }

  void close(Reason reason) {
    boolean open = against.isEmpty();
    if (against.add(reason) && open) {
      pause.run();
    }
  }

  void open(Reason reason) {
    if (against.remove(reason) && against.isEmpty()) {
      resume.run();
    }
  }

  /** What the limits hold and let go. */
  Turnstile.Brake quota() {
    return new Turnstile.Brake() {
      @Override
      public void hold() {
        close(Reason.QUOTA);
      }

      @Override
      public void release() {
        open(Reason.QUOTA);
      }
    };
  }

  boolean isOpen() {
    return against.isEmpty();
  }
}
