package io.pacewire.sdk;

import io.pacewire.sdk.internal.LinkStatus;
import io.pacewire.sdk.internal.RecorderEvents;
import io.pacewire.sdk.internal.StoreEvents;
import io.pacewire.sdk.internal.StoredSession;
import io.pacewire.sdk.internal.SyncUploader;
import io.pacewire.sdk.internal.Threads;
import io.pacewire.sdk.internal.UploadEvents;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries what the store and the uploader tell to each other and to the app. The app's listeners
 * run on a thread of their own: whatever they do, samples are written and batches sent meanwhile.
 */
final class ClientEvents implements StoreEvents, UploadEvents, RecorderEvents {
  private final SensorListener sensors;
  private final UploadListener uploads;
  private final ExecutorService callbacks = Threads.single("pacewire-callback");
  private final Set<StoredSession> moved = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SyncUploader uploader;

  ClientEvents(SensorListener sensors, UploadListener uploads) {
    this.sensors = sensors;
    this.uploads = uploads;
  }

  void connect(SyncUploader to) {
    uploader = to;
  }

  void watch(StoredSession session) {
    session
        .progress()
        .whenComplete(() -> tell(() -> uploads.sessionStored(session.id(), stateOf(session))));
  }

  void close() {
    callbacks.shutdown();
  }

  @Override
  public void sealed(StoredSession session, int seq) {
    SyncUploader to = uploader;
    if (to != null) {
      to.sealed(session, seq);
    }
  }

  @Override
  public void changed(StoredSession session) {
    SyncUploader to = uploader;
    if (to != null) {
      to.changed(session);
    }
    if (moved.add(session)) {
      tell(() -> {
        boolean unused = moved.remove(session);
        uploads.uploadStateChanged(session.id(), stateOf(session));
      });
    }
  }

  @Override
  public void evicted(UUID sessionId, int fromSeq, int toSeq) {
    tell(() -> uploads.batchesEvicted(sessionId, fromSeq, toSeq));
  }

  @Override
  public void samplesLost(UUID sessionId, long count, String reason) {
    tell(() -> sensors.samplesLost(sessionId, count, reason));
  }

  @Override
  public void failing(String reason) {
    tell(() -> sensors.storeFailing(reason));
  }

  @Override
  public void recovered() {
    tell(sensors::storeRecovered);
  }

  @Override
  public void refused(UUID sessionId, int seq, String reason) {
    tell(() -> uploads.batchRefused(sessionId, seq, reason));
  }

  @Override
  public void connection(boolean connected, @Nullable String error) {
    tell(() -> uploads.connectionChanged(connected, error));
  }

  @Override
  public void sampleRejected(UUID sessionId, String reason) {
    tell(() -> sensors.sampleRejected(sessionId, reason));
  }

  private UploadState stateOf(StoredSession session) {
    SyncUploader from = uploader;
    return UploadState.of(
        session.progress().snapshot(), from == null ? new LinkStatus() : from.status());
  }

  private void tell(Runnable callback) {
    try {
      callbacks.execute(callback);
    } catch (RejectedExecutionException closed) {
      // The app closed the client; it asked to hear no more.
    }
  }
}
