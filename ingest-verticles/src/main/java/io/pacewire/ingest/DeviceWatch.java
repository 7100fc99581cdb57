package io.pacewire.ingest;

import io.pacewire.platform.security.Revocations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one connection off, once, when its device is revoked, or the sign-in that its token names. Used on
 * the context that made it.
 */
final class DeviceWatch {
  private final Runnable cut;
  private final Revocations.Watch device;
  private final Revocations.@Nullable Watch signIn;
  private boolean over;

  DeviceWatch(Revocations revocations, Device device, Runnable cut) {
    this.cut = cut;
    this.device = revocations.watch(device.deviceId(), device.tokenIssuedAtMs(), this::cut);
    UUID named = device.signInId();
    this.signIn =
        named == null ? null : revocations.watch(named, device.tokenIssuedAtMs(), this::cut);
  }

  private void cut() {
    if (!over) {
      over = true;
      cut.run();
    }
  }

  /** The connection is over, or goes on with another token. More than once is once. */
  void close() {
    over = true;
    device.close();
    if (signIn != null) {
      signIn.close();
    }
  }
}
