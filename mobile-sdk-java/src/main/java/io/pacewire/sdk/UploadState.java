package io.pacewire.sdk;

import io.pacewire.sdk.internal.LinkStatus;
import io.pacewire.sdk.internal.SessionProgress;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a session (or, from {@link PacewireClient#uploadState()}, all sessions of this store that
 * are not done) has come on its way from the sensor to the platform. An immutable snapshot.
 *
 * <p>The way of a batch: sealed (frozen on disk), sent, acknowledged (the platform's log has it),
 * stored (its database has it; only then the device frees its bytes), or refused.
 */
public final class UploadState {
  private final long samplesStored;
  private final int batchesSealed;
  private final int batchesSent;
  private final int batchesAcked;
  private final int batchesStored;
  private final int batchesEvicted;
  private final Map<String, Integer> refusals;
  private final long bytesWaiting;
  private final boolean complete;
  private final boolean connected;
  private final @Nullable String lastError;

  private UploadState(SessionProgress.Snapshot progress, LinkStatus link) {
    this.samplesStored = progress.samples;
    this.batchesSealed = progress.sealed;
    this.batchesSent = progress.sent;
    this.batchesAcked = progress.acked;
    this.batchesStored = progress.stored;
    this.batchesEvicted = progress.evicted;
    this.refusals = Collections.unmodifiableMap(new TreeMap<>(progress.refusals));
    this.bytesWaiting = progress.bytesWaiting;
    this.complete = progress.complete;
    this.connected = link.connected();
    this.lastError = link.lastError();
  }

  static UploadState of(SessionProgress.Snapshot progress, LinkStatus link) {
    return new UploadState(progress, link);
  }

  /** Samples and marks that are safely in the device's own store. */
  public long samplesStored() {
    return samplesStored;
  }

  public int batchesSealed() {
    return batchesSealed;
  }

  /**
   * Distinct batches that left the device. After the app was restarted, those of earlier runs count
   * once acknowledged.
   */
  public int batchesSent() {
    return batchesSent;
  }

  public int batchesAcked() {
    return batchesAcked;
  }

  public int batchesStored() {
    return batchesStored;
  }

  public int batchesRefused() {
    int sum = 0;
    for (int count : refusals.values()) {
      sum += count;
    }
    return sum;
  }

  /** Batches the device deleted before they were stored, to keep within its limit of bytes. */
  public int batchesEvicted() {
    return batchesEvicted;
  }

  /** How many batches were refused, by reason (a kebab-case code). */
  public Map<String, Integer> refusals() {
    return refusals;
  }

  /** Bytes of sealed batches that the device still holds because they are not yet stored. */
  public long bytesWaiting() {
    return bytesWaiting;
  }

  /** True once the session is finished and each of its batches is stored or refused. */
  public boolean complete() {
    return complete;
  }

  public boolean connected() {
    return connected;
  }

  /** What last went wrong on the way to the platform; null if the present connection works. */
  public @Nullable String lastError() {
    return lastError;
  }

  @Override
  public String toString() {
    return "UploadState{samplesStored="
        + samplesStored
        + ", sealed="
        + batchesSealed
        + ", sent="
        + batchesSent
        + ", acked="
        + batchesAcked
        + ", stored="
        + batchesStored
        + ", refused="
        + refusals
        + ", evicted="
        + batchesEvicted
        + ", bytesWaiting="
        + bytesWaiting
        + ", complete="
        + complete
        + ", connected="
        + connected
        + ", lastError="
        + lastError
        + '}';
  }
}
