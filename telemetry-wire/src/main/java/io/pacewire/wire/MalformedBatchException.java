package io.pacewire.wire;

/** Bytes that are not what the wire's definition says. The message names the field and its fault. */
public final class MalformedBatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MalformedBatchException(String message) {
    super(message);
  }
}
