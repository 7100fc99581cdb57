package io.pacewire.sdk.internal;

import java.sql.SQLException;

/**
 * One change of the store. The writer thread applies many in one transaction; when that fails it
 * rolls back, reads the sessions back from disk and applies them again, so {@code apply} keeps
 * nothing of its own.
 */
interface StoreCommand {
  void apply(StoreTransaction tx) throws SQLException;

  /** The change is on disk. */
  default void committed() {}

  /** The change will never be made. */
  default void dropped(String reason) {}

  /** Whatever became of it, the writer is done with it. */
  default void settled() {}

  /** Whether the writer should commit at once instead of waiting a moment for company. */
  default boolean urgent() {
    return true;
  }
}
