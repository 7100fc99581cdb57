package io.pacewire.ingest;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What one connection may send: the limits of its device, athlete and tenant, by lane. */
final class Quota {
  private static final TokenBucket[] NONE = {};

  private final TokenBucket[] live;
  private final TokenBucket[] backfill;
  private final TokenBucket[] debts;
  private final IntSupplier nodes;
  private final LongSupplier nanos;
  private final Runnable closed;

  Quota(Buckets buckets, IntSupplier nodes, LongSupplier nanos, Runnable closed) {
    this.live = array(buckets.live());
    this.backfill = array(buckets.backfill());
    this.debts = array(buckets.debts());
    this.nodes = nodes;
    this.nanos = nanos;
    this.closed = closed;
  }

  /**
   * What a batch of each lane takes from.
   *
   * @param debts what a new connection waits for before it is read: not what all devices of the node
   *     share, which live batches do not take from
   */
  record Buckets(List<TokenBucket> live, List<TokenBucket> backfill, List<TokenBucket> debts) {}

  /**
   * @param waitMs before anything more is read; of a refusal, before it is sent again
   * @param limit which one acted, empty where none did
   */
  record Verdict(boolean refused, long waitMs, String limit) {
    static final Verdict PASS = new Verdict(false, 0, "");
  }

  private static TokenBucket[] array(List<TokenBucket> buckets) {
    return buckets.isEmpty() ? NONE : buckets.toArray(TokenBucket[]::new);
  }

  /** A batch that is refused costs nothing. */
  Verdict take(int bytes, boolean isBackfill) {
    TokenBucket[] buckets = isBackfill ? backfill : live;
    if (buckets.length == 0) {
      return Verdict.PASS;
    }
    int count = nodes.getAsInt();
    long now = nanos.getAsLong();
    for (TokenBucket bucket : buckets) {
      if (bucket.isExhausted(count, now)) {
        return new Verdict(true, Math.max(1, bucket.debtMs(count, now)), bucket.name());
      }
    }
    Verdict verdict = Verdict.PASS;
    for (TokenBucket bucket : buckets) {
      long waitMs = bucket.take(bytes, count, now);
      if (waitMs > verdict.waitMs()) {
        verdict = new Verdict(false, waitMs, bucket.name());
      }
    }
    return verdict;
  }

  /** What earlier connections left to be waited for: coming anew gains nothing. */
  Verdict debt() {
    int count = nodes.getAsInt();
    long now = nanos.getAsLong();
    Verdict verdict = Verdict.PASS;
    for (TokenBucket bucket : debts) {
      long waitMs = bucket.debtMs(count, now);
      if (waitMs > verdict.waitMs()) {
        verdict = new Verdict(false, waitMs, bucket.name());
      }
    }
    return verdict;
  }

  void close() {
    closed.run();
  }
}
