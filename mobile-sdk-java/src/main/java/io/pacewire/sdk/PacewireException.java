package io.pacewire.sdk;

/**
 * The client could not be built: its store cannot be opened, or a certificate cannot be read.
 * Thrown while building only; a client that exists reports through its listeners.
 */
public final class PacewireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PacewireException(String message, Throwable cause) {
    super(message, cause);
  }

  public PacewireException(String message) {
    super(message);
  }
}
