package io.pacewire.launcher.client;

/** The platform refused a request, or did not answer. */
public final class PlatformException extends RuntimeException {
  private final int status;

  /** @param status the HTTP status, 0 where there was no answer */
  public PlatformException(String message, int status) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** True where the same request may succeed later. */
  public boolean isPassing() {
    return status == 0 || status == 429 || status >= 500;
  }
}
