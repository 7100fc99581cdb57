package io.pacewire.stack;

import java.util.Locale;

/** The servers a stack can run. */
public enum StackServer {
  POSTGRES,
  KAFKA,
  REDIS,
  S3,
  SMTP;

  /** Lower-case name, used for files, settings and messages. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
