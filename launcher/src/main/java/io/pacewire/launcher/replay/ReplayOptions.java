package io.pacewire.launcher.replay;

import java.net.URI;
import java.nio.file.Path;

/**
 * @param speed how many times faster than recorded
 * @param originalTime keep the dates of the recording
 * @param stream where to send to
 * @param certificates PEM to trust
 * @param store folder for the SDK's own store
 */
public record ReplayOptions(
    double speed, boolean originalTime, URI stream, Path certificates, Path store) {

  public ReplayOptions {
    if (!(speed > 0 && speed <= 10_000)) {
      throw new IllegalArgumentException("--speed must be above 0 and at most 10000, was " + speed);
    }
  }
}
