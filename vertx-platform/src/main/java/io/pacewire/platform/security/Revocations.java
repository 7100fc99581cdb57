package io.pacewire.platform.security;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.events.AccessRevoked;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventCodec;
import io.pacewire.platform.kafka.KafkaBroadcastLoop;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.kafka.RecordHeaders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Devices and sign-ins that were revoked a short while ago, as every node hears it from Kafka, and
 * the connections that have to end with them. An entry is kept until the tokens of its time have run
 * out by themselves. Bounded. Thread-safe.
 */
public final class Revocations {
  private static final System.Logger LOG = System.getLogger(Revocations.class.getName());

  /**
   * What the clock of whoever revokes may be behind that of whoever signs: a token that is so much newer than its
   * revocation may be older in truth. One that is newer indeed is refused for as long, and of a device or
   * sign-in that is gone there is none.
   */
  static final long CLOCKS_APART_MS = 60_000;

  /** Ten minutes that a token lives, half a minute that it is taken beyond, and {@link #CLOCKS_APART_MS}. */
  static final long HOLDS_MS = 12 * 60_000L;

  static final int MOST = 100_000;

  private final InstantSource clock;
  private final Map<UUID, Long> revokedAtMs = new LinkedHashMap<>();
  /** The latest of an id, which knows the earlier ones: most ids have one. */
  private final Map<UUID, Watch> watches = new HashMap<>();

  private final Vertx vertx;
  private @Nullable KafkaBroadcastLoop loop;

  Revocations(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  public static Revocations create(Vertx vertx, KafkaSettings settings) {
    Revocations revocations = new Revocations(vertx, InstantSource.system());
    revocations.loop =
        KafkaBroadcastLoop.create(vertx, settings, EventTopics.REVOCATIONS, revocations::accept);
    return revocations;
  }

  /** Completes when everything revoked up to now is known. */
  public Future<Void> start() {
    return loop == null ? Future.succeededFuture() : loop.start();
  }

  public Future<Void> close() {
    return loop == null ? Future.succeededFuture() : loop.close();
  }

  /** Whether a token of the device or sign-in, issued then, is good no more. */
  public synchronized boolean covers(@Nullable UUID id, long issuedAtMs) {
    Long atMs = id == null ? null : revokedAtMs.get(id);
    return atMs != null && means(atMs, issuedAtMs) && atMs > clock.millis() - HOLDS_MS;
  }

  private static boolean means(long revokedAtMs, long issuedAtMs) {
    return issuedAtMs <= revokedAtMs + CLOCKS_APART_MS;
  }

  /**
   * Cuts a connection off, on the caller's context, when its device or sign-in is revoked, or was in
   * the meantime.
   *
   * @param issuedAtMs when the token was made that the connection was opened with
   */
  public Watch watch(UUID id, long issuedAtMs, Runnable cut) {
    Watch watch = new Watch(id, issuedAtMs, vertx.getOrCreateContext(), cut);
    boolean late;
    synchronized (this) {
      watch.link();
      late = covers(id, issuedAtMs);
    }
    if (late) {
      watch.context.runOnContext(turn -> cut.run());
    }
    return watch;
  }

  /** One connection that may be cut off. */
  public final class Watch {
    private final UUID id;
    private final long issuedAtMs;
    private final Context context;
    private final Runnable cut;
    private @Nullable Watch earlier;
    private @Nullable Watch later;
    private boolean linked;

    private Watch(UUID id, long issuedAtMs, Context context, Runnable cut) {
      this.id = id;
      this.issuedAtMs = issuedAtMs;
      this.context = context;
      this.cut = cut;
    }

    UUID id() {
      return id;
    }

    private void link() {
      earlier = watches.put(id, this);
      if (earlier != null) {
        earlier.later = this;
      }
      linked = true;
    }

    /** The connection is over. More than once is once. */
    public void close() {
      synchronized (Revocations.this) {
        if (linked) {
          unlink();
        }
      }
    }

    private void unlink() {
      linked = false;
      if (earlier != null) {
        earlier.later = later;
      }
      if (later != null) {
        later.earlier = earlier;
      } else if (earlier != null) {
        watches.put(id, earlier);
      } else {
        watches.remove(id);
      }
    }
  }

  private void accept(ConsumerRecord<String, byte[]> record) {
    String type = RecordHeaders.text(record, "ce_type");
    if (type != null
        && record.value() != null
        && EventCodec.decode(type, record.value()).orElse(null) instanceof AccessRevoked fact) {
      revoke(fact);
    }
  }

  void revoke(AccessRevoked fact) {
    long now = clock.millis();
    if (fact.atMs() <= now - HOLDS_MS) {
      return; // its tokens are dead
    }
    List<Watch> hit = new ArrayList<>();
    synchronized (this) {
      Long earlier = revokedAtMs.remove(fact.revokedId());
      revokedAtMs.put(
          fact.revokedId(), earlier == null ? fact.atMs() : Math.max(earlier, fact.atMs()));
      forgetOld(now);
      for (Watch one = watches.get(fact.revokedId()); one != null; one = one.earlier) {
        if (means(fact.atMs(), one.issuedAtMs)) {
          hit.add(one);
        }
      }
    }
    hit.forEach(watch -> watch.context.runOnContext(turn -> watch.cut.run()));
  }

  /** The oldest came first, or nearly so. */
  private void forgetOld(long nowMs) {
    Iterator<Map.Entry<UUID, Long>> oldest = revokedAtMs.entrySet().iterator();
    while (oldest.hasNext()) {
      boolean dead = oldest.next().getValue() <= nowMs - HOLDS_MS;
      if (!dead && revokedAtMs.size() <= MOST) {
        return;
      }
      if (!dead) {
        LOG.log(WARNING, "more than {0} revocations at once: the oldest is forgotten", MOST);
      }
      oldest.remove();
    }
  }

  synchronized int size() {
    return revokedAtMs.size();
  }

  synchronized Collection<UUID> watched() {
    return Set.copyOf(watches.keySet());
  }
}
