package io.pacewire.platform.pg;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a fault of what was to be written from one of the base or the way to it. */
public final class PgFaults {
  /** How Vert.x says what it has no class for: SocketConnectionBase, and SqlConnectionPool of statements and of connections. */
  private static final Pattern OF_POOL =
      Pattern.compile("Connection is not active now.*|Timeout waiting for connection|Timeout");

  private PgFaults() {}

  /**
   * Whether PostgreSQL looked at the values and does not take them: SQLSTATE class 22 (data) or 23
   * (integrity), Appendix A of its manual. The same statement fails again, unless what it refers to
   * comes later.
   */
  public static boolean isOfContent(Throwable cause) {
    return isOfClass(cause, "22", "23");
  }

  /**
   * Whether PostgreSQL or the way to it is what fails, so that the same may succeed later: classes 08
   * (connection), 53 (resources), 55 (a lock not had in time) and 57 (stopped, starting, too slow). So is a
   * connection that had been closed by the time it was lent, and a pool that had none to lend in time.
   */
  public static boolean isPassing(Throwable cause) {
    return cause instanceof ClosedConnectionException
        || cause instanceof ConnectionPoolTooBusyException
        || (cause instanceof VertxException && isOfPool(cause.getMessage()))
        || isOfClass(cause, "08", "53", "55", "57");
  }

  private static boolean isOfPool(@Nullable String told) {
    return told != null && OF_POOL.matcher(told).matches();
  }

  private static boolean isOfClass(Throwable cause, String... classes) {
    String state = cause instanceof DatabaseException fault ? fault.getSqlState() : null;
    return state != null && Arrays.stream(classes).anyMatch(state::startsWith);
  }
}
