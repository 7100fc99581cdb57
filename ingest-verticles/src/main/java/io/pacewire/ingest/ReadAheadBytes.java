package io.pacewire.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a node has read of its connections and cannot hand on, of one kind: bounded in bytes, of which an
 * athlete may have a part, and so may all together that are nobody's yet. Thread-safe.
 */
final class ReadAheadBytes {
  /** An athlete may hold one part of so many. */
  static final int PARTS = 4;

  private final long mostBytes;
  private final AtomicLong heldBytes = new AtomicLong();
  private final Map<UUID, Share> athletes = new ConcurrentHashMap<>();
  private final Share nobodys = new Share();
  private final Map<ReadAheadLimit, Counter> ended = new EnumMap<>(ReadAheadLimit.class);

  /** What is held of one athlete, while any of their connections uses it. */
  static final class Share {
    private final AtomicLong bytes = new AtomicLong();
    private int users; // changed under the map's lock alone
  }

  /** @param kind as metrics say it */
  ReadAheadBytes(long mostBytes, String kind, MeterRegistry registry) {
    this.mostBytes = mostBytes;
    for (ReadAheadLimit limit : ReadAheadLimit.values()) {
      ended.put(
          limit, registry.counter("pacewire.ingest." + kind + ".ended", "limit", limit.tag()));
    }
    var unused = registry.gauge("pacewire.ingest." + kind + ".bytes", heldBytes, AtomicLong::get);
  }

  /** @param athlete null for who is nobody yet */
  Share join(@Nullable UUID athlete) {
    if (athlete == null) {
      return nobodys;
    }
    return Objects.requireNonNull(athletes.compute(athlete, (whose, known) -> {
      Share share = known == null ? new Share() : known;
      share.users++;
      return share;
    }));
  }

  void leave(@Nullable UUID athlete) {
    if (athlete != null) {
      var unused =
          athletes.computeIfPresent(athlete, (whose, share) -> --share.users == 0 ? null : share);
    }
  }

  /** Null where there was room, which is to be given back; otherwise what is full. */
  @Nullable
  ReadAheadLimit take(Share share, int bytes) {
    if (share.bytes.addAndGet(bytes) > mostBytes / PARTS) {
      share.bytes.addAndGet(-bytes);
      return share == nobodys ? ReadAheadLimit.WAITING_BYTES : ReadAheadLimit.ATHLETE_BYTES;
    }
    if (heldBytes.addAndGet(bytes) > mostBytes) {
      giveBack(share, bytes);
      return ReadAheadLimit.NODE_BYTES;
    }
    return null;
  }

  void giveBack(Share share, int bytes) {
    share.bytes.addAndGet(-bytes);
    heldBytes.addAndGet(-bytes);
  }

  /** As what was nobody's has become somebody's: it was counted already. */
  void move(Share from, Share to, int bytes) {
    from.bytes.addAndGet(-bytes);
    to.bytes.addAndGet(bytes);
  }

  /** A connection is ended for that. */
  void ended(ReadAheadLimit limit) {
    Objects.requireNonNull(ended.get(limit)).increment();
  }

  long heldBytes() {
    return heldBytes.get();
  }

  int athletes() {
    return athletes.size();
  }
}
