package io.pacewire.stack;

import org.jspecify.annotations.Nullable;

/** Why a stack could not be started; the message is one line made for the person who started it. */
public abstract sealed class StackException extends RuntimeException
    permits DataDirectoryInUseException,
        DiskNearlyFullException,
        PortTakenException,
        ServerFailedException,
        ServerFilesMissingException {
  StackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
