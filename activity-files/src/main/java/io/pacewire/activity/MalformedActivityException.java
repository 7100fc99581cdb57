package io.pacewire.activity;

/**
 * A file that is not what it says it is; the message names the place and the fault. What was read
 * before has already been given to the sink.
 */
public final class MalformedActivityException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean somethingElse;

  public MalformedActivityException(String message) {
    this(message, false);
  }

  private MalformedActivityException(String message, boolean somethingElse) {
    super(message);
    this.somethingElse = somethingElse;
  }

  /** A file that is sound as it is: a course, a workout, settings. */
  static MalformedActivityException ofSomethingElse(String message) {
    return new MalformedActivityException(message, true);
  }

  /** Whether nothing is wrong with the file but that it holds no activity. */
  public boolean holdsSomethingElse() {
    return somethingElse;
  }

  MalformedActivityException(String message, Throwable cause) {
    super(message, cause);
    this.somethingElse = false;
  }
}
