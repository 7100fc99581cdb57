package io.pacewire.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The limits of a node, one for all its doors: buckets by device, athlete and tenant, kept while a
 * connection uses them and until they are full again. Thread-safe.
 */
final class Quotas {
  private static final long SWEEP_NANOS = 60_000_000_000L;
  private static final int MOST_IDLE = 100_000;

  private final LimitSettings limits;
  private final IntSupplier nodes;
  private final LongSupplier nanos;
  private final TokenBucket nodeBackfill;
  private final Map<Key, Held> buckets = new HashMap<>();
  private long sweptNanos;

  private record Key(String limit, Object whose) {}

  private static final class Held {
    final TokenBucket bucket;
    int users;

    Held(TokenBucket bucket) {
      this.bucket = bucket;
    }
  }

  /** @param nodes how many nodes of ingest there are now: each has its share of what is shared */
  Quotas(LimitSettings limits, IntSupplier nodes, LongSupplier nanos) {
    this.limits = limits;
    this.nodes = nodes;
    this.nanos = nanos;
    this.sweptNanos = nanos.getAsLong();
    this.nodeBackfill = new TokenBucket(limits.nodeBackfill(), nodes.getAsInt(), nanos.getAsLong());
  }

  /** The quota of one connection; to be closed with it. */
  synchronized Quota open(Device device) {
    sweep();
    List<Key> keys = new ArrayList<>();
    List<TokenBucket> live = new ArrayList<>();
    List<TokenBucket> backfill = new ArrayList<>();
    hold(limits.device(), device.deviceId(), keys, live);
    hold(limits.deviceBackfill(), device.deviceId(), keys, backfill);
    List<TokenBucket> debts = new ArrayList<>(backfill);
    if (!limits.nodeBackfill().isNone()) {
      backfill.add(nodeBackfill);
    }
    int own = live.size();
    hold(limits.athlete(), device.athleteId(), keys, live);
    hold(limits.tenant(), device.tenant(), keys, live);
    backfill.addAll(live.subList(own, live.size()));
    debts.addAll(live);
    return new Quota(new Quota.Buckets(live, backfill, debts), nodes, nanos, () -> release(keys));
  }

  LimitSettings limits() {
    return limits;
  }

  synchronized int size() {
    return buckets.size();
  }

  private void hold(Limit limit, Object whose, List<Key> keys, List<TokenBucket> into) {
    if (limit.isNone()) {
      return;
    }
    Key key = new Key(limit.name(), whose);
    Held held = buckets.computeIfAbsent(
        key, created -> new Held(new TokenBucket(limit, nodes.getAsInt(), nanos.getAsLong())));
    held.users++;
    keys.add(key);
    into.add(held.bucket);
  }

  private synchronized void release(List<Key> keys) {
    for (Key key : keys) {
      Held held = buckets.get(key);
      if (held != null) {
        held.users--;
      }
    }
    keys.clear();
  }

  /** Past the bound a debtor who left is forgotten, too: memory counts for more. */
  private void sweep() {
    long now = nanos.getAsLong();
    if (now - sweptNanos > SWEEP_NANOS) {
      sweptNanos = now;
      int count = nodes.getAsInt();
      boolean full = buckets.size() > MOST_IDLE;
      buckets
          .values()
          .removeIf(held -> held.users == 0 && (full || held.bucket.isFull(count, now)));
    }
  }
}
