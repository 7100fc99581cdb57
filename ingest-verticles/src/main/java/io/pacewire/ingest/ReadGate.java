package io.pacewire.ingest;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is read: only while nothing speaks against it. More than one part may stop
 * it; it goes on when the last of them lets it. Used from one event loop.
 */
final class ReadGate {
  /** Who stops it. */
  enum Reason {
    /** Too much is on its way to Kafka. */
    BROKER(1 << 0),
    /** The device, or somebody it belongs to, is over a limit. */
    QUOTA(1 << 1),
    /** Its first words are not answered yet. */
    CONNECTING(1 << 2),
    /** The device has too much on its way. */
    WINDOW(1 << 3),
    /** The other side does not read what we write. */
    UNREAD(1 << 4);

    private final int bit;

    Reason(int bit) {
      this.bit = bit;
    }
  }

  private final Runnable pause;
  private final Runnable resume;
  private final @Nullable HeldReads reads;
  private final Consumer<Reason> held;
  /** Their bits: a set would be as large as the rest. */
  private int against;

  /**
   * @param resume may bring the gate to be closed again before it returns
   * @param reads what bounds what is read meanwhile, null where something else does
   * @param held is told of each reason that comes up
   */
  ReadGate(Runnable pause, Runnable resume, @Nullable HeldReads reads, Consumer<Reason> held) {
    this.pause = pause;
    this.resume = resume;
    this.reads = reads;
    this.held = held;
  }

  void close(Reason reason) {
    boolean open = isOpen();
    if ((against & reason.bit) == 0) {
      held.accept(reason);
    }
    against |= reason.bit;
    if (open) {
      pause.run();
      if (reads != null) {
        reads.hold();
      }
    }
  }

  void open(Reason reason) {
    boolean open = isOpen();
    against &= ~reason.bit;
    if (!open && isOpen()) {
      resume.run();
      if (reads != null && isOpen()) {
        reads.letOn();
      }
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
    return against == 0;
  }
}
