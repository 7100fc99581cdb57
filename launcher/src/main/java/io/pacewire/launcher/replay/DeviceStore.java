package io.pacewire.launcher.replay;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.DemoDevice;
import io.pacewire.sdk.OpenSession;
import io.pacewire.sdk.PacewireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What one replay keeps on this machine, as a phone keeps its recordings, until all of it is stored. */
public final class DeviceStore {
  private static final System.Logger LOG = System.getLogger(DeviceStore.class.getName());
  private static final String NAME = "replay-";
  private static final String ENDING = ".db";

  private final Path file;

  private DeviceStore(Path file) {
    this.file = file;
  }

  static DeviceStore fresh(Path folder) {
    return new DeviceStore(folder.resolve(NAME + UUID.randomUUID() + ENDING));
  }

  PacewireClient.Builder client(DemoDevice device, ReplayOptions options) throws IOException {
    return PacewireClient.builder().store(file).stream(options.stream())
        .deviceId(device.deviceId())
        .tokens(() -> device.token().text())
        .trust(Files.readAllBytes(options.certificates()));
  }

  /**
   * Sends what interrupted replays left here and forgets what is stored. What is not stored in time
   * is left for the next time; a store that is in use is left alone.
   */
  public static void sendLeftovers(DemoAccount account, ReplayOptions options, Duration patience)
      throws IOException {
    if (!Files.isDirectory(options.store())) {
      return;
    }
    List<Path> left;
    try (Stream<Path> files = Files.list(options.store())) {
      left = files
          .filter(one -> one.getFileName().toString().startsWith(NAME))
          .filter(one -> one.getFileName().toString().endsWith(ENDING))
          .toList();
    }
    DemoDevice device = left.isEmpty() ? null : account.device(Replay.DEVICE);
    for (Path file : left) {
      if (device != null) {
        new DeviceStore(file).send(device, options, patience);
      }
    }
  }

  private void send(DemoDevice device, ReplayOptions options, Duration patience) {
    boolean done = false;
    try (PacewireClient client = client(device, options).build()) {
      for (OpenSession open : client.openSessions()) {
        // Nobody goes on with it. A finish that is told too early ends with the last sample.
        client.resume(open.sessionId()).finish(open.startedAtEpochMs());
      }
      long untilNanos = System.nanoTime() + patience.toNanos();
      while (!done && System.nanoTime() < untilNanos) {
        done = client.uploadState().complete();
        if (!done) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(WARNING, "left as it is: {0}: {1}", file.getFileName(), e.getMessage());
    }
    if (done) {
      delete();
    }
  }

  /** The database and what SQLite and the SDK keep beside it. */
  void delete() {
    for (String ending : List.of("", "-wal", "-shm", "-journal", ".lock")) {
      try {
        var unused = Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
      } catch (IOException e) {
        LOG.log(WARNING, "not deleted: {0}", e.getMessage());
      }
    }
  }
}
