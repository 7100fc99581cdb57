package io.pacewire.training;

/** Somebody else wrote meanwhile; rolls a transaction back. */
final class OvertakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OvertakenException(String what) {
    super(what, null, false, false);
  }
}
