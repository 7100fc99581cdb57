package io.pacewire.launcher;

import io.pacewire.sdk.PacewireClient;
import io.pacewire.sdk.RecordingSession;
import io.pacewire.sdk.SessionOptions;
import io.pacewire.sdk.UploadListener;
import io.pacewire.sdk.UploadState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A phone with the SDK, which streams what it records, and keeps it. */
final class SdkPhone implements AutoCloseable, UploadListener {
  private static final Duration SEALED_EVERY = Duration.ofMillis(50);
  private static final int RATES = 10;

  private final PacewireClient client;
  private final RecordingSession session;
  private int recorded;
  private int sealedBefore;
  private volatile boolean connected;
  private volatile long connectedAtMs;

  SdkPhone(IngestServers servers, Path store, int port) throws Exception {
    UUID athlete = UUID.randomUUID();
    UUID device = UUID.randomUUID();
    client = PacewireClient.builder().store(store).stream(
            URI.create("wss://localhost:" + port + "/v1/stream"))
        .deviceId(device)
        .tokens(() -> servers.token(athlete, device))
        .trust(servers.authority())
        .uploadInterval(SEALED_EVERY)
        .listener(this)
        .build();
    session = client.start(SessionOptions.builder().sport("run").build());
  }

  void record() {
    sealedBefore = session.uploadState().batchesSealed();
    for (int i = 0; i < RATES; i++, recorded++) {
      session.addHeartRate(100 + recorded % 60);
    }
  }

  /** What is sealed every five minutes while nobody is there is sealed now. */
  void finish() {
    session.finish();
  }

  /** All that was recorded is durable, though nobody stores it here. */
  boolean isAllAcked() {
    UploadState state = session.uploadState();
    return connected
        && state.samplesStored() >= recorded
        && state.batchesSealed() > sealedBefore
        && state.batchesAcked() == state.batchesSealed();
  }

  boolean isConnected() {
    return connected;
  }

  /** The last time. */
  long connectedAtMs() {
    return connectedAtMs;
  }

  @Override
  public void connectionChanged(boolean up, @Nullable String error) {
    if (up) {
      connectedAtMs = System.currentTimeMillis();
    }
    connected = up;
  }

  @Override
  public void close() {
    client.close();
  }
}
