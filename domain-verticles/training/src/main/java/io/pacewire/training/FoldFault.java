package io.pacewire.training;

import io.pacewire.platform.pg.PgFaults;
import io.pacewire.platform.web.ProblemException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fold that throws on what is stored of a session: it will each time, until there is another version. */
final class FoldFault extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int FRAMES = 8;

  private FoldFault(Throwable cause) {
    super("fold failed: " + cause, cause);
  }

  /**
   * Computes something of what is stored of one session. Whatever that throws, an endless recursion
   * too, is a fault of the session; only what the machine lacks is thrown as it is, and what a caller
   * is to be told.
   */
  static <T extends @Nullable Object> T within(Callable<T> work) {
    try {
      return work.call();
    } catch (FoldFault | ProblemException e) {
      throw e;
    } catch (Throwable e) {
      if (e instanceof Error error && isOfMachine(error)) {
        throw error;
      }
      throw new FoldFault(e);
    }
  }

  static FoldFault of(RuntimeException cause) {
    return cause instanceof FoldFault fault ? fault : new FoldFault(cause);
  }

  /** Memory, or a class that is not there: the next session would fare no better. */
  private static boolean isOfMachine(Error error) {
    return error instanceof LinkageError
        || (error instanceof VirtualMachineError && !(error instanceof StackOverflowError));
  }

  /**
   * Whether a session itself is at fault, so that it is set aside; anything else may pass, and is tried
   * again.
   */
  static boolean isOfSession(Throwable cause) {
    return cause instanceof FoldFault
        || cause instanceof IllegalArgumentException
        || PgFaults.isOfContent(cause);
  }

  /** As what checked the input says it, or else what was thrown. */
  String reason() {
    return getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null
        ? refused.getMessage()
        : told(this);
  }

  /** What was thrown and where. Not what it said, which may be where somebody was. */
  static String told(Throwable cause) {
    Throwable thrown =
        cause instanceof FoldFault && cause.getCause() != null ? cause.getCause() : cause;
    return thrown.getClass().getName()
        + Arrays.stream(thrown.getStackTrace())
            .limit(FRAMES)
            .map(frame -> " at " + frame)
            .collect(Collectors.joining());
  }
}
