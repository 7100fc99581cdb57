package io.pacewire.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.netty.channel.Channel;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a node that have not said yet who they are: nobody's limits hold for them, so there is
 * one for all of them together. Thread-safe.
 */
final class WaitingRoom {
  private final int most;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<Kind, AtomicInteger> waiting = new EnumMap<>(Kind.class);
  private final Map<Kind, Counter> turnedAway = new EnumMap<>(Kind.class);

  /** What a connection waits for. */
  enum Kind {
    /** A CONNECT, over TCP or over WebSocket. */
    MQTT,
    /** The first request. */
    WEB
  }

  /** @param most at once, at all doors together; 0 for any number */
  WaitingRoom(int most, MeterRegistry registry) {
    this.most = most;
    for (Kind kind : Kind.values()) {
      Tags door = Tags.of("door", kind.name().toLowerCase(Locale.ROOT));
      AtomicInteger count = new AtomicInteger();
      waiting.put(kind, count);
      turnedAway.put(
          kind,
          registry.counter(
              "pacewire.ingest.connections.refused", door.and("limit", "waitingConnections")));
      var unused =
          registry.gauge("pacewire.ingest.connections.waiting", door, count, AtomicInteger::get);
    }
  }

  /** Takes a place until what is returned is run, or the channel is closed; null where there is none. */
  @Nullable
  Runnable enter(Kind kind, Channel channel) {
    if (all.incrementAndGet() > most && most > 0) {
      all.decrementAndGet();
      Objects.requireNonNull(turnedAway.get(kind)).increment();
      return null;
    }
    AtomicInteger count = Objects.requireNonNull(waiting.get(kind));
    count.incrementAndGet();
    AtomicBoolean left = new AtomicBoolean();
    Runnable leave = () -> {
      if (left.compareAndSet(false, true)) {
        count.decrementAndGet();
        all.decrementAndGet();
      }
    };
    var unused = channel.closeFuture().addListener(closed -> leave.run());
    return leave;
  }
}
