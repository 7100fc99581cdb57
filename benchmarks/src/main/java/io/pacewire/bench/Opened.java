package io.pacewire.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a run has opened, closed in the opposite order; one that cannot be closed hinders no other. */
public final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  public <T extends AutoCloseable> T add(T resource) {
    all.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (Exception e) {
        System.err.println("while stopping: " + e);
      }
    }
  }
}
