package io.pacewire.sdk.internal;

import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The figures of one session that the app may look at, written by the store's and the uploader's
 * thread. What is on disk (samples, sealed, stored, refused) comes from the store alone, so that it
 * is never ahead of the disk.
 */
public final class SessionProgress {
  private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
  private final TreeMap<String, Integer> refusals = new TreeMap<>();
  private long samples;
  private int pending;
  private int sealed;
  private int sent;
  private int acked;
  private int stored;
  private int evicted;
  private long bytesWaiting;
  private boolean finished;

  /** A copy at one moment. */
  public static final class Snapshot {
    public final long samples;
    public final int sealed;
    public final int sent;
    public final int acked;
    public final int stored;
    public final int evicted;
    public final long bytesWaiting;
    public final boolean complete;
    public final TreeMap<String, Integer> refusals;

    private Snapshot(SessionProgress from) {
      samples = from.samples;
      sealed = from.sealed;
      sent = from.sent;
      acked = from.acked;
      stored = from.stored;
      evicted = from.evicted;
      bytesWaiting = from.bytesWaiting;
      complete = from.isComplete();
      refusals = new TreeMap<>(from.refusals);
    }

    private Snapshot(Snapshot one, Snapshot other) {
      samples = one.samples + other.samples;
      sealed = one.sealed + other.sealed;
      sent = one.sent + other.sent;
      acked = one.acked + other.acked;
      stored = one.stored + other.stored;
      evicted = one.evicted + other.evicted;
      bytesWaiting = one.bytesWaiting + other.bytesWaiting;
      complete = one.complete && other.complete;
      refusals = new TreeMap<>(one.refusals);
      other.refusals.forEach((reason, n) -> refusals.merge(reason, n, Integer::sum));
    }

    /** Nothing recorded, nothing waiting; where a sum begins. */
    public static Snapshot empty() {
      SessionProgress none = new SessionProgress();
      none.finished = true;
      return new Snapshot(none);
    }

    public Snapshot plus(Snapshot other) {
      return new Snapshot(this, other);
    }
  }

  public synchronized Snapshot snapshot() {
    return new Snapshot(this);
  }

  synchronized void recorded(
      long samplesOnDisk, int unsealed, int batchesSealed, boolean finishedNow) {
    samples = samplesOnDisk;
    pending = unsealed;
    sealed = batchesSealed;
    finished = finishedNow;
    settleIfComplete();
  }

  synchronized void waiting(long bytesMore) {
    bytesWaiting += bytesMore;
  }

  synchronized void freed(int count, long bytes) {
    stored += count;
    bytesWaiting -= bytes;
    settleIfComplete();
  }

  synchronized void refused(String reason, int count, long bytes) {
    Integer unused = refusals.merge(reason, count, Integer::sum);
    bytesWaiting -= bytes;
    settleIfComplete();
  }

  synchronized void evicted(int count, long bytes) {
    evicted += count;
    bytesWaiting -= bytes;
    settleIfComplete();
  }

  synchronized void moved(int batchesSent, int batchesAcked) {
    sent = batchesSent;
    acked = batchesAcked;
  }

  synchronized long bytesWaiting() {
    return bytesWaiting;
  }

  synchronized int storedCount() {
    return stored;
  }

  synchronized int refusedCount() {
    int sum = 0;
    for (int count : refusals.values()) {
      sum += count;
    }
    return sum;
  }

  synchronized boolean isComplete() {
    return finished && pending == 0 && gone() >= sealed;
  }

  /** Whether there is nothing left to seal or to send, finished or not. */
  synchronized boolean isSettled() {
    return pending == 0 && gone() >= sealed;
  }

  /** Waits for the session to be complete; false when the time is over first. */
  public boolean awaitComplete(long millis) throws InterruptedException {
    try {
      return settled.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillOnItsWay) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public void whenComplete(Runnable action) {
    CompletableFuture<Void> unused = settled.thenRun(action);
  }

  private int gone() {
    return stored + evicted + refusedCount();
  }

  private void settleIfComplete() {
    if (isComplete()) {
      boolean unused = settled.complete(true);
    }
  }
}
