package io.pacewire.ingest;

import io.pacewire.ingest.ReadAheadBytes.Share;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one connection and cannot be handed on, of one kind. Most connections never have any: until
 * then they cost no entry anywhere. Used from one event loop.
 */
final class ReadAhead {
  private final ReadAheadBytes all;
  private @Nullable UUID athlete;
  private @Nullable Share share;
  private int heldBytes;
  private boolean closed;

  /** @param athlete null for who is nobody yet */
  ReadAhead(ReadAheadBytes all, @Nullable UUID athlete) {
    this.all = all;
    this.athlete = athlete;
  }

  /** Who was nobody is known. */
  void belongsTo(UUID known) {
    Share before = share;
    athlete = known;
    share = null;
    if (before != null && heldBytes > 0 && !closed) {
      all.move(before, share(), heldBytes);
    }
  }

  boolean isNobodys() {
    return athlete == null;
  }

  /**
   * So many bytes more than before, or less. Null where there was room, otherwise what is full: that is
   * counted, and the connection is to be ended.
   */
  @Nullable
  ReadAheadLimit change(int bytes) {
    if (closed || bytes == 0) {
      return null;
    }
    ReadAheadLimit full = null;
    if (bytes > 0) {
      full = all.take(share(), bytes);
    } else {
      all.giveBack(share(), -bytes);
    }
    if (full == null) {
      heldBytes += bytes;
    } else {
      all.ended(full);
    }
    return full;
  }

  /** The connection is ended for something else. */
  void ended(ReadAheadLimit limit) {
    all.ended(limit);
  }

  /** With the connection: nothing is held any more. */
  void close() {
    if (!closed) {
      ReadAheadLimit unused = change(-heldBytes);
      closed = true;
      if (share != null) {
        all.leave(athlete);
      }
    }
  }

  private Share share() {
    Share known = share;
    if (known == null) {
      known = all.join(athlete);
      share = known;
    }
    return known;
  }
}
