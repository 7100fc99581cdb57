package io.pacewire.sdk.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes the store: takes whatever commands have come in, applies them in one
 * transaction, commits (group commit), and only then tells. A commit that fails is rolled back and
 * tried again, so that a disk which is full for a while costs nothing but memory.
 */
final class StoreWriter {
  private static final int MAX_GROUP = 4_096;
  // A sample may wait this long for company: five forced writes a second at most, whatever the
  // sensors do.
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_MS = 1_000;

  private final Connection connection;
  private final StoreTransaction tx;
  private final StoreEvents events;
  private final LinkedBlockingQueue<StoreCommand> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;
  private boolean unclean;

  StoreWriter(Connection connection, StoreTransaction tx, StoreEvents events) {
    this.connection = connection;
    this.tx = tx;
    this.events = events;
    this.thread = new Thread(this::run, "pacewire-store");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (stopped, failure) -> events.failing("the store stopped: " + failure)); // never silently
  }

  void start() {
    thread.start();
  }

  boolean isOpen() {
    return closing.getCount() > 0;
  }

  void submit(StoreCommand command) {
    if (isOpen()) {
      queue.add(command);
    } else {
      command.dropped("the store is closed");
    }
  }

  /** Ends once everything submitted before is written. */
  void close(long patienceMs) {
    closing.countDown();
    queue.add(wake -> {}); // in this order: the writer may be waiting for a command
    try {
      thread.join(patienceMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<StoreCommand> group = new ArrayList<>();
    try {
      while (isOpen() || !queue.isEmpty()) {
        collect(group);
        settle(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void collect(List<StoreCommand> group) throws InterruptedException {
    StoreCommand next = queue.take();
    long until = System.nanoTime() + LINGER_NANOS;
    boolean hurry = false;
    while (next != null) {
      group.add(next);
      if (group.size() >= MAX_GROUP) {
        return;
      }
      hurry |= next.urgent() || !isOpen();
      next = hurry ? queue.poll() : poll(until - System.nanoTime());
    }
  }

  private @Nullable StoreCommand poll(long nanos) throws InterruptedException {
    return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  private void settle(List<StoreCommand> group) throws InterruptedException {
    try {
      commitSurely(group);
    } catch (RuntimeException mistake) {
      settleOneByOne(group);
    }
    for (StoreCommand command : group) {
      command.settled();
    }
  }

  /** A command that breaks must take nobody along. */
  private void settleOneByOne(List<StoreCommand> group) throws InterruptedException {
    for (StoreCommand command : group) {
      unclean = true;
      try {
        commitSurely(Collections.singletonList(command));
      } catch (RuntimeException mistake) {
        unclean = true;
        command.dropped(mistake.toString());
      }
    }
  }

  /** A full disk passes; what is added meanwhile waits in the queue. */
  private void commitSurely(List<StoreCommand> group) throws InterruptedException {
    while (!commit(group)) {
      if (closing.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
        for (StoreCommand command : group) {
          command.dropped("the store cannot be written");
        }
        return;
      }
    }
    announce(group);
  }

  private boolean commit(List<StoreCommand> group) {
    try {
      if (unclean) {
        rollBack();
      }
      unclean = true;
      for (StoreCommand command : group) {
        command.apply(tx);
      }
      tx.flush();
      connection.commit();
      unclean = false;
      return true;
    } catch (SQLException e) {
      if (!failing) {
        failing = true;
        events.failing(String.valueOf(e.getMessage()));
      }
      return false;
    }
  }

  /** Back to what the disk says, in the file and in memory. */
  private void rollBack() throws SQLException {
    connection.rollback();
    tx.rolledBack();
    unclean = false;
  }

  /** The commit is done, whatever a receiver makes of the news. */
  private void announce(List<StoreCommand> group) {
    try {
      if (failing) {
        failing = false;
        events.recovered();
      }
      tx.committed(events);
      for (StoreCommand command : group) {
        command.committed();
      }
    } catch (RuntimeException mistake) {
      events.failing("after a commit: " + mistake);
    }
  }
}
