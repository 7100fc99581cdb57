package io.pacewire.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where one server listens and how to get in.
 *
 * @param user who to log in as: PostgreSQL's superuser, S3's access key; null where there is none
 * @param passwordFile file with the password or secret key and nothing else; null where none is asked
 */
public record Endpoint(
    StackServer server,
    String host,
    int port,
    @Nullable String user,
    @Nullable Path passwordFile) {

  /** {@code host:port}. */
  public String address() {
    return host + ":" + port;
  }
}
