package io.pacewire.activity;

/**
 * A file that is not what it says it is; the message names the place and the fault. What was read
 * before has already been given to the sink.
 */
public final class MalformedActivityException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MalformedActivityException(String message) {
    super(message);
  }

  MalformedActivityException(String message, Throwable cause) {
    super(message, cause);
  }
}
