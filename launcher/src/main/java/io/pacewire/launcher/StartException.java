package io.pacewire.launcher;

/** Why a command cannot go on: one line for the person who ran it. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }
}
